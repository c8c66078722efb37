import type { Page } from 'playwright-core'
import { CONTENT_KIND_NAMES } from '#domain/public-kinds.ts'
import { DEMO_PEOPLE } from '#operations/demo/people.ts'
import { mustBeAccessible } from './browser.ts'

// Every page there is: what a new one is missing from, the test of pages says.

/** Pages that everybody reads, by their address with an example of each; `/verify` alone needs script. */
export type Examples = { organisation: string; record: string; content: { kind: string; num: number } }
export const PUBLIC: Record<string, (of: Examples) => string[]> = {
  '/': () => ['/'],
  '/records': () => ['/records', '/records?sort=oldest'],
  '/commitments': () => ['/commitments'],
  '/lists': () => ['/lists'],
  '/lists/:list': () => ['/lists/court-default-person'],
  '/search': () => ['/search'],
  '/organisations/:code': ({ organisation }) => [`/organisations/${organisation}`],
  '/organisations/:code/:record': ({ organisation, record }) => [`/organisations/${organisation}/${record}`],
  '/library': () => ['/library'],
  '/library/:kind': () => CONTENT_KIND_NAMES.map((kind) => `/library/${kind}`),
  '/library/:kind/:num': ({ content }) => [`/library/${content.kind}/${content.num}`],
  '/handbook': () => ['/handbook'],
  '/handbook/:pack': () => ['/handbook/demo'],
  '/statistics': () => ['/statistics'],
  '/rights': () => ['/rights'],
  '/tips': () => ['/tips'],
  '/verify': () => ['/verify'],
}

/** Pages of a person's own; `still`: asks the server for nothing when it opens, and so has no states. */
export const ME: readonly { path: string; still?: true }[] = [
  { path: '/me' },
  { path: '/me/cases' },
  { path: '/me/looks' },
  { path: '/me/notices' },
  { path: '/me/more', still: true },
  { path: '/me/decisions' },
  { path: '/me/recalls' },
  { path: '/me/benefits' },
  { path: '/me/consents' },
  { path: '/me/reports' },
  { path: '/me/data', still: true },
]

/** Pages of the desk, each as somebody of the demo city opens it who has something to see there. */
export const DESK: readonly { path: string; as: string; still?: true }[] = [
  { path: '/desk', as: 'market-reviewer' },
  { path: '/desk/cases', as: 'market-reviewer' },
  { path: '/desk/upload', as: 'market-clerk' },
  { path: '/desk/submissions', as: 'market-clerk' },
  { path: '/desk/letters', as: 'market-clerk' },
  { path: '/desk/campaigns', as: 'admin' },
  { path: '/desk/measures', as: 'approval-clerk' },
  { path: '/desk/held', as: 'youth-reviewer' },
  { path: '/desk/exemplars', as: 'youth-reviewer' },
  { path: '/desk/lists', as: 'emergency-clerk' },
  { path: '/desk/recalls', as: 'approval-officer' },
  { path: '/desk/look-up', as: 'approval-officer' },
  { path: '/desk/matters', as: 'approval-officer' },
  { path: '/desk/incentives', as: 'approval-officer' },
  { path: '/desk/counter', as: 'counter', still: true },
  { path: '/desk/past', as: 'court', still: true },
  { path: '/desk/capacity', as: 'court' },
  { path: '/desk/unusual', as: 'auditor' },
  { path: '/desk/incidents', as: 'auditor' },
  { path: '/desk/dashboard', as: 'admin' },
  { path: '/desk/accounts', as: 'admin' },
  { path: '/desk/exports', as: 'admin' },
  { path: '/desk/dry-run', as: 'admin' },
  { path: '/desk/quality', as: 'admin' },
  { path: '/desk/packs', as: 'admin' },
  { path: '/desk/tasks', as: 'admin' },
  { path: '/desk/bulletin', as: 'admin' },
  { path: '/desk/conference', as: 'admin' },
  { path: '/desk/assessment', as: 'admin' },
  { path: '/desk/funds', as: 'admin' },
  { path: '/desk/training', as: 'admin' },
  { path: '/desk/publicity', as: 'admin' },
  { path: '/desk/tips', as: 'development-clerk' },
  { path: '/desk/content', as: 'development-clerk' },
]

/** The accounts that open pages of the desk; together they have every role of staff. */
export const DESK_ACCOUNTS: readonly string[] = [...new Set(DESK.map(({ as }) => as)), 'review-body']

/** Waits until a page shows what it came for, or says why not. */
export async function settle(page: Page): Promise<void> {
  await page.locator('main').waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
}

/** Opens whatever is folded, so that nothing is looked over. */
export async function unfold(page: Page): Promise<void> {
  for (const fold of await page.locator('main details:not([open]) > summary').all())
    if (await fold.isVisible()) await fold.click()
}

/** Boxes, lists and tables that stand there and hold nothing. */
export const emptyBoxes = (page: Page): Promise<string[]> =>
  page
    .locator('main :is(ul, ol, dl, tbody, section, article, .card, .stack:not(.live)):empty')
    .evaluateAll((all: { outerHTML: string; getClientRects: () => { length: number } }[]) =>
      all.filter((one) => one.getClientRects().length > 0).map(({ outerHTML }) => outerHTML.slice(0, 120)),
    )

