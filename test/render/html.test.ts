/** The page, judged by a parser of HTML that browsers' own rules are written in. test/browser/ lets a browser judge it as well. */

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { describe, expect, it, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { eventLink, roleLink } from '../../shared/render/console-link.ts'
import { alertsPage } from '../../shared/render/html.ts'
import { mailMessage } from '../../shared/render/mail.ts'
import { element } from '../../shared/render/markup.ts'
import { everywhere, hostileText, NASTY, RUNS } from './hostile.ts'
import { alertNamed, sampleAlerts } from './sample-alerts.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/** Every element of ours, and the attributes it may have. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  html: ['lang'],
  head: [],
  meta: ['charset', 'http-equiv', 'content', 'name'],
  title: [],
  style: [],
  body: [],
  div: ['class', 'aria-hidden'],
  main: [],
  article: ['class', 'aria-labelledby'],
  h1: [],
  h2: ['id'],
  p: ['class'],
  b: [],
  span: ['class'],
  a: ['href', 'rel'],
  pre: [],
  code: [],
  ul: ['class'],
  li: [],
  details: [],
  summary: [],
  fieldset: [],
  legend: [],
  label: [],
  input: ['type', 'name', 'id', 'checked'],
}

describe('the page', () => {
  const samples = Object.values(sampleAlerts)

  it('holds every alert under a heading, and its e-mail to the last character', () => {
    const { elements } = read(alertsPage(samples, 'A note.'))
    const mails = elements.filter(({ parentNode, tagName }) => tagName === 'pre' && tagOf(parentNode) === 'details')
    expect(mails.map(textOf).slice(0, -1)).toEqual(samples.map((alert) => mailMessage(alert).body))
    expect(elements.filter(({ tagName }) => tagName === 'h2').length).toBe(samples.length + 1)
    expect(new Set(elements.flatMap((element) => attribute(element, 'id') ?? [])).size).toBe(
      elements.filter((element) => attribute(element, 'id') !== null).length,
    )
  })

  it('forbids scripts and the network, and its only style is the one it vouches for', () => {
    const { elements } = read(alertsPage(samples, 'A note.'))
    const policy = elements.flatMap((element) =>
      attribute(element, 'http-equiv') === 'Content-Security-Policy' ? [attribute(element, 'content')] : [],
    )
    const styles = elements.filter(({ tagName }) => tagName === 'style').map(textOf)
    expect(styles.length).toBe(1)
    expect(styles[0]).not.toMatch(/[<&]|url\(|@import/)
    const hash = createHash('sha256')
      .update(styles[0] ?? '')
      .digest('base64')
    expect(policy).toEqual([`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`])
  })

  it('without alerts says so', () => {
    expect(
      read(alertsPage([], 'Nothing was read.'))
        .elements.filter(({ tagName }) => tagName === 'h1')
        .map(textOf),
    ).toEqual(['No alerts'])
  })
})

describe('whatever strings an attacker chooses', () => {
  test.each(NASTY.map((text, index) => [index, text]))('no element and no attribute is theirs: %d', (_, text) => {
    expect(foreignIn(Array(11).fill(everywhere(text)), text)).toEqual([])
  })

  it('no element and no attribute is theirs', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(foreignIn([everywhere(text)], text)).toEqual([])
      }),
      RUNS,
    )
  })

  it('an attribute holds its text and nothing follows it', () => {
    fc.assert(
      fc.property(hostileText(), (chosen) => {
        // Of what HTML cannot hold at all, the sinks have made words before: test/render/mail.test.ts.
        const text = chosen.replace(/[\p{C}\p{Noncharacter_Code_Point}]/gu, '')
        const { elements, faults } = read(`<!doctype html>${element('a', { href: text, class: null }, text).markup}`)
        const [link] = elements.filter(({ tagName }) => tagName === 'a')
        expect(link?.attrs).toEqual([{ name: 'href', value: text }])
        expect(link && textOf(link)).toBe(text)
        expect({ faults, number: elements.length }).toEqual({ faults: [], number: 4 })
      }),
      RUNS,
    )
  })

  it('the parser reads all of it as it is meant: nothing to repair', () => {
    const { faults } = read(
      alertsPage([...NASTY.map(everywhere), alertNamed('opened')], NASTY.join(' ').replace(/\p{C}/gu, '')),
    )
    expect(faults).toEqual([])
  })
})

function foreignIn(alerts: readonly Alert[], note: string): readonly string[] {
  const links = alerts.flatMap((alert) => [eventLink(alert), roleLink(alert)])
  const { elements, others } = read(alertsPage(alerts, note.replace(/\p{C}/gu, '')))
  return [
    ...others,
    ...elements.flatMap(({ tagName, attrs }) => {
      const known = OURS[tagName]
      if (!known) return [`<${tagName}>`]
      return attrs.filter(({ name }) => !known.includes(name)).map(({ name }) => `${tagName} ${name}`)
    }),
    ...elements.flatMap((element) => {
      const link = attribute(element, 'href')
      return link !== null && !links.includes(link) ? [link] : []
    }),
  ]
}

/** All elements, what is neither element nor text, and where the parser had to guess. */
function read(html: string) {
  const faults: string[] = []
  const document = parse(html, { onParseError: ({ code, startLine }) => faults.push(`${code} in line ${startLine}`) })
  const nodes = document.childNodes.flatMap(below)
  return {
    faults,
    elements: nodes.filter((node): node is Element => 'tagName' in node),
    others: nodes.map((node) => node.nodeName).filter((name) => name === '#comment' || name === 'template'),
  }
}

function below(node: Node): readonly Node[] {
  return 'childNodes' in node ? [node, ...node.childNodes.flatMap(below)] : [node]
}

function tagOf(node: DefaultTreeAdapterTypes.ParentNode | null): string | null {
  return node !== null && 'tagName' in node ? node.tagName : null
}

function textOf(element: Node): string {
  return below(element)
    .map((node) => ('value' in node ? node.value : ''))
    .join('')
}

function attribute({ attrs }: Element, name: string): string | null {
  return attrs.find((each) => each.name === name)?.value ?? null
}
