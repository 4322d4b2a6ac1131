// A Slack message as a picture: SVG around the very HTML of the page, so that nothing but a text file has to be kept current.

/** Pixels. The height holds the message in a wide font; test/browser/ measures it. */
const WIDTH = 760
const HEIGHT = 730

/** @param parts the page's own `postedMessage` and `STYLE` */
export function picture(posted, scheme, { postedMessage, STYLE }) {
  const message = postedMessage(posted.message, { id: 'alert', time: posted.at }).markup
  // An image knows no system setting but its own, and old readers of SVG no light-dark().
  const style = STYLE.replace(/light-dark\(([^,]+), ([^)]+)\)/g, scheme === 'dark' ? '$2' : '$1')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    '<title>An alert of Trustdrift in Slack</title>',
    `<style>${style}</style>`,
    `<rect x="1" y="1" width="${WIDTH - 2}" height="${HEIGHT - 2}" rx="8" fill="var(--page)" stroke="var(--line)" />`,
    `<foreignObject width="${WIDTH}" height="${HEIGHT}">`,
    `<div xmlns="http://www.w3.org/1999/xhtml" class="page picture">${message}</div>`,
    '</foreignObject>',
    '</svg>',
    '',
  ].join('\n')
}

/** What the picture shows, for whoever does not see it: the header, and the blocks down to who gained. */
export function alternative({ message }) {
  const [header, ...blocks] = message.blocks
  const shown = blocks.slice(0, 3).map((block) => textOf(block).replaceAll('\n', '; '))
  const sentences = ['An alert in Slack', header.text.text.replace(/^\S+ /, ''), ...shown]
  return sentences.map((sentence) => `${sentence.replace(/[.; ]+$/, '')}.`).join(' ')
}

function textOf(part) {
  if (Array.isArray(part)) return part.map(textOf).join('')
  if (part.type === 'text') return part.style?.bold && !part.text.endsWith(' ') ? `${part.text}: ` : part.text
  return part.elements ? part.elements.map(textOf).join('') + (part.type === 'rich_text_list' ? '; ' : '') : ''
}
