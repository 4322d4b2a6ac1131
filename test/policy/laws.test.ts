import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf } from '../../shared/policy/call.ts'
import { compareTrust, compareTrusts, entrances } from '../../shared/policy/compare.ts'
import type { Admission } from '../../shared/policy/comparison.ts'
import { decide, evaluateTrust } from '../../shared/policy/evaluate.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { recallFrom } from '../../shared/policy/recall.ts'
import type { Request } from '../../shared/policy/request.ts'
import { byWorstFirst } from '../../shared/severity.ts'
import { policies, requests, text } from './generated.ts'
import { slowlyDecides, type Told } from './slow-evaluator.ts'

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) }
const decision = (document: string, request: Request) => evaluateTrust(document, request).decision

describe('comparing trust policies', () => {
  it('a policy compared with itself is equivalent', () => {
    fc.assert(
      fc.property(policies, (p) => {
        expect(compareTrust(text(p), text(p)).verdict).toBe('equivalent')
      }),
      runs,
    )
  })

  it('gained and lost swap when the documents swap', () => {
    const who = (changes: readonly { principal: string; statement: number; witness: Request }[]) =>
      changes.map(({ principal, statement: index, witness }) => ({ principal, index, witness }))
    fc.assert(
      fc.property(policies, policies, (p, q) => {
        const [a, b] = [parseTrust(text(p)).policy, parseTrust(text(q)).policy]
        const [there, back] = [compareTrusts(a, b), compareTrusts(b, a)]
        expect(who(there.gained)).toEqual(who(back.lost))
        expect(who(there.lost)).toEqual(who(back.gained))
      }),
      runs,
    )
  })

  it('every witness gained is denied before and allowed after', () => {
    fc.assert(
      fc.property(policies, policies, (p, q) => {
        const { gained, lost } = compareTrust(text(p), text(q))
        for (const { witness } of gained) {
          expect(decision(text(p), witness)).toMatch(/deny$/)
          expect(decision(text(q), witness)).toBe('allow')
        }
        for (const { witness } of lost) {
          expect(decision(text(p), witness)).toBe('allow')
          expect(decision(text(q), witness)).toMatch(/deny$/)
        }
      }),
      runs,
    )
  })

  it('what is known of one policy answers the same of another as asking it anew', () => {
    // One policy may tell more callers of a principal apart than the other: the worst of them is what counts.
    const told = (admissions: readonly Admission[]) => {
      const worst = [...admissions].sort(byWorstFirst).reverse()
      const places = worst.map(({ principal, statement, fingerprint, severity }) => {
        return [`${principal} ${statement} ${fingerprint}`, severity] as const
      })
      return Object.fromEntries(new Map(places))
    }
    const mixes = fc.tuple(policies, policies, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }))
    let recalled = 0
    fc.assert(
      fc.property(mixes, ([p, q, kept]) => {
        const isLeft = ({ Effect }: (typeof p)[number], i: number) => kept[i] !== false || Effect === 'Deny'
        const one = parseTrust(text(p)).policy
        const other = parseTrust(text([...q.filter(({ Effect }) => Effect === 'Allow'), ...p.filter(isLeft)])).policy
        const known = entrances(one, {})
        const [anew, again] = [entrances(other, {}), entrances(other, {}, known)]
        expect(again.undecided).toEqual(anew.undecided)
        expect(told(again.gained)).toEqual(told(anew.gained))
        const recall = recallFrom(known, other)
        for (const { statement, value } of again.parts) if (recall(statement, value)) recalled += 1
        // Nobody is told of who does not get in.
        for (const { witness } of again.gained) expect(decide(other, callOf(witness))).toBe('allow')
      }),
      runs,
    )
    expect(recalled).toBeGreaterThan(runs.numRuns / 10)
  })

  it('whom a stranger of some organization can be, the severity says', () => {
    const patterns = fc
      .tuple(
        fc.constantFrom('*', 'o-*', 'o-e*'),
        fc.constantFrom('r-*', 'r-????', '*'),
        fc.array(fc.constantFrom('*', 'ou-*', 'ou-prod*', 'ou-????-*'), { maxLength: 3 }),
        fc.constantFrom('', '*'),
      )
      .map(([organization, root, units, end]) => `${[organization, root, ...units].join('/')}/${end}`)
    const paths = ['', 'ou-prod-1/', 'ou-abcd-11111111/ou-prod-2/', 'ou-abcd-1/ou-abcd-2/ou-prod-3/'].map(
      (units) => `o-example0stranger/r-abcd/${units}`,
    )
    fc.assert(
      fc.property(patterns, (pattern) => {
        const conditions = { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': pattern } }
        const document = text([
          { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: conditions },
        ])
        const isStranger = paths.some(
          (path) =>
            decision(document, {
              principal: { type: 'AWS', id: 'arn:aws:iam::999988887777:role/ExampleRole' },
              action: 'sts:AssumeRole',
              context: { 'aws:PrincipalOrgID': 'o-example0stranger', 'aws:PrincipalOrgPaths': [path] },
            }) === 'allow',
        )
        const severities = compareTrust(null, document).gained.map(({ severity }) => severity)
        if (isStranger) expect(severities).toEqual(['critical'])
      }),
      runs,
    )
  })

  it('nobody is let in by a document that was called no wider', () => {
    fc.assert(
      fc.property(policies, policies, fc.array(requests, { minLength: 20, maxLength: 20 }), (p, q, asked) => {
        const { verdict } = compareTrust(text(p), text(q))
        if (verdict !== 'equivalent' && verdict !== 'narrowed') return
        for (const request of asked) {
          const assuming = { ...request, action: assumeOf(request) }
          if (!isInPartitionOf(request, text(p) + text(q)) || decision(text(q), assuming) !== 'allow') continue
          if (decision(text(p), request).endsWith('deny')) expect(decision(text(q), request)).not.toBe('allow')
        }
      }),
      { numRuns: runs.numRuns * 3 },
    )
  })

  it('order, repetition, lists of one and the spelling of accounts never matter', () => {
    fc.assert(
      fc.property(policies, (p) => {
        const again = [...p, ...p.slice(0, 1)]
          .reverse()
          .map((s, i) => ({ Sid: `s${i}`, ...s, Action: [s.Action].flat() }))
        const spelt = text(again)
          .replaceAll(/"arn:aws:iam::(\d{12}):root"/g, '"$1"')
          .replaceAll('sts:A', 'STS:a')
        expect(compareTrust(text(p), spelt).verdict).toBe('equivalent')
      }),
      runs,
    )
  })
})

