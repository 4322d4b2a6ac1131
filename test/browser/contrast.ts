/** The contrast of every text on a page, as WCAG 2 reckons it (relative luminance), from what the browser computed. */

import type { Page } from 'playwright-core'

const LEAST = 4.5

interface Contrast {
  readonly text: string
  readonly ratio: number
}

export async function faintIn(page: Page): Promise<{ readonly judged: number; readonly faint: readonly Contrast[] }> {
  const texts = await page.evaluate(textsAndColours)
  const all = texts.map(({ text, colour, behind }) => ({ text, ratio: ratioOf(rgb(colour), rgb(behind)) }))
  return { judged: all.length, faint: all.filter(({ ratio }) => ratio < LEAST) }
}

/** Runs in the page. The background is the nearest that is painted. */
function textsAndColours() {
  const painted = (element: Element | null): string => {
    if (element === null) return 'rgb(255, 255, 255)'
    const { backgroundColor } = getComputedStyle(element)
    return backgroundColor === 'rgba(0, 0, 0, 0)' ? painted(element.parentElement) : backgroundColor
  }
  const walker = document.createTreeWalker(document.querySelector('.picture') ?? document.body, NodeFilter.SHOW_TEXT)
  const found: { text: string; colour: string; behind: string }[] = []
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    const text = node.textContent?.trim() ?? ''
    if (parent && text !== '') found.push({ text, colour: getComputedStyle(parent).color, behind: painted(parent) })
  }
  return found
}

function rgb(colour: string): readonly number[] {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)
  if (!parts) throw new Error(`Not an opaque colour: ${colour}`)
  return parts.slice(1).map(Number)
}

function ratioOf(a: readonly number[], b: readonly number[]): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
