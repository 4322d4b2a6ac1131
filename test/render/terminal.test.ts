import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderAlert } from '../../shared/render/terminal.ts'
import { columnsOf } from '../../shared/render/wrap.ts'
import { expectGolden } from '../golden.ts'
import { everywhere, hostileText, RUNS } from './hostile.ts'
import { alertNamed, sampleAlerts } from './sample-alerts.ts'

const plain = { colour: false, width: 100 }

describe('an alert on the terminal', () => {
  for (const [name, alert] of Object.entries(sampleAlerts)) {
    it(`reads well: ${name}`, () => expectGolden(`terminal/${name}.txt`, renderAlert(alert, plain)))
  }

  it('colours what is bad', () =>
    expectGolden('terminal/opened-in-colour.txt', renderAlert(alertNamed('opened'), { colour: true, width: 100 })))

  it('fits a narrow terminal', () =>
    expectGolden(
      'terminal/both-and-undecided-narrow.txt',
      renderAlert(alertNamed('both-and-undecided'), { colour: false, width: 60 }),
    ))

  it('says the same with and without colour', () => {
    for (const alert of Object.values(sampleAlerts)) {
      expect(withoutColour(renderAlert(alert, { colour: true, width: 80 }))).toBe(
        renderAlert(alert, { colour: false, width: 80 }),
      )
    }
  })

  it('gives the restoring command on one line, as it is', () => {
    const { restore } = alertNamed('opened')
    const lines = renderAlert(alertNamed('opened'), { colour: false, width: 40 }).split('\n')
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
      RUNS,
    )
  })

  it('no line looks like one of ours that is not', () => {
    fc.assert(
      fc.property(hostileText(), fc.integer({ min: 40, max: 200 }), (text, width) => {
        // Whether the command can be shown depends on the text: test/render/commands.test.ts.
        const shown = (each: string) => renderAlert({ ...everywhere(each), restore: null }, { colour: false, width })
        expect(linesOfOurs(shown(text))).toEqual(linesOfOurs(shown('x')))
      }),
      RUNS,
    )
  })

  it('no line is wider than the terminal, links and the command aside', () => {
    fc.assert(
      fc.property(hostileText(), fc.integer({ min: 40, max: 200 }), (text, width) => {
        const lines = renderAlert(everywhere(text), { colour: false, width }).split('\n')
        const wide = lines.filter((line) => columnsOf(line) > width && !/^ {11}(https:|aws iam )/.test(line))
        expect(wide).toEqual([])
      }),
      RUNS,
    )
  })
})

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
