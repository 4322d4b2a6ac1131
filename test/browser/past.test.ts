/** The page of the past as a browser makes it: to scale, filtered without a script, readable, and whatever names somebody chose. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished, test } from 'vitest'
import type { Backfill, Exposure, RoleHistory } from '../../shared/backfill/report.ts'
import { backfillPage } from '../../shared/render/html-backfill.ts'
import { NASTY } from '../render/hostile.ts'
import { startChromium } from './chromium.ts'
import { faintIn } from './contrast.ts'

const folder = mkdtempSync(join(tmpdir(), 'trustdrift-past-'))
const pictures = process.env.SCREENSHOTS
let browser: Browser
let pages = 0

beforeAll(async () => {
  browser = await startChromium()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

const at = (hour: number) =>
  `2026-11-${String(20 + Math.floor(hour / 24)).padStart(2, '0')}T${String(hour % 24).padStart(2, '0')}:00:00Z`

function exposure(
  role: string,
  severity: Exposure['severity'],
  from: number,
  to: number | null,
  says = 'anyone',
): Exposure {
  return {
    account: '111122223333',
    role,
    severity,
    from: at(from),
    to: to === null ? null : at(to),
    says,
    witness: {
      principal: { type: 'AWS', id: 'arn:aws:iam::999988887777:role/ExampleRole' },
      action: 'sts:AssumeRole',
      context: {},
    },
    openedBy: { eventId: 'event-1', actor: 'mallory' },
    closedBy: to === null ? null : { eventId: 'event-2', actor: 'alice' },
    uses: [{ caller: 'thief', account: null, sources: ['198.51.100.7'], count: 2, first: at(from), last: at(from) }],
  }
}

function history(role: string, gained: readonly string[]): RoleHistory {
  const entry = {
    eventId: 'event-1',
    at: at(10),
    kind: 'updated',
    actor: 'mallory',
    verdict: 'widened',
    lost: [],
  } as const
  return { account: '111122223333', role, arn: null, timeline: [{ ...entry, gained }] }
}

const past: Backfill = {
  version: 1,
  account: '111122223333',
  region: 'us-east-1',
  from: at(0),
  to: at(40),
  complete: false,
  missing: [{ from: at(0), to: at(1), region: 'us-east-1', what: 'CreateRole events', why: 'denied' }],
  events: 3,
  roles: [history('deploy', ['anyone']), history('report', []), history('archive', [])],
  exposures: [exposure('deploy', 'critical', 10, 30), exposure('archive', 'high', 30, null)],
}

/** The same, with one string wherever somebody outside can choose one. */
function everywhere(text: string): Backfill {
  return {
    ...past,
    missing: [{ from: at(0), to: at(1), region: text, what: text, why: text }],
    roles: [history(text, [text])],
    exposures: [exposure(text, 'high', 10, 30, text)],
  }
}

async function opened(told: Backfill, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ javaScriptEnabled: true, ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const heard: string[] = []
  page.on('request', (request) => heard.push(request.url()))
  page.on('console', (message) => heard.push(message.text()))
  page.on('pageerror', (error) => heard.push(String(error)))
  const file = join(folder, `${pages++}.html`)
  writeFileSync(file, backfillPage(told))
  await page.goto(pathToFileURL(file).href)
  return { page, heard }
}

it('draws exposures to scale', async () => {
  const { page, heard } = await opened(past, { viewport: { width: 1000, height: 800 } })
  const track = await page.locator('.row', { hasText: 'deploy' }).locator('.track').boundingBox()
  const bar = await page.locator('.row', { hasText: 'deploy' }).locator('.bar').boundingBox()
  expect((bar?.width ?? 0) / (track?.width ?? 1)).toBeCloseTo(0.5, 2)
  expect(((bar?.x ?? 0) - (track?.x ?? 0)) / (track?.width ?? 1)).toBeCloseTo(0.25, 2)
  expect(heard).toEqual([page.url()])
  if (pictures) await page.screenshot({ path: join(pictures, 'past.png'), fullPage: true })
})

it('shows one severity, and details on a click, without a script', async () => {
  const { page } = await opened(past, { javaScriptEnabled: false })
  await page.getByRole('radio', { name: 'critical' }).check()
  expect(await page.locator('.row:visible').count()).toBe(1)
  expect(await page.locator('tbody tr:visible').count()).toBe(1)
  await page.getByRole('radio', { name: 'exposed' }).check()
  expect(await page.locator('.row:visible').count()).toBe(2)
  expect(await page.getByText('gained:').isVisible()).toBe(false)
  await page.locator('summary', { hasText: 'deploy' }).click()
  expect(await page.getByText('gained:').isVisible()).toBe(true)
})

it('says what is missing before anything else', async () => {
  const { page } = await opened(past)
  const [missing, first] = [page.getByText('CreateRole events'), page.getByText('Roles over time')]
  expect((await missing.boundingBox())?.y ?? 0).toBeLessThan((await first.boundingBox())?.y ?? 0)
})

test.each([360, 1280])('fits %d pixels without scrolling aside', async (width) => {
  const { page } = await opened(everywhere('x'.repeat(300)), { viewport: { width, height: 800 } })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
})

test.each(['light', 'dark'] as const)(
  'is readable in %s: no text has a contrast below 4.5 to 1',
  async (colorScheme) => {
    const { page } = await opened(past, { colorScheme })
    const { judged, faint } = await faintIn(page)
    expect(faint).toEqual([])
    expect(judged).toBeGreaterThan(30)
  },
)

it('makes no element, no attribute and no word on the console out of strings that somebody chose', async () => {
  const { page, heard } = await opened(everywhere('calm'))
  const shape = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')].map((each) => `${each.tagName} ${each.getAttributeNames().sort().join(' ')}`),
    )
  const calm = await shape()
  for (const text of NASTY) {
    const file = join(folder, 'nasty.html')
    writeFileSync(file, backfillPage(everywhere(text)))
    await page.goto(pathToFileURL(file).href)
    expect(await shape()).toEqual(calm)
  }
  expect(heard.filter((word) => !word.startsWith('file://'))).toEqual([])
})
