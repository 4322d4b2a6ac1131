/** Trust policies of the shapes people write; where mutation begins. */

const OWN = '111122223333'
const FOREIGN = '444455556666'
const GITHUB = 'token.actions.githubusercontent.com'
const allow = { Effect: 'Allow', Action: 'sts:AssumeRole' } as const
const of = <T>(...Statement: T[]) => ({ Version: '2012-10-17', Statement })

export const ORIGINALS = [
  of({ ...allow, Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] } }),
  of({ ...allow, Sid: 'Own', Principal: { AWS: `arn:aws:iam::${OWN}:root` } }, { ...allow, Principal: { AWS: '*' } }),
  of({
    ...allow,
    Principal: { AWS: [`arn:aws:iam::${FOREIGN}:role/path/Deploy`, `arn:aws-us-gov:iam::${FOREIGN}:user/ci`, FOREIGN] },
    Condition: { StringEquals: { 'sts:ExternalId': ['one', 'two'] }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  }),
  of({
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${OWN}:oidc-provider/${GITHUB}` },
    Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
    Condition: {
      StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' },
      StringLike: { [`${GITHUB}:sub`]: 'repo:acme/deploy:*' },
    },
  }),
  of({
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/Okta` },
    Action: 'sts:AssumeRoleWithSAML',
    Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  }),
  of({
    Effect: 'Allow',
    Principal: { Federated: 'cognito-identity.amazonaws.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:0c0ffee0-1111-2222-3333-444455556666' },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
    },
  }),
  of(
    { ...allow, Principal: { AWS: '*' }, Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/*` } } },
    {
      Sid: 'NotFromElsewhere',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sts:AssumeRole',
      Condition: {
        NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] },
        DateGreaterThanIfExists: { 'aws:CurrentTime': '2026-11-21T00:00:00Z' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 },
        Null: { 'aws:TokenIssueTime': false },
      },
    },
  ),
  { Version: '2008-10-17', Id: 'old', Statement: { ...allow, Principal: { AWS: 'AROAEXAMPLEDELETED123' } } },
  of({
    ...allow,
    Principal: { Service: 'rolesanywhere.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    Condition: {
      StringEquals: { 'aws:PrincipalTag/x509Subject/CN': ['$'.concat('{aws:username}'), '$'.concat("{aws:x, 'y'}")] },
      BinaryEquals: { 'sts:x': 'QmluYXJ5' },
    },
  }),
]
