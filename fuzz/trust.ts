/** Trust policies and calls over all of the language, of vocabularies small enough that they meet. */

import fc from 'fast-check'
import type { Request } from '../shared/policy/request.ts'
import { FAMILIES, NULLS, ODD } from './families.ts'

const OWN = '111122223333'
const FOREIGN = '444455556666'
const ISSUER = 'token.actions.githubusercontent.com'

const AWS_VALUES = [
  '*',
  FOREIGN,
  '4444-5555-6666',
  `arn:aws:iam::${FOREIGN}:root`,
  `arn:aws:iam::${OWN}:root`,
  `arn:aws:iam::${FOREIGN}:role/Deploy`,
  `arn:aws:iam::${FOREIGN}:role/teams/Deploy`,
  `arn:aws:iam::${FOREIGN}:user/ci`,
  `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/one`,
  `arn:aws:sts::${FOREIGN}:federated-user/ann`,
  'AROAEXAMPLEDELETED123',
  `arn:aws:iam::${FOREIGN}:role/*`,
  'nobody',
]
const SERVICES = ['lambda.amazonaws.com', 'ec2.amazonaws.com', 'rolesanywhere.amazonaws.com', '*.amazonaws.com']
const PROVIDERS = [
  `arn:aws:iam::${OWN}:oidc-provider/${ISSUER}`,
  `arn:aws:iam::${OWN}:saml-provider/Okta`,
  'accounts.google.com',
]

const some = <T>(values: readonly T[]) => fc.constantFrom(...values)
/** A single value stands for a list of one. */
const texts = (values: readonly string[]) =>
  fc.oneof({ weight: 2, arbitrary: some(values) }, fc.array(some(values), { minLength: 1, maxLength: 3 }))

const principal = fc.oneof(
  { weight: 6, arbitrary: texts(AWS_VALUES).map((AWS) => ({ AWS })) },
  { weight: 2, arbitrary: texts(SERVICES).map((Service) => ({ Service })) },
  { weight: 2, arbitrary: texts(PROVIDERS).map((Federated) => ({ Federated })) },
  {
    weight: 1,
    arbitrary: fc.record({ AWS: texts(AWS_VALUES), Service: texts(SERVICES), Federated: texts(PROVIDERS) }),
  },
  { weight: 1, arbitrary: fc.constant('*') },
)
const ACTIONS = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:TagSession',
  'sts:SetSourceIdentity',
  'sts:SetContext',
]
const PATTERNS = [...ACTIONS, 'sts:*', '*', 'STS:assume*', 'sts:Assume????', 'sts:*With*']
const action = fc.oneof({ weight: 3, arbitrary: fc.constant(ACTIONS) }, { weight: 3, arbitrary: texts(PATTERNS) })

const qualifier = some(['', '', '', '', 'ForAllValues:', 'ForAnyValue:'])
const ifExists = some(['', '', '', 'IfExists'])
const condition = some([...FAMILIES, ...FAMILIES, NULLS, NULLS, ODD]).chain((family) =>
  fc
    .tuple(qualifier, some(family.operators), ifExists, some(family.keys), texts(family.wanted))
    .map(([set, operator, exists, key, values]) => ({ operator: `${set}${operator}${exists}`, key, values })),
)

export const statement = fc
  .record({
    effect: some(['Allow', 'Allow', 'Allow', 'Deny']),
    principal,
    action,
    negated: fc.record({ principal: fc.nat(30), action: fc.nat(12) }),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map(({ effect, principal: who, action: what, negated, conditions }) => {
    const Condition: Record<string, Record<string, string | readonly string[]>> = {}
    for (const { operator, key, values } of conditions)
      Condition[operator] = Object.fromEntries([...Object.entries(Condition[operator] ?? {}), [key, values]])
    const isNot = negated.principal === 0 && typeof who !== 'string'
    return {
      Effect: effect,
      ...(isNot ? { NotPrincipal: who } : { Principal: who }),
      ...(negated.action === 0 ? { NotAction: what } : { Action: what }),
      ...(conditions.length > 0 ? { Condition } : {}),
    }
  })

export const policy = fc.record({
  version: some(['2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17']),
  statements: fc.array(statement, { minLength: 1, maxLength: 3 }),
})

const CALLERS: readonly Request['principal'][] = [
  ...[
    `arn:aws:iam::${FOREIGN}:role/Deploy`,
    `arn:aws:iam::${FOREIGN}:role/teams/Deploy`,
    `arn:aws:iam::${FOREIGN}:user/ci`,
    `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/one`,
    `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/two`,
    `arn:aws:sts::${FOREIGN}:federated-user/ann`,
    `arn:aws:iam::${FOREIGN}:root`,
    FOREIGN,
    `arn:aws:iam::${OWN}:role/App`,
  ].map((id) => ({ type: 'AWS' as const, id })),
  ...SERVICES.slice(0, 3).map((id) => ({ type: 'Service' as const, id })),
  ...PROVIDERS.map((id) => ({ type: 'Federated' as const, id })),
]

function actionFor({ type, id }: Request['principal']): string {
  if (type !== 'Federated') return 'sts:AssumeRole'
  return id.includes('saml') ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity'
}

/** What a call carries: each key with a value of its family, seldom with none or several. */
const carried = some(FAMILIES).chain((family) =>
  fc.tuple(
    some(family.keys),
    fc.oneof(
      { weight: 6, arbitrary: some(family.given) },
      { weight: 2, arbitrary: fc.array(some(family.given), { maxLength: 3 }) },
    ),
  ),
)

export const request: fc.Arbitrary<Request> = fc
  .record({
    principal: some(CALLERS),
    other: fc.nat(9),
    action: some([...ACTIONS, 'STS:ASSUMEROLE']),
    context: fc.array(carried, { maxLength: 12 }),
  })
  .map(({ principal: who, other, action: odd, context }) => {
    const seen = new Map(context.map(([key, value]) => [key.toLowerCase(), [key, value] as const]))
    return { principal: who, action: other === 0 ? odd : actionFor(who), context: Object.fromEntries(seen.values()) }
  })
