/**
 * Condition keys that calls to assume a role can carry. Claims of identity providers and the names of tags are open-ended, and known.
 * Sources: IAM User Guide, reference_policies_condition-keys and reference_policies_iam-condition-keys; Service Authorization Reference, STS.
 */

const NAMES = {
  aws: (
    'AssumedRoot CalledVia CalledViaFirst CalledViaLast CalledViaAWSMCP ChatbotSourceArn CurrentTime Ec2InstanceSourceVpc ' +
    'Ec2InstanceSourcePrivateIPv4 EpochTime FederatedProvider IsMcpServiceAction MultiFactorAuthAge MultiFactorAuthPresent PrincipalAccount PrincipalArn ' +
    'PrincipalIsAWSService PrincipalOrgID PrincipalOrgPaths PrincipalServiceName PrincipalServiceNamesList PrincipalType Referer ' +
    'RequestedRegion ResourceAccount ResourceOrgID ResourceOrgPaths SecureTransport SignInSessionArn SourceAccount SourceArn SourceIdentity SourceIp ' +
    'SourceOrgID SourceOrgPaths SourceOwner SourceVpc SourceVpcArn SourceVpce TagKeys TokenIssueTime UserAgent ViaAWSMCPService ViaAWSService ' +
    'VpceAccount VpceOrgID VpceOrgPaths VpcSourceIp userid username'
  ).split(' '),
  sts: (
    'AWSServiceName DurationSeconds ExternalId IdentityTokenAudience RequestContext RequestContextProviders RoleSessionName SigningAlgorithm ' +
    'SourceIdentity TaskPolicyArn TransitiveTagKeys'
  ).split(' '),
} as const satisfies Record<string, readonly string[]>

const KNOWN: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([prefix, names]) =>
    names.map((name) => [`${prefix}:${name}`.toLowerCase(), `${prefix}:${name}`] as const),
  ),
)

/** Keys of services that sessions carry on, and prefixes behind which anything may stand. */
const OPEN =
  /^(?:aws:(?:principaltag|requesttag|resourcetag)\/|sts:requestcontext\/|saml:|iam:resourcetag\/|ec2:(?:sourceinstancearn|roledelivery)$|lambda:sourcefunctionarn$|glue:(?:roleassumedby|credentialissuingservice)$|ssm:sourceinstancearn$|identitystore:|ecs:|codebuild:|bedrock|[^:]*[./])/

/** @param name in lower case */
export function isKnownKey(name: string): boolean {
  return KNOWN.has(name) || OPEN.test(name)
}

/** The key that this one misses by a letter or two; null: none. */
export function nearestKey(name: string): string | null {
  for (const [known, written] of KNOWN) if (distance(known, name) <= 2) return written
  return null
}

/** Letters to put in, take out or replace; beyond two it need not be exact. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3
  let row = Array.from({ length: other.length + 1 }, (_, place) => place)
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1]
    for (const [j, wanted] of [...other].entries()) {
      const replaced = (row[j] ?? 0) + (letter === wanted ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 3
}
