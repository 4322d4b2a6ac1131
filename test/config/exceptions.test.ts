import { describe, expect, test } from 'vitest'
import { checkTrust } from '../../shared/check.ts'
import type { Config, Exception } from '../../shared/config.ts'
import { idleFor, idleIn, misnamed, newTally, tallied } from '../../shared/exceptions.ts'
import { roleArn } from '../../shared/identity.ts'
import type { ListedRole } from '../../shared/ports.ts'
import { FOREIGN, OWN, roleOf, second, trustOf } from '../builders.ts'

const [STRANGER] = FOREIGN
const NOW = Date.parse(second(0))

function except(role: string, rule = 'foreign-account', extra: Partial<Exception> = {}): Exception {
  return { role, rule, reason: 'until the move', expires: '2099-01-01', ...extra }
}

function listed(name: string, document: string): ListedRole {
  const arn = roleArn(`arn:aws:iam::${OWN}:role/${name}`)
  if (arn === null) throw new Error(`${name} is no role's name`)
  return { role: { ...roleOf(name), arn }, createdAt: second(0), document, serviceLinked: false }
}

const OPEN = listed('legacy-mail', trustOf([STRANGER]))
const CLOSED = listed('deploy', trustOf([]))

/** What a sweep says that lists these pages and ends. */
function idleAfter(exceptions: readonly Exception[], ...pages: readonly (readonly ListedRole[])[]) {
  const config: Config = { exceptions }
  const tally = pages.reduce((so, page) => tallied(so, page, { config, now: NOW }), newTally(config))
  return idleIn(config, tally, NOW)
}

describe('after a sweep of all roles, an exception', () => {
  test('that leaves a finding out is needed, whatever page its role is on', () => {
    expect(idleAfter([except('legacy-*')], [CLOSED], [OPEN])).toEqual([])
    expect(idleAfter([except('legacy-*')], [OPEN], [CLOSED])).toEqual([])
  })

  test('that leaves nothing out is told', () => {
    expect(idleAfter([except('legacy-*'), except('deploy')], [OPEN, CLOSED])).toEqual([
      {
        path: '/exceptions/1',
        says: 'The exception from foreign-account for deploy leaves nothing out: no role it is for has such a finding',
      },
    ])
  })

  test('about a principal who is not there any more is told', () => {
    const gone = except('legacy-*', 'foreign-account', { principal: `arn:aws:iam::${FOREIGN[1]}:root` })
    const there = except('legacy-*', 'foreign-account', { principal: `arn:aws:iam::${STRANGER}:root` })
    expect(idleAfter([gone, there], [OPEN])?.map(({ path }) => path)).toEqual(['/exceptions/0'])
  })

  test('for a role that there is not is told, whatever its rule', () => {
    expect(idleAfter([except('retired-*', 'self-grant')], [OPEN])).toEqual([
      {
        path: '/exceptions/0',
        says: 'The exception from self-grant for retired-* is for a role that this account does not have',
      },
    ])
  })

  test('from what only a change or a service shows is left alone: no policy as it stands can tell', () => {
    expect(idleAfter([except('deploy', 'self-grant'), except('deploy', 'access-role-untrusted')], [CLOSED])).toEqual([])
  })

  test('that is over, or from no rule, is told as that and not again', () => {
    const over = except('deploy', 'foreign-account', { expires: '2026-01-01' })
    expect(idleAfter([over, except('deploy', 'foreign-acount')], [CLOSED])).toEqual([])
  })
})

describe('nobody can say that an exception is not needed', () => {
  test('while other exceptions were counted', () => {
    const begun = newTally({ exceptions: [except('legacy-*')] })
    const config = { exceptions: [except('deploy')] }
    const tally = tallied(begun, [OPEN, CLOSED], { config, now: NOW })
    expect(idleIn(config, tally, NOW)).toBeNull()
  })

  test('after a sweep that did not count', () => {
    expect(idleIn({ exceptions: [except('deploy')] }, null, NOW)).toBeNull()
  })
})

describe('of one role, an exception', () => {
  const config = { exceptions: [except('deploy'), except('*'), except('deploy', 'self-grant')] }
  const idle = (name: string | null, document: string) =>
    idleFor(config, name, { findings: checkTrust(document, { account: OWN }).findings, now: NOW }).map(
      ({ path }) => path,
    )

  test('written for it by name is told where it leaves nothing out', () => {
    expect(idle('deploy', trustOf([]))).toEqual(['/exceptions/0'])
    expect(idle('deploy', trustOf([STRANGER]))).toEqual([])
  })

  test('is not told where the name is not known, or another', () => {
    expect(idle(null, trustOf([]))).toEqual([])
    expect(idle('other', trustOf([]))).toEqual([])
  })
})

test('an exception from a rule that there is not is told', () => {
  expect(misnamed({ exceptions: [except('deploy'), except('deploy', 'foreign-acount')] })).toEqual([
    {
      path: '/exceptions/1',
      says: 'The exception from foreign-acount for deploy leaves nothing out: no rule for trust policies is called foreign-acount',
    },
  ])
})
