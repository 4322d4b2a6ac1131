/** The picture the README opens with, as a browser shows it. */

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startChromium } from './chromium.ts'
import { faintIn } from './contrast.ts'

let browser: Browser

beforeAll(async () => {
  browser = await startChromium()
})
afterAll(() => browser?.close())

describe.each(['light', 'dark'])('the picture in %s', (scheme) => {
  const address = pathToFileURL(resolve('docs', `alert-${scheme}.svg`)).href

  test('holds the whole message, in a wide font too, and little more', async () => {
    const page = await browser.newPage()
    await page.goto(address)
    const message = page.locator('.picture')
    const picture = (await page.locator('svg').boundingBox())?.height ?? 0
    for (const font of ['Arial, "Liberation Sans"', 'Verdana, "DejaVu Sans"']) {
      await message.evaluate((element, family) => element.setAttribute('style', `font-family: ${family}`), font)
      const height = (await message.boundingBox())?.height ?? 0
      expect(height).toBeLessThanOrEqual(picture)
      expect(height).toBeGreaterThan(picture - 120)
    }
    await page.close()
  })

  test('can be read', async () => {
    const page = await browser.newPage()
    await page.goto(address)
    const { judged, faint } = await faintIn(page)
    expect(faint).toEqual([])
    expect(judged).toBeGreaterThan(20)
    await page.close()
  })
})
