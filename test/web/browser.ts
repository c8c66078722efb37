// oxlint-disable no-restricted-imports -- scripts/ has no short name
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from 'playwright-core'
import { ensureChromium } from '../../scripts/chromium.ts'
import { ensureWebBuilt } from '../../scripts/web.ts'
import { pointer, type Hand } from './hand.ts'

export { ensureWebBuilt }
export const DIST = join(import.meta.dirname, '../../web/dist')

export type View = { language: 'zh' | 'en'; width: number }
/** Both languages, desktop and phone. */
export const VIEWS: View[] = [
  { language: 'zh', width: 1280 },
  { language: 'zh', width: 390 },
  { language: 'en', width: 1280 },
  { language: 'en', width: 390 },
]
export const nameOf = ({ language, width }: View): string => `${language}, ${width} px`

/** A browser for one test file, with the pages built. */
export async function withBrowser(t: TestContext): Promise<Browser> {
  await ensureWebBuilt()
  const browser = await chromium.launch({
    executablePath: ensureChromium(() => undefined),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  t.after(() => browser.close())
  return browser
}

// oxlint-disable-next-line typescript/no-explicit-any -- what runs in the page; the server's code, checked together with this, knows no document
declare const document: any
// oxlint-disable-next-line typescript/no-explicit-any -- what runs in the page; the server's code, checked together with this, knows no document
declare const window: any

export type Visit = { page: Page; faults: string[] }

/** A window of its own; what the page complains of (script errors, policy violations) is kept in `faults`. */
export async function openWindow(t: TestContext, browser: Browser, { language, width }: View): Promise<Visit> {
  const height = width < 600 ? 844 : 860
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true })
  t.after(() => context.close())
  await context.addInitScript(
    `localStorage.getItem('xinheng.language') ?? localStorage.setItem('xinheng.language', '${language}')`,
  )
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  // listened to from the beginning: a chooser that opens while one only begins to listen is lost
  page.on('filechooser', () => undefined)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // the browser reports every answer above 399 by itself
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
  page.on('request', (request) => {
    if (!/^(?:http:\/\/127\.0\.0\.1:|blob:)/.test(request.url())) faults.push(`asked elsewhere: ${request.url()}`)
  })
  return { page, faults }
}

/** Signs in on the page that stands before an entrance. */
export async function signIn(page: Page, name: string, password: string, hand: Hand = pointer): Promise<void> {
  await hand.type(page.locator('[name=username]'), name)
  await hand.type(page.locator('[name=password]'), password)
  await hand.press(page.locator('form button[type=submit]'))
}

/** That axe finds nothing, up to WCAG 2.2 AA and its best practices. */
export async function mustBeAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  assert.deepEqual(found, [], what)
}

/** That nothing needs scrolling sideways but what is framed for it. */
export async function mustFit(page: Page, what: string): Promise<void> {
  const over = await page.evaluate<number>(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(over <= 0, `${what}: ${over} px too wide`)
}

/** Everything a browser keeps: addresses, title, storage, cookies that scripts can read. */
export async function keptBy(page: Page): Promise<string> {
  return page.evaluate<string>(() =>
    JSON.stringify([
      window.location.href,
      document.title,
      { ...window.localStorage },
      { ...window.sessionStorage },
      document.cookie,
      window.history.state,
    ]),
  )
}
