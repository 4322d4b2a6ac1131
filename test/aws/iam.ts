/**
 * IAM as far as Trustdrift reads it: GetRole and ListRoles over one account's roles, and SimulatePrincipalPolicy over what a test says of
 * a caller's own policies. Stateful; knows no principals and no conditions.
 */

import { type Answer, type Call, element, type Refusal, type Service, xmlAnswer, xmlRefusal } from './wire.ts'

export interface FakeRole {
  readonly name: string
  readonly path: string
  readonly roleId: string
  readonly createDate: Date
  /** JSON text. */
  readonly trust: string
  /** Seconds. */
  readonly maxSession?: number
}

/** A user's or role's own policies, as the actions they speak of on one role. */
export interface OwnPolicies {
  readonly allow: readonly string[]
  readonly deny?: readonly string[]
  /** What the permissions boundary allows; absent: there is none. */
  readonly boundary?: readonly string[]
  /** What the organisation allows; absent: everything. */
  readonly organization?: readonly string[]
  /** The role they speak of. */
  readonly on: string
}

/** Changes come from the test, not over the wire: the monitor never writes to IAM. */
export interface FakeIam {
  account: string
  partition: string
  /** IAM may return fewer roles than MaxItems allows. */
  pageSize: number
  readonly roles: Map<string, FakeRole>
  /** By the ARN of a user or role of this account. */
  readonly ownPolicies: Map<string, OwnPolicies>
  /** The simulator's parameters, call by call. */
  readonly simulated: Readonly<Record<string, string>>[]
  createRole(
    name: string,
    trust: string,
    more?: Partial<Pick<FakeRole, 'path' | 'createDate' | 'maxSession'>>,
  ): FakeRole
  updateTrust(name: string, trust: string): void
  deleteRole(name: string): void
  arnOf(role: FakeRole): string
}

export function fakeIam(): FakeIam {
  let ids = 0
  const iam: FakeIam = {
    account: '111122223333',
    partition: 'aws',
    pageSize: 1_000,
    roles: new Map(),
    ownPolicies: new Map(),
    simulated: [],
    createRole: (name, trust, { path = '/', createDate = new Date('2026-01-02T03:04:05Z'), ...more } = {}) => {
      ids += 1
      const role = { name, path, roleId: `AROA${String(ids).padStart(17, '0')}`, createDate, trust, ...more }
      iam.roles.set(name, role)
      return role
    },
    updateTrust: (name, trust) => {
      const role = iam.roles.get(name)
      if (role === undefined) throw new Error(`the fake IAM has no role ${name}`)
      iam.roles.set(name, { ...role, trust })
    },
    deleteRole: (name) => {
      iam.roles.delete(name)
    },
    arnOf: ({ path, name }) => `arn:${iam.partition}:iam::${iam.account}:role${path}${name}`,
  }
  return iam
}

export function iamService(iam: FakeIam): Service {
  return {
    throttle: { status: 400, code: 'Throttling', message: 'Rate exceeded' },
    denied: { status: 403, code: 'AccessDenied', message: 'User is not authorized to perform this action' },
    refuse: xmlRefusal,
    act: (call) => ACTIONS[call.action]?.(iam, call) ?? { status: 400, code: 'InvalidAction', message: call.action },
  }
}

const ACTIONS: Readonly<Record<string, (iam: FakeIam, call: Call) => Answer | Refusal>> = {
  GetRole: getRole,
  ListRoles: listRoles,
  SimulatePrincipalPolicy: simulate,
}

/** One action a page: its paging is real. */
function simulate(iam: FakeIam, { form }: Call): Answer | Refusal {
  iam.simulated.push(Object.fromEntries(form))
  const source = form.get('PolicySourceArn') ?? ''
  const own = iam.ownPolicies.get(source)
  if (own === undefined) return { status: 404, code: 'NoSuchEntity', message: `${source} does not exist.` }
  const actions = [...form].filter(([name]) => name.startsWith('ActionNames.')).map(([, action]) => action)
  const at = Number(form.get('Marker') ?? '0')
  const result = resultXml(own, actions[at] ?? '', form.get('ResourceArns.member.1') ?? '*')
  const more = at + 1 < actions.length
  const next = more ? element('Marker', String(at + 1)) : ''
  return xmlAnswer(
    'SimulatePrincipalPolicy',
    `<EvaluationResults><member>${result}</member></EvaluationResults>${element('IsTruncated', String(more))}${next}`,
  )
}

function resultXml(
  { allow, deny = [], boundary, organization, on }: OwnPolicies,
  action: string,
  role: string,
): string {
  const inBounds = boundary === undefined || boundary.includes(action)
  const inOrganization = organization === undefined || organization.includes(action)
  const isAllowed = on === role && allow.includes(action) && inBounds && inOrganization
  const decision = deny.includes(action) ? 'explicitDeny' : isAllowed ? 'allowed' : 'implicitDeny'
  const bounds = element('AllowedByPermissionsBoundary', String(inBounds))
  const organizations = element('AllowedByOrganizations', String(inOrganization))
  return [
    element('EvalActionName', action),
    element('EvalResourceName', role),
    element('EvalDecision', decision),
    boundary === undefined ? '' : `<PermissionsBoundaryDecisionDetail>${bounds}</PermissionsBoundaryDecisionDetail>`,
    `<OrganizationsDecisionDetail>${organizations}</OrganizationsDecisionDetail>`,
  ].join('')
}

function getRole(iam: FakeIam, { form }: Call): Answer | Refusal {
  const name = form.get('RoleName') ?? ''
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) return { status: 400, code: 'ValidationError', message: 'roleName is invalid' }
  const role = iam.roles.get(name)
  if (role === undefined)
    return { status: 404, code: 'NoSuchEntity', message: `The role with name ${name} cannot be found.` }
  return xmlAnswer('GetRole', `<Role>${roleXml(iam, role)}</Role>`)
}

function listRoles(iam: FakeIam, { form }: Call): Answer | Refusal {
  const wanted = Number(form.get('MaxItems') ?? '100')
  if (!(wanted >= 1 && wanted <= 1_000)) return { status: 400, code: 'ValidationError', message: 'maxItems is invalid' }
  const marker = form.get('Marker')
  const after = marker === null ? '' : Buffer.from(marker, 'base64').toString()
  const rest = [...iam.roles.values()].filter(({ name }) => name > after).sort((a, b) => (a.name < b.name ? -1 : 1))
  const page = rest.slice(0, Math.min(wanted, iam.pageSize))
  const last = page.at(-1)
  const more = last !== undefined && page.length < rest.length
  const members = page.map((role) => `<member>${roleXml(iam, role)}</member>`).join('')
  const next = more ? element('Marker', Buffer.from(last.name).toString('base64')) : ''
  return xmlAnswer('ListRoles', `<Roles>${members}</Roles>${element('IsTruncated', String(more))}${next}`)
}

function roleXml(iam: FakeIam, role: FakeRole): string {
  return [
    element('Path', role.path),
    element('RoleName', role.name),
    element('RoleId', role.roleId),
    element('Arn', iam.arnOf(role)),
    element('CreateDate', `${role.createDate.toISOString().slice(0, 19)}Z`),
    element('AssumeRolePolicyDocument', encoded(role.trust)),
    role.maxSession === undefined ? '' : element('MaxSessionDuration', String(role.maxSession)),
  ].join('')
}

// RFC 3986 reserves more than encodeURIComponent escapes.
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}
