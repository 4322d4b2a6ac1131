/** Suppliers, partners and clusters let in the way their own documents ask for. Ids are examples. */

import { allow, deny, good, type Labelled, ORG, OWN, PARTNER, service, trust } from './label.ts'

const SECRET = { StringEquals: { 'sts:ExternalId': '3f2a9c7b-e81d-4c0b-9c1f-3e2d4a5b6c7d' } }
const SUPPLIER = { AWS: 'arn:aws:iam::999988887777:root' }
const EKS = 'Amazon EKS User Guide: EKS Pod Identity role'
const PODS = ['sts:AssumeRole', 'sts:TagSession']
const SENTINEL = 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d'

const suppliers: readonly Labelled[] = [
  good(
    'Datadog’s integration',
    'Datadog Docs: AWS integration, manual setup',
    trust(allow(SUPPLIER, { StringEquals: { 'sts:ExternalId': '3f2a9c7be81d4c0b9c1f3e2d4a5b6c7d' } })),
    { about: PARTNER },
  ),
  good(
    'Snowflake’s user, of a storage integration',
    'Snowflake-Labs/terraform-snowflake-storage-integration-aws: iam.tf',
    trust(
      allow(
        { AWS: 'arn:aws:iam::999988887777:user/x1y2-s-euss1234' },
        { StringEquals: { 'sts:ExternalId': 'ACME_SFCRole=2_a1b2c3d4e5f6g7h8i9=' } },
      ),
    ),
    { about: PARTNER },
  ),
  good(
    'Databricks, and the role itself',
    'Databricks Knowledge Base: AWS S3 storage credential validation failure due to external ID',
    trust(
      allow(
        { AWS: ['arn:aws:iam::999988887777:role/unity-catalog-master', 'arn:aws:iam::111122223333:role/example'] },
        SECRET,
      ),
    ),
    { about: PARTNER },
  ),
  good(
    'MongoDB Atlas',
    'MongoDB Atlas Docs: Set up unified AWS access',
    trust(allow(SUPPLIER, { StringEquals: { 'sts:ExternalId': 'a1b2c3d4-e5f6-7890-abcd-ef0123456789' } })),
    { about: PARTNER },
  ),
  good(
    'Two roles of a supplier, one of them new',
    null,
    trust(
      allow({ AWS: ['arn:aws:iam::999988887777:role/scanner', 'arn:aws:iam::999988887777:role/scanner-eu'] }, SECRET),
    ),
    { about: PARTNER },
  ),
  good(
    'Microsoft Sentinel, for one workspace',
    'Microsoft Learn: Configure your AWS environment to collect AWS logs to Microsoft Sentinel',
    trust(
      allow(
        { Federated: `arn:aws:iam::111122223333:oidc-provider/${SENTINEL}/` },
        {
          StringEquals: {
            [`${SENTINEL}/:aud`]: 'api://1462b192-27f7-4cb9-8523-0f4ecb54b47e',
            'sts:RoleSessionName': 'MicrosoftSentinel_0a1b2c3d-0000-4000-8000-000000000001',
          },
        },
        'sts:AssumeRoleWithWebIdentity',
      ),
    ),
  ),
]

const clusters: readonly Labelled[] = [
  good(
    'Pods of one namespace and service account',
    EKS,
    service(
      'pods.eks',
      {
        StringEquals: {
          'aws:RequestTag/kubernetes-namespace': ['payments'],
          'aws:RequestTag/kubernetes-service-account': ['api'],
        },
      },
      PODS,
    ),
  ),
  good('Pods of one cluster', EKS, service('pods.eks', clusterOnly(), PODS)),
  good(
    'A service account of Azure’s Kubernetes',
    null,
    trust(
      allow(
        { Federated: 'arn:aws:iam::111122223333:oidc-provider/westeurope.oic.prod-aks.azure.com/0a1b/2c3d/' },
        {
          StringEquals: {
            'westeurope.oic.prod-aks.azure.com/0a1b/2c3d/:sub': 'system:serviceaccount:shop:api',
            'westeurope.oic.prod-aks.azure.com/0a1b/2c3d/:aud': 'sts.amazonaws.com',
          },
        },
        'sts:AssumeRoleWithWebIdentity',
      ),
    ),
  ),
]

function clusterOnly() {
  return { StringEquals: { 'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:us-east-1:111122223333:cluster/prod' } }
}

const fences: readonly Labelled[] = [
  good(
    'The role’s own organisation, whatever its id',
    'AWS re:Post: Deny all principals outside the organization to assume a role (Rowan Udell)',
    trust(
      allow({ AWS: 'arn:aws:iam::444455556666:root' }),
      deny(
        { AWS: '*' },
        {
          StringNotEquals: { 'aws:PrincipalOrgId': '$\u007baws:ResourceOrgId}' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      ),
    ),
    { about: ORG },
  ),
  good(
    'The star, fenced by the role’s own organisation',
    'IAM User Guide: AWS global condition context keys: aws:ResourceOrgID',
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': '$\u007baws:ResourceOrgID}' } })),
    { about: ORG },
  ),
  good(
    'The star, fenced by an organisation that the configuration does not name',
    null,
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': '$\u007baws:ResourceOrgID}' } })),
  ),
  good(
    'The star, fenced by the role’s own account',
    null,
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalAccount': '$\u007baws:ResourceAccount}' } })),
  ),
  good(
    'Two accounts by number, behind a star',
    'Checkov issue 7304: star limited by aws:PrincipalArn',
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalAccount': ['111122223333', '444455556666'] } })),
    { about: ORG },
  ),
  good(
    'A contractor until a day to come',
    'IAM User Guide: AWS: Allows access based on date and time',
    trust(
      allow(
        { AWS: 'arn:aws:iam::111122223333:user/contractor' },
        { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
      ),
    ),
    { about: { ...OWN, now: '2026-11-21T12:00:00Z' } },
  ),
  good(
    'Sessions from before an incident are turned away',
    'IAM User Guide: Revoke IAM role temporary security credentials',
    trust(
      allow({ AWS: 'arn:aws:iam::111122223333:role/ops' }),
      deny({ AWS: '*' }, { DateLessThan: { 'aws:TokenIssueTime': '2026-03-01T00:00:00Z' } }),
    ),
    { about: { ...OWN, now: '2026-11-21T12:00:00Z' } },
  ),
]

export const goodVendors: readonly Labelled[] = [...suppliers, ...clusters, ...fences]
