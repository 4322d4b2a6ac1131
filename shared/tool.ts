/**
 * The tool or service behind a call, as CloudTrail's hints name it. The user agent is written by the caller: a hint for
 * people, never a ground for trust. Refuses to know who the caller is.
 */

/** What a record says about how a call was made. */
export interface Hints {
  readonly invokedBy: string | null
  readonly userAgent: string | null
  readonly sourceIpAddress: string | null
  readonly fromConsole: boolean
  readonly federatedProvider: string | null
}

/** First match wins: tools before the SDK they are built on. */
const USER_AGENTS = [
  [/opentofu/i, 'OpenTofu'],
  [/terraform/i, 'Terraform'],
  [/pulumi/i, 'Pulumi'],
  [/crossplane/i, 'Crossplane'],
  [/ansible/i, 'Ansible'],
  [/\beksctl\b/i, 'eksctl'],
  [/\bserverless\b/i, 'Serverless Framework'],
  [/\b(aws-)?cdk\//i, 'CDK'],
  [/exec-env\/CloudShell/i, 'AWS CLI in CloudShell'],
  [/^aws-cli\//i, 'AWS CLI'],
  [/powershell/i, 'AWS Tools for PowerShell'],
  [/boto3\//i, 'Boto3'],
  [/botocore\//i, 'Botocore'],
  [/aws-sdk-go(-v2)?\//i, 'AWS SDK for Go'],
  [/aws-sdk-(js|nodejs)/i, 'AWS SDK for JavaScript'],
  [/aws-sdk-java/i, 'AWS SDK for Java'],
  [/aws-sdk-(dotnet|net)/i, 'AWS SDK for .NET'],
  [/aws-sdk-rust/i, 'AWS SDK for Rust'],
  [/aws-sdk-ruby/i, 'AWS SDK for Ruby'],
  [/aws-sdk-php/i, 'AWS SDK for PHP'],
  [/aws-sdk-cpp/i, 'AWS SDK for C++'],
  [/aws-sdk-kotlin/i, 'AWS SDK for Kotlin'],
  [/aws-sdk-swift/i, 'AWS SDK for Swift'],
  [/^(signin\.|([\w-]+\.)?console\.)(aws\.)?amazon(aws)?\.com/i, 'AWS console'],
] as const

const SERVICES: Readonly<Record<string, string>> = {
  cloudformation: 'CloudFormation',
  controltower: 'Control Tower',
  servicecatalog: 'Service Catalog',
  sso: 'IAM Identity Center',
  apprunner: 'App Runner',
  lambda: 'Lambda',
  codebuild: 'CodeBuild',
  codepipeline: 'CodePipeline',
  ssm: 'Systems Manager',
  config: 'AWS Config',
}

const PROVIDERS = [
  [/token\.actions\.githubusercontent\.com/i, 'GitHub Actions'],
  [/gitlab\.com$/i, 'GitLab CI'],
  [/circleci\.com/i, 'CircleCI'],
  [/app\.terraform\.io$/i, 'HCP Terraform'],
  [/oidc\.eks\./i, 'EKS'],
] as const

/** `Terraform in GitHub Actions`, either half alone, or null: nothing in the record names a tool. */
export function toolBehind(hints: Hints): string | null {
  const tool =
    serviceName(hints.invokedBy) ??
    serviceName(hints.userAgent) ??
    serviceName(hints.sourceIpAddress) ??
    firstMatch(USER_AGENTS, hints.userAgent) ??
    console(hints)
  const place = firstMatch(PROVIDERS, hints.federatedProvider)
  return tool !== null && place !== null ? `${tool} in ${place}` : (tool ?? place)
}

/** `cloudformation.amazonaws.com` stands for itself in invokedBy, sourceIPAddress and userAgent; null for other text. */
function serviceName(host: string | null): string | null {
  const service = host?.match(/^([a-z0-9-]+)(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/)
  if (!service || host === null || firstMatch(USER_AGENTS, host) !== null) return null
  const name = service[1] ?? ''
  return Object.hasOwn(SERVICES, name) ? (SERVICES[name] ?? host) : host
}

// The IAM console calls as "AWS Internal", and so do some services; only sessionCredentialFromConsole tells them apart.
function console(hints: Hints): string | null {
  if (hints.fromConsole) return 'AWS console'
  const internal = [hints.invokedBy, hints.userAgent].some((hint) => hint?.toLowerCase() === 'aws internal')
  return internal ? 'AWS console or an AWS service' : null
}

function firstMatch(table: readonly (readonly [RegExp, string])[], hint: string | null): string | null {
  return hint === null ? null : (table.find(([pattern]) => pattern.test(hint))?.[1] ?? null)
}
