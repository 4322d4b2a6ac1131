/** What is said of a failed service beside its cause: each fault of a role, whose change, what could not be seen, what else it may be. Pure. */

import type { Alert } from './alert.ts'
import { judgePolicy } from './check.ts'
import { digest, type Finding } from './finding.ts'
import type { UsedRole } from './gather-service.ts'
import type { FailureFacts } from './judge-service.ts'
import { evaluate } from './policy/evaluate.ts'
import { readTrust } from './policy/read.ts'
import { serviceWords } from './service-words.ts'
import { requests } from './workloads/assumable.ts'

type Verdict = NonNullable<Alert['cause']>['verdict']
type Said = Pick<Finding, 'rule' | 'severity' | 'title' | 'says' | 'why'>

export function failureFindings(facts: FailureFacts, verdict: Verdict): readonly Finding[] {
  const said: readonly Said[] = [
    ...facts.roles.flatMap((used) => changeFinding(used, facts)),
    ...refusedFinding(facts),
    ...rolledBackFinding(facts),
    ...notSeenFindings(facts),
    ...(verdict === 'not-trust' ? [otherCauses(facts)] : []),
  ]
  const { service } = facts.signal
  const findings = said.map((one) => ({
    ...one,
    id: digest('service', service.account, service.region, service.name, one.rule, one.says),
    statement: null,
    principal: null,
    fix: null,
    reference: GUIDE,
  }))
  return [...facts.roles.flatMap((used) => roleFindings(used, facts)), ...findings]
}

const GUIDE = 'https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html'

/** The rules that ask whether the service can use its role. Who else can is the business of the role's own alerts. */
const ASKED = [
  'access-role-untrusted',
  'instance-role-untrusted',
  'app-runner-roles-swapped',
  'app-runner-role-blocked',
]

function roleFindings(used: UsedRole, facts: FailureFacts): readonly Finding[] {
  if (used.could !== 'no') return []
  if (used.then.kind === 'missing') return [missingRole(used, facts)]
  if (used.then.kind !== 'trust') return []
  const about = { ...facts.aboutOf(used), workload: used.workload.id }
  const [document = ''] = used.then.documents
  const { policy } = readTrust(document)
  const { account, name } = used.role
  const found = judgePolicy({ policy, about, account, role: name, drift: null })
  return found.filter(({ rule }) => ASKED.includes(rule)).map((finding) => withReason(finding, used, document))
}

/** The rule says that App Runner is kept out; the evaluator says by what. */
function withReason(finding: Finding, { workload, circumstances, role }: UsedRole, document: string): Finding {
  const [request] = requests(workload.principal, circumstances)
  if (request === undefined || finding.rule !== 'app-runner-role-blocked') return named(finding, role.name)
  const { because } = evaluate(readTrust(document).policy, request)
  return named({ ...finding, says: [finding.says, ...because.slice(0, 3)].join('; ') }, role.name)
}

function named(finding: Finding, role: string): Finding {
  return { ...finding, says: `Role ${role}: ${finding.says.charAt(0).toLowerCase()}${finding.says.slice(1)}` }
}

function missingRole({ role, workload }: UsedRole, { signal }: FailureFacts): Finding {
  const { account, name } = role
  return {
    id: digest('service-role-missing', account, name, workload.id, signal.service.region, signal.service.name),
    rule: 'service-role-missing',
    severity: 'high',
    title: `The ${workload.as} does not exist`,
    says: `There is no role ${role.arn}, and ${serviceWords(signal.service)} uses it as its ${workload.as}.`,
    why: 'A role made anew has neither the trust nor the permissions of the old one: make it with both, or give the service another role.',
    statement: null,
    principal: workload.principal,
    fix: null,
    reference: GUIDE,
  }
}

function changeFinding({ search, workload, role }: UsedRole, { signal }: FailureFacts): readonly Said[] {
  if (search.kind !== 'found') return []
  const { at, actor, evidence, change } = search.culprit
  const what = change === 'deleted' ? 'deleted' : 'changed the trust of'
  const who = actor?.name ?? 'Somebody whom no event names'
  const event = evidence.eventId === null ? '' : ` (event ${evidence.eventId})`
  return [
    {
      rule: 'trust-change-before-failure',
      severity: 'high',
      title: 'A change of trust came before the failure',
      says: `${who} ${what} role ${role.name} at ${at}${event}. Until then ${workload.principal} could assume it; from then on it could not. The failure came at ${signal.origin.at}.`,
      why: 'Named is the change that shut the service out, whatever else was changed after it.',
    },
  ]
}

