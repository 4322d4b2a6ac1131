import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { renderAlert } from '../../shared/render/terminal.ts'
import { columnsOf } from '../../shared/render/wrap.ts'
import { expectGolden } from '../golden.ts'
import { sampleAlerts } from './sample-alerts.ts'

const plain = { colour: false, width: 100 }

describe('an alert on the terminal', () => {
  for (const [name, alert] of Object.entries(sampleAlerts)) {
    it(`reads well: ${name}`, () => expectGolden(`terminal/${name}.txt`, renderAlert(alert, plain)))
  }

  it('colours what is bad', () =>
    expectGolden('terminal/opened-in-colour.txt', renderAlert(sample('opened'), { colour: true, width: 100 })))

  it('fits a narrow terminal', () =>
    expectGolden(
      'terminal/both-and-undecided-narrow.txt',
      renderAlert(sample('both-and-undecided'), { colour: false, width: 60 }),
    ))

  it('says the same with and without colour', () => {
    for (const alert of Object.values(sampleAlerts)) {
      expect(withoutColour(renderAlert(alert, { colour: true, width: 80 }))).toBe(
        renderAlert(alert, { colour: false, width: 80 }),
      )
    }
  })

  it('gives the restoring command on one line, as it is', () => {
    const { restore } = sample('opened')
    const lines = renderAlert(sample('opened'), { colour: false, width: 40 }).split('\n')
    expect(lines.map((line) => line.trim())).toContain(restore?.command)
  })
})

describe('whatever strings an attacker chooses', () => {
  it('nothing but our own colours and line ends controls the terminal', () => {
    fc.assert(
      fc.property(hostileText(), fc.integer({ min: 0, max: 200 }), (text, width) => {
        const shown = withoutColour(renderAlert(everywhere(text), { colour: true, width }))
        expect(shown).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      }),
    )
  })

  it('no line looks like one of ours that is not', () => {
    fc.assert(
      fc.property(hostileText(), fc.integer({ min: 40, max: 200 }), (text, width) => {
        const shown = renderAlert(everywhere(text), { colour: false, width })
        expect(linesOfOurs(shown)).toEqual(linesOfOurs(renderAlert(everywhere('x'), { colour: false, width })))
      }),
    )
  })

  it('no line is wider than the terminal, links and the command aside', () => {
    fc.assert(
      fc.property(hostileText(), fc.integer({ min: 40, max: 200 }), (text, width) => {
        const lines = renderAlert(everywhere(text), { colour: false, width }).split('\n')
        const wide = lines.filter((line) => columnsOf(line) > width && !/^ {11}(https:|aws iam )/.test(line))
        expect(wide).toEqual([])
      }),
    )
  })
})

function sample(name: string): Alert {
  const alert = sampleAlerts[name]
  if (!alert) throw new Error(`No sample alert ${name}`)
  return alert
}

/** The alert with the text in every place that somebody outside may choose. */
function everywhere(text: string): Alert {
  const alert = sample('both-and-undecided')
  const says = `any principal of ${text}`
  const witness = {
    principal: { type: 'AWS', id: text },
    action: text,
    context: { [`k${text}`]: [text, text], b: text },
  } as const
  const finding = {
    ...sample('opened').findings[0],
    id: 'f',
    rule: text,
    severity: 'high',
    title: `t ${text}`,
    says: text,
    why: text,
  } as const
  return {
    ...alert,
    headline: `h ${text}`,
    role: { name: text, arn: text },
    account: text,
    actor: { type: text, name: text, arn: `arn ${text}`, via: text, sourceIp: text, userAgent: text, mfa: null },
    comparison: {
      verdict: 'both',
      gained: [{ says, severity: 'high', witness }],
      lost: [{ says, severity: 'medium', witness }],
      undecided: [{ says, path: text }],
    },
    findings: [{ ...finding, statement: 0, principal: text, fix: { summary: text, policy: text }, reference: text }],
    usedBy: [{ service: text, arn: text, region: text, as: text }],
    restore: null,
    evidence: { eventId: `e ${text}`, eventName: text, region: text, source: text },
  }
}

/** Words of ours, structure, control characters, long words, wide characters, in any mixture. */
function hostileText(): fc.Arbitrary<string> {
  const ours = [
    'RESTORE    aws iam delete-role',
    '\nGAINED     high     anyone',
    '           high     anyone',
    'IN FORCE',
    '\u001b[2J',
    '\r',
    '\u2028',
    '\u202e',
    '漢'.repeat(60),
    'x'.repeat(90),
  ]
  const piece = fc.oneof(fc.constantFrom(...ours), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
  return fc.array(piece, { maxLength: 6 }).map((pieces) => `x${pieces.join(' ')}`)
}

/** How each line that is no continuation begins: its label and where its text stands. */
function linesOfOurs(shown: string): readonly string[] {
  return shown.split('\n').flatMap((line) => {
    const begin = /^([A-Z ]{11}(?: {2})?)(?! )/.exec(line)
    return begin ? [begin[1] ?? ''] : []
  })
}

function withoutColour(text: string): string {
  return text.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')
}
