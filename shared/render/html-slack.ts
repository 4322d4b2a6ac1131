/** A Slack message in HTML, as Slack shows it. Knows the blocks this project sends, and no others. */

import type { KnownBlock, RichTextBlockElement, RichTextElement } from '@slack/types'
import { element, type Markup, together } from './markup.ts'
import type { SlackMessage } from './slack.ts'

/** What stands beside the message. */
export interface Posted {
  /** The heading's id, by which the message is called. */
  readonly id: string
  readonly time: string
}

/** The message with its sender, under a heading. */
export function postedMessage({ blocks }: SlackMessage, { id, time }: Posted): Markup {
  return element(
    'div',
    { class: 'message' },
    element('div', { class: 'avatar', 'aria-hidden': 'true' }, 'T'),
    element(
      'div',
      { class: 'content' },
      element(
        'p',
        { class: 'sender' },
        element('b', {}, 'Trustdrift'),
        ' ',
        element('span', { class: 'app' }, 'APP'),
        ' ',
        element('span', { class: 'faint' }, time),
      ),
      ...blocks.map((block) => blockMarkup(block, id)),
    ),
  )
}

function blockMarkup(block: KnownBlock, id: string): Markup {
  switch (block.type) {
    case 'header':
      return element('h2', { id }, block.text.text)
    case 'context':
      return element('p', { class: 'context faint' }, ...block.elements.map(contextMarkup))
    case 'rich_text':
      return element('div', { class: 'rich' }, ...block.elements.map(partMarkup))
    default:
      throw new Error(`Not a block of ours: ${block.type}`)
  }
}

function contextMarkup(part: { readonly type: string; readonly text?: string }): Markup {
  return element('span', {}, part.text ?? '')
}

function partMarkup(part: RichTextBlockElement): Markup {
  switch (part.type) {
    case 'rich_text_section':
      return element('p', {}, ...part.elements.map(inline))
    case 'rich_text_preformatted':
      return element('pre', {}, element('code', {}, ...part.elements.map(inline)))
    case 'rich_text_list': {
      const items = part.elements.map(({ elements }) => element('li', {}, ...elements.map(inline)))
      return element('ul', { class: part.indent === 1 ? 'deeper' : null }, ...items)
    }
    default:
      throw new Error(`Not a part of ours: ${part.type}`)
  }
}

function inline(part: RichTextElement): Markup {
  if (part.type === 'link') return element('a', { href: part.url, rel: 'noreferrer' }, part.text ?? part.url)
  if (part.type !== 'text') throw new Error(`Not an element of ours: ${part.type}`)
  return part.style?.bold ? element('b', {}, part.text) : together([part.text])
}
