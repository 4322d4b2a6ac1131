/** The page as a browser makes it: what it shows, what it lets in, and whether it can be read and used by anybody. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { alertsPage } from '../../shared/render/html.ts'
import { everywhere, NASTY } from '../render/hostile.ts'
import { sampleAlerts } from '../render/sample-alerts.ts'
import { startChromium } from './chromium.ts'
import { faintIn } from './contrast.ts'

const samples = Object.values(sampleAlerts)
const folder = mkdtempSync(join(tmpdir(), 'trustdrift-page-'))
/** SCREENSHOTS=<folder> keeps what the browser shows, for a person to look at. */
const pictures = process.env.SCREENSHOTS

let browser: Browser

beforeAll(async () => {
  browser = await startChromium()
  if (pictures) mkdirSync(pictures, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

interface Opened {
  readonly page: Page
  /** What the page asked for, itself included. */
  readonly requests: readonly string[]
  /** What the console says, and what was thrown. */
  readonly said: readonly string[]
}

async function opened(alerts: readonly Alert[], options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext(options)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const requests: string[] = []
  const said: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  page.on('dialog', (dialog) => {
    said.push(dialog.message())
    return dialog.dismiss()
  })
  const file = join(mkdtempSync(join(folder, 'page-')), 'alerts.html')
  writeFileSync(file, alertsPage(alerts, 'What was read.'))
  await page.goto(pathToFileURL(file).href)
  return { page, requests, said }
}

describe('the page', () => {
  test.each(['light', 'dark'] as const)(
    'shows every alert in %s, asks for nothing and complains of nothing',
    async (colorScheme) => {
      const { page, requests, said } = await opened(samples, { colorScheme, viewport: { width: 900, height: 1200 } })
      expect(await page.locator('article h2:visible').count()).toBe(samples.length + 1)
      expect(requests).toEqual([page.url()])
      expect(said).toEqual([])
      if (pictures) await page.screenshot({ path: join(pictures, `${colorScheme}.png`), fullPage: true })
    },
  )

  it('is dark where the system is, and either way where the reader says so', async () => {
    const { page } = await opened(samples, { colorScheme: 'dark' })
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const dark = await background()
    await page.getByRole('radio', { name: 'light' }).check()
    const light = await background()
    expect(light).toBe('rgb(255, 255, 255)')
    expect(dark).not.toBe(light)
    await page.getByRole('radio', { name: 'dark' }).check()
    expect(await background()).toBe(dark)
  })

  it('shows one severity where the reader says so', async () => {
    const { page } = await opened(samples)
    await page.getByRole('radio', { name: 'medium' }).check()
    const shown = await page.locator('article:visible h2').allTextContents()
    expect(shown.filter((text) => !/MEDIUM|alerts:/.test(text))).toEqual([])
    expect(shown.length).toBe(samples.filter(({ severity }) => severity === 'medium').length + 1)
  })

  it('is used with the keyboard alone', async () => {
    const { page } = await opened(samples.slice(0, 1))
    const stops: string[] = []
    for (let press = 0; press < 4; press++) {
      await page.keyboard.press('Tab')
      stops.push(await page.evaluate(() => document.activeElement?.id || (document.activeElement?.textContent ?? '')))
    }
    expect(stops).toEqual(['theme-system', 'Event in CloudTrail', 'Role in the console', 'The same as e-mail'])
    expect(await page.locator('details pre').isVisible()).toBe(false)
    await page.keyboard.press('Enter')
    expect(await page.locator('details pre').isVisible()).toBe(true)
  })

  test.each([360, 1280])('fits %d pixels without scrolling aside, e-mails open too', async (width) => {
    const { page } = await opened([...samples, everywhere('x'.repeat(500))], { viewport: { width, height: 800 } })
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
        .map((each) => each.className || each.tagName),
    )
    expect(cut).toEqual([])
    if (pictures) await page.screenshot({ path: join(pictures, `${width}.png`), fullPage: true })
  })

  test.each(['light', 'dark'] as const)(
    'is readable in %s: no text has a contrast below 4.5 to 1',
    async (colorScheme) => {
      const { page } = await opened(samples, { colorScheme })
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true
      })
      const { judged, faint } = await faintIn(page)
      expect(faint).toEqual([])
      expect(judged).toBeGreaterThan(200)
    },
  )
})

describe('whatever strings an attacker chooses', () => {
  it('the browser makes no element, no attribute, no request and no word on the console out of them', async () => {
    const calm = await kinds(samples)
    const { page, requests, said } = await opened(NASTY.map(everywhere))
    expect({ requests, said }).toEqual({ requests: [page.url()], said: [] })
    const found = await kindsOn(page)
    // Colours and severities differ from page to page; elements and attributes do not.
    expect(found.filter((kind) => !calm.includes(kind))).toEqual([])
  })

  it('the browser shows the text, spelt where it could not be seen', async () => {
    const { page } = await opened([everywhere('<img src=x onerror=alert(1)> \u202e &amp; "q" end')])
    expect(await page.locator('h2').first().textContent()).toContain(
      '‹img src=x onerror=alert(1)› \\u202e &amp; "q" end',
    )
    expect(await page.locator('details pre').first().textContent()).toContain('<img src=x onerror=alert(1)>')
  })

  it('the page would run no script even if one stood in it', async () => {
    const { page } = await opened(samples)
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "run"'
      document.body.append(script)
    })
    expect(await page.title()).not.toBe('run')
  })
})

async function kinds(alerts: readonly Alert[]): Promise<readonly string[]> {
  return kindsOn((await opened(alerts)).page)
}

function kindsOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const of = (element: Element) => element.getAttributeNames().map((name) => `${element.tagName} ${name}`)
    return [...new Set([...document.querySelectorAll('*')].flatMap((element) => [element.tagName, ...of(element)]))]
  })
}