/** The partitions a document names; the commercial one where it names none. */
function isInPartitionOf(request: Request, documents: string): boolean {
  const named = new Set(documents.match(/arn:aws[a-z-]*:/g) ?? ['arn:aws:'])
  return request.principal.type === 'Service' || named.has(/^arn:[^:]*:/.exec(request.principal.id)?.[0] ?? '')
}

/** Null: no opinion. */
function slowlyAllows(statements: readonly Told[], asked: Request): boolean | null {
  const decided = slowlyDecides(statements, asked)
  return decided === 'undecided' ? null : decided === 'allow'
}

describe('against a slow evaluator that shares no code', () => {
  const asked = fc.array(requests, { minLength: 20, maxLength: 20 })

  it('decisions are the same wherever it has an opinion', () => {
    fc.assert(
      fc.property(policies, asked, (p, all) => {
        for (const request of all) {
          const slowly = slowlyAllows(p, request)
          if (slowly !== null) expect([slowly, decision(text(p), request) === 'allow']).toEqual([slowly, slowly])
        }
      }),
      { numRuns: runs.numRuns * 3 },
    )
  })

  it('whoever gains is not missed by a comparison', () => {
    fc.assert(
      fc.property(policies, policies, asked, (p, q, all) => {
        const { gained, undecided, verdict } = compareTrust(text(p), text(q))
        if (gained.length + undecided.length > 0) return
        for (const request of all) {
          const assuming = { ...request, action: assumeOf(request) }
          const gains = slowlyAllows(p, request) === false && slowlyAllows(q, request) && slowlyAllows(q, assuming)
          if (gains && isInPartitionOf(request, text(p) + text(q))) expect([verdict, request]).toBe('a gain')
        }
      }),
      { numRuns: runs.numRuns * 10 },
    )
  })
})

function assumeOf({ principal }: Request): string {
  return principal.type === 'Federated' ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole'
}

describe('parsing', () => {
  it('never throws, whatever comes in', () => {
    const mutated = fc
      .tuple(policies, fc.nat(), fc.nat(20), fc.string({ unit: 'binary', maxLength: 6 }))
      .map(([p, at, length, put]) => {
        const whole = text(p)
        const from = at % whole.length
        return whole.slice(0, from) + put + whole.slice(from + length)
      })
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string({ unit: 'binary' }), fc.json()), (document) => {
        const { policy, problems } = parseTrust(document)
        expect(policy.readable || problems.length > 0).toBe(true)
        compareTrust(null, document)
      }),
      { numRuns: runs.numRuns * 3 },
    )
  })
})
