/** A service that says for which resource it calls says for which account: that of the resource's ARN, where the ARN has one. */

import { ABSENT, type Ask, type Demand, inTurn, type Link, UNKNOWN, type Way } from './demand.ts'
import { FIELD_ANY, FIELD_STAR, type Glob, literal, STAR } from './glob.ts'
import { fill } from './sample.ts'
import type { Literal } from './solve-key.ts'
import { only, type Situation } from './stage.ts'
import type { TextSet } from './text-set.ts'

const [ACCOUNT, ARN] = ['aws:sourceaccount', 'aws:sourcearn'] as const
const KEYS = [ACCOUNT, ARN]

/** Null: the documents ask for one of them only, which stands for itself. */
export function sourceLink({ conditionsOn }: Situation, name: string): Link | null {
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
    yield inTurn(
      () => ask(account, account.domain),
      () => ask(arn, { ...arn.domain, absent: false, within: WITHOUT_ACCOUNT }),
    )
    if (account.domain.absent)
      yield inTurn(
        () => ask(account, ABSENT),
        () => ask(arn, { ...arn.domain, absent: false, within: WITH_ACCOUNT }),
      )
  },
}

/** Looks for an ARN whose account is all that is demanded of the account. */
function ofOneAccount(account: Demand, arn: Demand, ask: Ask): Way {
  const literals = account.literals.map((one): Literal => ({ ...one, part: 'account' }))
  const further = () =>
    arnsIn(arn.literals).flatMap((one) => valuesOf(account.literals).map((id) => inAccount(one, id)))
  const found = ask(arn, { ...arn.domain, absent: false, within: WITH_ACCOUNT, further }, literals)
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

const COLON = 58
const FIELD: Glob = [FIELD_STAR, COLON]
const BEGIN: Glob = [...literal('arn:'), ...FIELD, ...FIELD, ...FIELD]

const WITH_ACCOUNT: TextSet = {
  has: (text) => /^arn:(?:[^:]*:){3}\d{12}:/.test(text),
  globs: () => [[...BEGIN, ...Array.from({ length: 12 }, () => FIELD_ANY), COLON, STAR]],
}

/** Buckets, for one. */
const WITHOUT_ACCOUNT: TextSet = {
  has: (text) => /^arn:(?:[^:]*:){3}:/.test(text),
  globs: () => [[...BEGIN, COLON, STAR]],
}
