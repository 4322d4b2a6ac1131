/** Keys that say something about each other are solved together: an age of MFA needs MFA, a path lies in its organization. */

import type { Budget } from './budget.ts'
import { clockLink } from './clock-link.ts'
import { type Ask, type Asked, type Demand, type Link, UNKNOWN } from './demand.ts'
import { mfaLink } from './mfa-link.ts'
import { networkLink } from './network-link.ts'
import { organizationLink } from './organization-link.ts'
import { type Literal, type Solution, solveKey } from './solve-key.ts'
import { sourceLink } from './source-link.ts'
import { domainOf, type Situation } from './stage.ts'
import { tagLink } from './tag-link.ts'

type LinkOf = (at: Asked, name: string) => Link | null

const LINKS: ReadonlyMap<string, LinkOf> = new Map([
  ['aws:multifactorauthpresent', mfaLink],
  ['aws:multifactorauthage', mfaLink],
  ['aws:principalorgid', organizationLink],
  ['aws:principalorgpaths', organizationLink],
  ['aws:currenttime', clockLink],
  ['aws:epochtime', clockLink],
  ['aws:tokenissuetime', clockLink],
  ['aws:sourceip', networkLink],
  ['aws:vpcsourceip', networkLink],
  ['aws:sourcevpc', networkLink],
  ['aws:sourcevpce', networkLink],
  ['aws:sourceaccount', sourceLink],
  ['aws:sourcearn', sourceLink],
  ['aws:tagkeys', tagLink],
  ['sts:transitivetagkeys', tagLink],
])

/** @param name in lower case; null: the key stands for itself */
export function linkOf(name: string, at: Asked): Link | null {
  const of: LinkOf | undefined = name.startsWith('aws:requesttag/') ? tagLink : LINKS.get(name)
  return of === undefined ? null : of(at, name)
}

/** A solution for each of the keys; null: there is none for all. */
export function solveLink(
  { keys, ways }: Link,
  literalsOf: (name: string) => readonly Literal[],
  of: { readonly situation: Situation; readonly budget: Budget },
): readonly Solution[] | null {
  const demandOn = (key: string): Demand => ({ literals: literalsOf(key), domain: domainOf(key, of.situation) })
  const ask: Ask = ({ literals }, domain, further = []) =>
    solveKey(further.length === 0 ? literals : [...literals, ...further], domain, of.budget)
  let open = false
  for (const way of ways(demandOn, ask)) {
    if (way === null) continue
    if (way.every(({ kind }) => kind === 'value')) return way
    open = true
  }
  return open ? keys.map(() => UNKNOWN) : null
}