function refusedFinding({ signal }: FailureFacts): readonly Said[] {
  if (signal.kind !== 'service-call-failed') return []
  return [
    {
      rule: 'service-call-refused',
      severity: 'medium',
      title: `App Runner refused the call: ${signal.errorCode}`,
      says: `App Runner answered: ${signal.errorMessage}`,
      why: 'The call failed at once, so App Runner raised no event of its own: only whoever called has seen the error.',
    },
  ]
}

function rolledBackFinding({ signal, reading }: FailureFacts): readonly Said[] {
  if (signal.kind !== 'service-operation' || reading.kind !== 'service') return []
  if (reading.service.status !== 'RUNNING' || !/^(UpdateService|Deployment)$/.test(signal.operation)) return []
  return [
    {
      rule: 'service-rolled-back',
      severity: 'medium',
      title: 'It failed, and the service says RUNNING',
      says: `${serviceWords(signal.service)} runs what it ran before: App Runner has rolled back without a word.`,
      why: 'A check of the status of the service finds nothing wrong, and whoever deployed may believe that the new version is live.',
    },
  ]
}

/** Unknown is said, role by role, and never guessed. */
function notSeenFindings({ signal, reading, roles }: FailureFacts): readonly Said[] {
  const service = serviceWords(signal.service)
  const seen = roles.length === 0 ? 'its roles are not known' : 'its roles are those last seen'
  const ofService =
    reading.kind === 'no-such-service'
      ? [`${service} does not exist any more; ${seen}.`]
      : reading.kind === 'unknown' && signal.kind !== 'service-call-failed'
        ? [`${service} could not be seen: ${reading.why}; ${seen}.`]
        : []
  return [...ofService, ...accountWords(signal.service), ...roles.flatMap(roleNotSeen)].map((says) => ({
    rule: 'service-not-seen',
    severity: 'info',
    title: 'Not everything could be seen',
    says,
    why: 'What could not be seen may be the cause: look at it before you rule it out.',
  }))
}

function accountWords({ arn, account }: FailureFacts['signal']['service']): readonly string[] {
  const inArn = arn?.split(':')[4]
  if (inArn === undefined || inArn === account) return []
  return [`The event is of account ${account}, and the ARN in it names account ${inArn}.`]
}

function roleNotSeen({ role, workload, then, could }: UsedRole): readonly string[] {
  if (then.kind === 'unknown') return [`The ${workload.as} ${role.arn} could not be seen: ${then.why}.`]
  if (could !== 'undecided') return []
  return [
    `Whether ${workload.principal} can assume the ${workload.as} ${role.name} could not be decided: a condition in its trust depends on what App Runner sends.`,
  ]
}

/** A role younger than this may not be known everywhere when the service asks for it. */
const FRESH_MS = 120_000

function otherCauses({ signal, roles }: FailureFacts): Said {
  const fresh = roles.find(({ now }) => now.kind === 'role' && isFresh(now.createdAt, signal.origin.at))
  const first = fresh
    ? [`${fresh.role.name} was made just before: IAM may not have known it everywhere yet, so try again`]
    : []
  const assumes = signal.kind !== 'service-operation' || !/^(Pause|Delete)Service$/.test(signal.operation)
  const usual = assumes ? [...first, ...OTHER_CAUSES] : [NO_ROLE_NEEDED]
  return {
    rule: 'trust-intact',
    severity: 'info',
    title: 'The trust of its roles is intact: look elsewhere',
    says: `${rolesWords(roles)} ${assumes ? 'The usual other causes' : 'Besides'}: ${usual.join('; ')}.`,
    why: 'App Runner says "see service logs" whatever the cause is, and trust is the first suspect. Here it is not the cause.',
  }
}

function isFresh(createdAt: string, at: string): boolean {
  const age = Date.parse(at) - Date.parse(createdAt)
  return age >= -FRESH_MS && age < FRESH_MS
}

function rolesWords(roles: readonly UsedRole[]): string {
  if (roles.length === 0) return 'The service has neither an access role nor an instance role.'
  const each = roles.map(({ workload, role }) => `${workload.principal} can assume the ${workload.as} ${role.name}`)
  return `${each.join(', and ')}.`
}

const NO_ROLE_NEEDED = 'pausing and deleting assume neither role, so only the logs of the service can tell more'

const OTHER_CAUSES = [
  'the access role lacks a permission on ECR (ecr:GetAuthorizationToken takes only the resource *)',
  'the image is in another region or account than the service',
  'the image is not built for linux/amd64',
  'the health check does not answer on the port, or the container ends at once',
  'a role or permission made seconds before is not known everywhere yet',
] as const
