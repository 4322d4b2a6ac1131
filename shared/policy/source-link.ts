/** A service that says for which resource it calls says for which account: that of the resource's ARN, where the ARN has one. */

import { ABSENT, type Ask, type Asked, type Demand, inTurn, type Link, UNKNOWN, type Way } from './demand.ts'
import { OF_ACCOUNT, OF_NO_ACCOUNT } from './key-values.ts'
import { fill } from './sample.ts'
import type { Literal } from './solve-key.ts'
import { only } from './stage.ts'

const [ACCOUNT, ARN] = ['aws:sourceaccount', 'aws:sourcearn'] as const
const KEYS = [ACCOUNT, ARN]

/** Null: the documents ask for one of them only, which stands for itself. */
export function sourceLink({ conditionsOn }: Asked, name: string): Link | null {
  return KEYS.some((key) => key !== name && conditionsOn(key).length > 0) ? SOURCE : null
}

const SOURCE: Link = {
  keys: KEYS,
  ways: function* (demandOn, ask) {
    const [account, arn] = [demandOn(ACCOUNT), demandOn(ARN)]
    if (arn.domain.absent)
      yield inTurn(
        () => ask(account, account.domain),
        () => ask(arn, ABSENT),
      )
    yield ofOneAccount(account, arn, ask)
    if (account.domain.absent)
      yield inTurn(
        () => ask(account, ABSENT),
        () => ask(arn, { ...arn.domain, absent: false, within: OF_ACCOUNT }),
      )
    yield inTurn(
      () => ask(account, account.domain),
      () => ask(arn, { ...arn.domain, absent: false, within: OF_NO_ACCOUNT }),
    )
  },
}

/** Looks for an ARN whose account is all that is demanded of the account. */
function ofOneAccount(account: Demand, arn: Demand, ask: Ask): Way {
  const literals = account.literals.map((one): Literal => ({ ...one, part: 'account' }))
  const further = () =>
    arnsIn(arn.literals).flatMap((one) => valuesOf(account.literals).map((id) => inAccount(one, id)))
  const found = ask(arn, { ...arn.domain, absent: false, within: OF_ACCOUNT, further }, literals)
  if (found.kind !== 'value') return found.kind === 'none' ? null : [UNKNOWN, UNKNOWN]
  const id = found.values?.[0]?.split(':')[4] ?? ''
  if (account.domain.only?.includes(id) === false) return null
  return inTurn(
    () => ask(account, only([id], false)),
    () => found,
  )
}

function valuesOf(literals: readonly Literal[]): readonly string[] {
  return literals.flatMap(({ condition }) => condition.values)
}

function arnsIn(literals: readonly Literal[]): readonly string[] {
  return [...valuesOf(literals).flatMap((value) => (value.startsWith('arn:') ? fill(value) : [])), USUAL]
}

function inAccount(arn: string, id: string): string {
  return arn
    .split(':')
    .map((field, i) => (i === 4 ? id : field))
    .join(':')
}

const USUAL = 'arn:aws:sns:us-east-1:111122223333:example'
