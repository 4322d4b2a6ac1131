/** The tags of a call: which keys they have, what each of them says, and which are passed on. */

import { ABSENT, type Ask, type Asked, type Demand, inTurn, type Link, NONE, type Way } from './demand.ts'
import { parseOperator } from './operator.ts'
import type { Condition, Operator } from './policy.ts'
import type { Literal, Solution } from './solve-key.ts'

const KEYS = 'aws:tagkeys'
const PASSED_ON = 'sts:transitivetagkeys'
const TAG = 'aws:requesttag/'

/** Null: of what the documents ask for nothing says anything of another. */
export function tagLink({ conditionsOn, keysUnder }: Asked): Link | null {
  const lists = [KEYS, PASSED_ON].filter((key) => conditionsOn(key).length > 0)
  const tags = lists.length === 0 ? [] : keysUnder(TAG)
  if (tags.length + lists.length < 2) return null
  return {
    keys: [...tags.map((key) => key.toLowerCase()), PASSED_ON, KEYS],
    ways: (demandOn, ask) => {
      const told = tags.map((key) => ({ name: key.slice(TAG.length), demand: demandOn(key.toLowerCase()) }))
      return waysOf({ keys: demandOn(KEYS), passedOn: demandOn(PASSED_ON), told }, ask)
    },
  }
}

interface Tags {
  readonly keys: Demand
  readonly passedOn: Demand
  /** Each that some document asks for, as it is spelt there. */
  readonly told: readonly { readonly name: string; readonly demand: Demand }[]
}

/** Of tags that a call may carry or not, as many as are tried in every combination. */
const MOST_COMBINED = 4

/** Calls with few tags first. One with all it may carry does whatever one with some does: more tags are more keys to choose from. */
function* waysOf(tags: Tags, ask: Ask): Iterable<Way> {
  const { keys, passedOn, told } = tags
  // What is demanded of every key is demanded of those passed on.
  const every = keys.literals.filter(({ condition, want }) => isOfEvery(condition.operator, want))
  const isTaken = (name: string) => ask({ ...keys, literals: every }, keys.domain, needs([name])).kind !== 'none'
  const all = told.map(({ name, demand }) => ({
    name,
    carried: isTaken(name) ? ask(demand, { ...demand.domain, absent: false }) : NONE,
    lacking: demand.domain.absent ? ask(demand, ABSENT) : NONE,
  }))
  const open = all.filter(({ carried, lacking }) => carried.kind !== 'none' && lacking.kind !== 'none')
  for (const chosen of [...choices(open.slice(0, MOST_COMBINED)), open]) {
    const isCarried = (one: (typeof all)[number]) => one.lacking.kind === 'none' || chosen.includes(one)
    const others = all.filter((one) => !isCarried(one)).map(({ name }) => name)
    const none = [{ condition: among(others), want: false }]
    const passed = ask(passedOn, passedOn.domain, [...every, ...none])
    const names = [...all.filter(isCarried).map(({ name }) => name), ...valuesOf(passed)]
    yield inTurn(
      ...all.map((one) => () => (isCarried(one) ? one.carried : one.lacking)),
      () => passed,
      () => ask(keys, keys.domain, [...needs(names), ...none]),
    )
  }
}

function valuesOf(solution: Solution): readonly string[] {
  return solution.kind === 'value' ? (solution.values ?? []) : []
}

function needs(names: readonly string[]): readonly Literal[] {
  return names.map((name) => ({ condition: among([name]), want: true }))
}

function isOfEvery({ base, qualifier }: Operator, want: boolean): boolean {
  return base?.family !== 'null' && (qualifier === 'ForAllValues') === want
}

/** Tags are told apart without regard to case (IAM User Guide, id_session-tags). */
function among(names: readonly string[]): Condition {
  return {
    operator: SOME,
    key: 'aws:TagKeys',
    name: KEYS,
    values: names,
    variables: false,
    path: '',
    canonical: `some tag of ${names.join()}`,
  }
}

const SOME = parseOperator('ForAnyValue:StringEqualsIgnoreCase')

/** Every choice of some of them, the smallest first. */
function choices<T>(from: readonly T[]): readonly (readonly T[])[] {
  let all: readonly (readonly T[])[] = [[]]
  for (const one of from) all = all.flatMap((some) => [some, [...some, one]])
  return all.toSorted((one, other) => one.length - other.length)
}
