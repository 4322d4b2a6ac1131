/** The tags of a call: which keys they have, what each of them says, and which are passed on. */

import { ABSENT, type Ask, type Demand, inTurn, type Link, NONE, type Way } from './demand.ts'
import { parseOperator } from './operator.ts'
import type { Condition, Operator } from './policy.ts'
import type { Literal } from './solve-key.ts'
import type { Situation } from './stage.ts'

const KEYS = 'aws:tagkeys'
const PASSED_ON = 'sts:transitivetagkeys'
const TAG = 'aws:requesttag/'

/** Null: of what the documents ask for nothing says anything of another. */
export function tagLink({ conditionsOn, keysUnder }: Situation): Link | null {
  const lists = [KEYS, PASSED_ON].filter((key) => conditionsOn(key).length > 0)
  if (lists.length === 0) return null
  const tags = keysUnder(TAG)
  if (tags.length + lists.length < 2) return null
  const names = tags.map((key) => key.slice(TAG.length))
  return {
    keys: [...tags.map((key) => key.toLowerCase()), PASSED_ON, KEYS],
    isCommon: true,
    bounds: () => true,
    ways: (demands, ask) => {
      const [passedOn, keys] = demands.slice(-2)
      if (passedOn === undefined || keys === undefined) return []
      return waysOf({ keys, passedOn, values: demands.slice(0, -2), names }, ask)
    },
  }
}

interface Tags {
  readonly keys: Demand
  readonly passedOn: Demand
  /** One for each tag that some document asks for. */
  readonly values: readonly Demand[]
  /** Theirs, as the documents spell them. */
  readonly names: readonly string[]
}

/** Of tags that a call may carry or not, as many as are tried in every combination. */
const MOST_COMBINED = 4

/** Calls with few tags first. One with all it may carry does whatever one with some does: more tags are more keys to choose from. */
function* waysOf(tags: Tags, ask: Ask): Iterable<Way> {
  const { keys, passedOn, values, names } = tags
  // What is demanded of every key is demanded of those passed on.
  const every = keys.literals.filter(({ condition, want }) => isOfEvery(condition.operator, want))
  const isTaken = (name: string) => ask({ ...keys, literals: every }, keys.domain, needs([name])).kind !== 'none'
  const can = values.map((value, i) => ({
    carry: isTaken(names[i] ?? '') ? ask(value, { ...value.domain, absent: false }) : NONE,
    lack: value.domain.absent ? ask(value, ABSENT) : NONE,
  }))
  const open = can.flatMap(({ carry, lack }, i) => (carry.kind !== 'none' && lack.kind !== 'none' ? [i] : []))
  for (const chosen of [...choices(open.slice(0, MOST_COMBINED)), open]) {
    const isCarried = (i: number) => can[i]?.lack.kind === 'none' || chosen.includes(i)
    const lacking = names.filter((_, i) => !isCarried(i))
    const none = lacking.length === 0 ? [] : [{ condition: among(lacking), want: false }]
    const carried = ask(passedOn, passedOn.domain, [...every, ...none])
    const passed = carried.kind === 'value' ? (carried.values ?? []) : []
    const needed = needs([...names.filter((_, i) => isCarried(i)), ...passed])
    yield inTurn(
      ...can.map(
        ({ carry, lack }, i) =>
          () =>
            isCarried(i) ? carry : lack,
      ),
      () => carried,
      () => ask(keys, keys.domain, [...needed, ...none]),
    )
  }
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
function choices(from: readonly number[]): readonly (readonly number[])[] {
  let all: readonly (readonly number[])[] = [[]]
  for (const one of from) all = all.flatMap((some) => [some, [...some, one]])
  return all.toSorted((one, other) => one.length - other.length)
}
