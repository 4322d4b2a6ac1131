/** The faults IAM refuses a trust policy for: a stable code, what a person reads, and IAM's own wording where it is known. */

export interface Wording {
  /** What is wrong, why it matters, what to do. */
  readonly message: (what: string) => string
  readonly aws: ((what: string) => string) | null
  /** Seen on CreateRole or UpdateAssumeRolePolicy. */
  readonly verified: boolean
}

const seen = (message: Wording['message'], aws: Wording['message']): Wording => ({ message, aws, verified: true })
/** IAM's wording on the path of identity policies: the verdict carries over, the words may not. */
const likely = (message: Wording['message'], aws: string): Wording => ({ message, aws: () => aws, verified: false })
const ours = (message: Wording['message']): Wording => ({ message, aws: null, verified: false })

const SYNTAX = 'Syntax errors in policy.'
const LEGACY = 'The policy failed legacy parsing'
const NO_PRINCIPAL =
  'Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!'

const wordings = () =>
  ({
    'invalid-json': seen(
      (what) => `This is not JSON${what}, so IAM cannot read it. Correct the text at this place.`,
      () => 'This policy contains invalid Json',
    ),
    'not-an-object': likely(() => 'A policy is a JSON object with a Statement; this is something else.', SYNTAX),
    'too-long': ours(
      () =>
        'IAM takes at most 131,072 characters in one call, and keeps at most 8,192 without white space. This is no trust policy: is it the right file?',
    ),
    'over-quota': seen(
      (what) =>
        `The policy is over its quota of ${what} characters, white space not counted, from here on. Shorten it, or have the quota of the account raised (Service Quotas: role trust policy length).`,
      (what) => `Cannot exceed quota for ACLSizePerRole: ${what}`,
    ),
    'invalid-characters': ours(
      () => 'IAM takes only tab, line breaks and the characters U+0020 to U+00FF. Write others as \\u escapes.',
    ),
    'unknown-element': likely(
      (what) => `There is no element ${what} here. Names are case-sensitive: check the spelling, or remove it.`,
      SYNTAX,
    ),
    'duplicate-key': likely((what) => `${what} stands here twice; only one can count. Merge the two.`, SYNTAX),
    'invalid-version': likely((what) => `Version ${what} does not exist. Use "2012-10-17".`, SYNTAX),
    'invalid-id': likely(() => 'The Id of a policy is text. Write it in quotes, or remove it.', SYNTAX),
    'missing-statement': likely(() => 'The policy has no statement, so it admits nobody. Add one.', SYNTAX),
    'invalid-statement': likely(() => 'A statement is a JSON object; this is something else.', SYNTAX),
    'invalid-sid': likely(
      () => 'A Sid is letters and digits only.',
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ),
    'duplicate-sid': likely(
      (what) => `The Sid ${what} stands in two statements. Give each its own.`,
      'Statement IDs (SID) in a single policy must be unique.',
    ),
    'missing-effect': likely(() => 'The statement has no Effect. Say "Allow" or "Deny".', SYNTAX),
    'invalid-effect': likely(
      (what) => `Effect ${what} does not exist. Say "Allow" or "Deny", spelt exactly so.`,
      LEGACY,
    ),
    'missing-principal': seen(
      () => 'The statement names no principal, so it speaks of nobody. Add a Principal.',
      () => NO_PRINCIPAL,
    ),
    'not-principal': {
      message: () => 'A trust policy may not use NotPrincipal: it would speak of everybody else. Name the principals.',
      aws: () => 'AssumeRole policy must not contain NotPrincipal field.',
      verified: false,
    },
    'star-principal': seen(
      () => 'A trust policy does not take the bare principal "*". Name the principals, or write { "AWS": "*" }.',
      () => 'AssumeRolepolicy contained an invalid principal: "STAR":"*"',
    ),
    'invalid-principal-element': likely(
      () => 'Principal is an object such as { "AWS": "111122223333" } with text or lists of text.',
      SYNTAX,
    ),
    'unknown-principal-key': likely(
      (what) => `There are no principals of kind ${what}. The kinds are AWS, Service and Federated.`,
      SYNTAX,
    ),
    'invalid-aws-principal': seen(
      (what) =>
        `${what} is no AWS principal. Use a 12-digit account id or the ARN of an account root, role, user or session, without wildcards.`,
      (what) => `Invalid principal in policy: "AWS":${what}`,
    ),
    'deleted-principal': seen(
      (what) => `${what} is the id of a deleted role or user: it matches nobody, even if the name is made again.`,
      (what) => `Invalid principal in policy: "AWS":${what}`,
    ),
    'invalid-service-principal': seen(
      (what) => `${what} is no service principal. They end in .amazonaws.com, as in "lambda.amazonaws.com".`,
      (what) => `Invalid principal in policy: "SERVICE":${what}`,
    ),
    'invalid-federated-principal': seen(
      (what) => `${what} is no identity provider. Use its ARN, or a domain such as "accounts.google.com".`,
      () => 'Federated principals must be valid domain names or SAML metadata ARNs',
    ),
    'canonical-user': ours(() => 'A canonical user id belongs into S3 policies; a trust policy does not take it.'),
    'missing-action': {
      message: () => 'The statement names no action. Add "Action": "sts:AssumeRole".',
      aws: () => 'Missing required field Action',
      verified: false,
    },
    'action-and-not-action': likely(() => 'A statement has either Action or NotAction.', SYNTAX),
    'invalid-action-element': likely(() => 'Action is text or a list of text.', SYNTAX),
    'unsupported-action': seen(
      (what) =>
        `${what} is no action of a trust policy. Use sts:AssumeRole, sts:AssumeRoleWithSAML, sts:AssumeRoleWithWebIdentity, sts:TagSession, sts:SetSourceIdentity or sts:SetContext, spelt exactly so.`,
      () => 'AssumeRole policy may only specify STS AssumeRole actions.',
    ),
    'prohibited-resource': seen(
      () => 'A trust policy belongs to its role and takes no Resource. Remove it.',
      () => 'Has prohibited field Resource',
    ),
    'invalid-condition': likely(
      () => 'Condition is an object of operators, each an object of keys with text, numbers, true or false.',
      SYNTAX,
    ),
    'unknown-operator': seen(
      (what) => `There is no condition operator ${what}. Check the spelling.`,
      (what) => `Invalid Condition type : ${what}`,
    ),
    'invalid-condition-key': likely(
      (what) =>
        `${what} is no condition key: keys begin with who defines them, as in "aws:SourceIp" or "sts:ExternalId".`,
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ),
    'invalid-condition-value': likely(
      (what) => `${what} is no value for this operator. Check its form, or use an operator for text.`,
      LEGACY,
    ),
    'missing-cognito-condition': seen(
      () =>
        'Without a condition every Cognito identity pool of the world gets in. Pin cognito-identity.amazonaws.com:aud.',
      () => 'A condition block must be present for the Cognito provider',
    ),
    'missing-provider-condition': ours(
      (what) =>
        `Anybody can get a token of this provider, so IAM wants a condition that says whose: a StringEquals or StringLike on ${what} with more than wildcards. Roles from before that demand are not checked again.`,
    ),
  }) as const satisfies Record<string, Wording>

/** Called in one place, so that whoever needs no words does not carry them. */
export const FAULTS = /* @__PURE__ */ wordings()

export type FaultCode = keyof typeof FAULTS
