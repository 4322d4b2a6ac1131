/** IAM as far as Trustdrift reads it: GetRole and ListRoles over one account's roles. Stateful; knows no principals and no conditions. */

import { type Answer, type Call, element, type Refusal, type Service, xmlAnswer, xmlRefusal } from './wire.ts'

export interface FakeRole {
  readonly name: string
  readonly path: string
  readonly roleId: string
  readonly createDate: Date
  /** JSON text. */
  readonly trust: string
}

/** Changes come from the test, not over the wire: the monitor never writes to IAM. */
export interface FakeIam {
  account: string
  partition: string
  /** IAM may return fewer roles than MaxItems allows. */
  pageSize: number
  readonly roles: Map<string, FakeRole>
  createRole(name: string, trust: string, more?: { readonly path?: string; readonly createDate?: Date }): FakeRole
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
    createRole: (name, trust, { path = '/', createDate = new Date('2026-01-02T03:04:05Z') } = {}) => {
      ids += 1
      const role = { name, path, roleId: `AROA${String(ids).padStart(17, '0')}`, createDate, trust }
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
    act: (call) => (call.action === 'GetRole' ? getRole(iam, call) : listRoles(iam, call)),
  }
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
  ].join('')
}

// RFC 3986 reserves more than encodeURIComponent escapes.
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}
