/** An age of MFA is never shown without what it is the age of. */

import { ABSENT, type Asked, inTurn, type Link } from './demand.ts'
import { only } from './stage.ts'

const PRESENT = 'aws:multifactorauthpresent'
const AGE = 'aws:multifactorauthage'

/** Null: MFA stands for itself, where no document asks for its age. */
export function mfaLink({ conditionsOn }: Asked, name: string): Link | null {
  return name === AGE || conditionsOn(AGE).length > 0 ? MFA : null
}

const MFA: Link = {
  keys: [PRESENT, AGE],
  ways: function* (demandOn, ask) {
    const [present, age] = [demandOn(PRESENT), demandOn(AGE)]
    const { domain } = present
    const without = only(domain.only?.filter((value) => value !== 'true') ?? [], domain.absent)
    if (age.domain.absent)
      yield inTurn(
        () => ask(present, without),
        () => ask(age, ABSENT),
      )
    if (domain.only?.includes('true'))
      yield inTurn(
        () => ask(present, only(['true'], false)),
        () => ask(age, { ...age.domain, absent: false }),
      )
  },
}
