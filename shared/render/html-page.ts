/** What every page of ours is: one file that loads nothing, runs nothing and sends nothing. Knows nothing of what it shows. */

import { createHash } from 'node:crypto'
import { element, type Markup } from './markup.ts'

interface Frame {
  readonly title: string
  /** Of ours to the last character, and without `<` and `&`: no parser of HTML escapes it. */
  readonly style: string
}

export function pageOf({ title, style }: Frame, ...content: readonly Markup[]): string {
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policyFor(style) }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, title),
    { markup: `<style>${style}</style>` },
  )
  const body = element('body', {}, element('div', { class: 'page' }, ...content))
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, body).markup}\n`
}

/** Nothing is loaded, run or sent, whatever should ever stand in the page; this style alone applies. */
function policyFor(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
}

/** One of several, the first chosen: what follows from it is for the style to say, without a script. */
export function choice(legend: string, name: string, values: readonly string[]): Markup {
  const options = values.map((value, index) =>
    element(
      'label',
      {},
      element('input', { type: 'radio', name, id: `${name}-${value}`, checked: index === 0 ? 'checked' : null }),
      value,
    ),
  )
  return element('fieldset', {}, element('legend', {}, legend), ...options)
}
