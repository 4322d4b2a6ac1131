/** A Slack message as its reader sees it, in plain text; and every element of it, for whoever judges them. */

import type { KnownBlock, RichTextBlockElement, RichTextElement } from '@slack/types'
import type { SlackMessage } from '../../shared/render/slack.ts'

/** `#` a header, `*bold*`, a fence around code, `<text>` a link, `~` the small print. */
export function slackWords({ text, blocks }: SlackMessage): string {
  return `[${text}]\n\n${blocks.map(blockWords).join('\n\n')}\n`
}

/** The elements of rich text, in order. Throws on a block that is not ours. */
export function elementsOf(blocks: readonly KnownBlock[]): readonly RichTextElement[] {
  return blocks.flatMap((block) => (block.type === 'rich_text' ? block.elements.flatMap(elementsIn) : []))
}

export function preformattedIn(blocks: readonly KnownBlock[]): readonly string[] {
  return blocks.flatMap((block) =>
    block.type !== 'rich_text'
      ? []
      : block.elements.flatMap((part) =>
          part.type === 'rich_text_preformatted' ? [part.elements.map(words).join('')] : [],
        ),
  )
}

function elementsIn(part: RichTextBlockElement): readonly RichTextElement[] {
  return part.type === 'rich_text_list' ? part.elements.flatMap(({ elements }) => elements) : part.elements
}

function blockWords(block: KnownBlock): string {
  switch (block.type) {
    case 'header':
      return `# ${block.text.text}`
    case 'context':
      return `~ ${block.elements.map((element) => (element.type === 'plain_text' ? element.text : element.type)).join('   ')}`
    case 'rich_text':
      return block.elements.map(partWords).join('\n')
    default:
      throw new Error(`No block of ours: ${block.type}`)
  }
}

function partWords(part: RichTextBlockElement): string {
  switch (part.type) {
    case 'rich_text_section':
      return part.elements.map(words).join('')
    case 'rich_text_list':
      return part.elements
        .map(({ elements }) => `${'  '.repeat(part.indent ?? 0)}- ${elements.map(words).join('')}`)
        .join('\n')
    case 'rich_text_preformatted':
      return `\`\`\`\n${part.elements.map(words).join('')}\n\`\`\``
    default:
      throw new Error(`No part of ours: ${part.type}`)
  }
}

function words(element: RichTextElement): string {
  if (element.type === 'link') return `<${element.text}>`
  if (element.type !== 'text') throw new Error(`No element of ours: ${element.type}`)
  return element.style?.bold ? `*${element.text.trimEnd()}*${element.text.endsWith(' ') ? ' ' : ''}` : element.text
}