/** What one comes to from a page and which has no address: forms that were refused, what was found, a file that is read. */
export const DEEPER: readonly { name: string; as?: string; path: string; go: (page: Page) => Promise<void> }[] = [
  {
    name: 'a search that finds nothing',
    path: '/search',
    async go(page) {
      await page.locator('main #search-text').fill('无此组织')
      await page.keyboard.press('Enter')
      await page.locator('main .empty, main .note').first().waitFor()
    },
  },
  {
    name: 'a search that finds several',
    path: '/search',
    async go(page) {
      await page.locator('main #search-text').fill('衡州')
      await page.keyboard.press('Enter')
      await page.locator('main a[href*="/organisations/"]').first().waitFor()
    },
  },
  {
    name: 'a tip that is too short',
    path: '/tips',
    async go(page) {
      const form = page.locator('form:has(#tip-text)')
      await form.evaluate((one: { noValidate: boolean }) => (one.noValidate = true))
      await form.locator('#tip-text').fill('短')
      await form.locator('[type=submit]').click()
      await page.locator('[role=alert]').waitFor()
    },
  },
  {
    name: 'a tip that is filed, and followed',
    path: '/tips',
    async go(page) {
      await page.locator('#tip-text').fill('某店宣传与实际不符，请核查。')
      await page.locator('form:has(#tip-text) [type=submit]').click()
      const code = await page.locator('.receipt-code').innerText()
      await mustBeAccessible(page, 'a tip that is filed')
      await page.goBack()
      await page.locator('#tip-code').fill(code)
      await page.keyboard.press('Enter')
      await page.getByText('某店宣传与实际不符').waitFor()
    },
  },
  {
    name: 'a code of a tip that nobody has',
    path: '/tips',
    async go(page) {
      await page.locator('#tip-code').fill('0000-0000-0000-0000-0000')
      await page.keyboard.press('Enter')
      await page.locator('[role=alert]').waitFor()
    },
  },
  {
    name: 'an address that is nobody’s',
    path: '/nothing',
    go: async (page) => page.locator('[role=alert]').waitFor(),
  },
  {
    name: 'a report nobody issued',
    path: '/verify',
    async go(page) {
      await page.locator('main input').first().fill('AAAA-AAAA-AAAA-AAAA-AAAA')
      await page.locator('main [type=submit]').click()
      await page.locator('.note.bad').waitFor()
    },
  },
  {
    name: 'a first password by a code that is wrong',
    path: '/desk',
    async go(page) {
      await page.locator('.door .button.quiet').click()
      await page.locator('[autocomplete=one-time-code]').waitFor()
      await page.locator('form [type=submit]').click()
      await page.locator('.wrong').first().waitFor()
      await mustBeAccessible(page, 'a code with nothing filled in')
      await page.locator('[name=username]').fill('nobody')
      await page.locator('[autocomplete=one-time-code]').fill('AAAA-AAAA')
      await page.locator('[name=password]').fill('a-long-password-1')
      await page.locator('form [type=submit]').click()
      await page.locator('[role=alert]').waitFor()
    },
  },
  {
    name: 'a look-up by name, and what it opens',
    as: 'approval-officer',
    path: '/desk/look-up',
    async go(page) {
      await page.locator('input[name=mode][value=name]').check()
      await page.locator('main [type=submit]').click()
      await page.locator('.wrong').first().waitFor()
      await mustBeAccessible(page, 'nothing to look up')
      await page.locator('main input[maxlength="100"]').fill('衡州')
      await page.locator('main select').last().selectOption({ index: 1 })
      await page.locator('main [type=submit]').click()
      await page.locator('#found').waitFor()
      await mustBeAccessible(page, 'organisations found')
      await page.locator('main li.card button').first().click()
      await page.locator('.subject-head').waitFor()
    },
  },
  {
    name: 'a look-up of a person',
    as: 'approval-officer',
    path: '/desk/look-up',
    async go(page) {
      await page.locator('main input[maxlength="64"]').fill(DEMO_PEOPLE.wang.number)
      await page.locator('main select').last().selectOption({ index: 1 })
      await page.locator('main [type=submit]').click()
      await page.locator('article.record').first().waitFor()
    },
  },
  {
    name: 'a file as it was',
    as: 'court',
    path: '/desk/past',
    async go(page) {
      await page.locator('main [type=submit]').click()
      await page.locator('.wrong').first().waitFor()
      await mustBeAccessible(page, 'no number given')
      const fields = page.locator('main input[maxlength="64"]')
      await fields.nth(0).fill(DEMO_PEOPLE.wang.number)
      await fields.nth(1).fill('（2026）衡行初1号')
      await page.locator('main [type=submit]').click()
      await page.locator('article.record').first().waitFor()
    },
  },
  {
    name: 'a tip that is read',
    as: 'development-clerk',
    path: '/desk/tips',
    async go(page) {
      await page.locator('li.card .button.second').first().click()
      await page.locator('li.card .text-body').first().waitFor()
    },
  },
  {
    name: 'a text with nothing in it',
    as: 'development-clerk',
    path: '/desk/content',
    async go(page) {
      await page.locator('main summary').first().click()
      await page.locator('main form [type=submit]').first().click()
      await page.locator('.wrong').first().waitFor()
    },
  },
  {
    name: 'a file to send, none chosen',
    as: 'market-clerk',
    path: '/desk/upload',
    async go(page) {
      await page.locator('main .row .button').last().click()
      await page.locator('.wrong').first().waitFor()
    },
  },
  {
    name: 'a case that is open',
    as: 'market-reviewer',
    path: '/desk/cases',
    async go(page) {
      await page.locator('tbody button').first().click()
      await page.locator('.case-steps').waitFor()
      await unfold(page)
    },
  },
]
