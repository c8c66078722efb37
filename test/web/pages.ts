import type { Page } from 'playwright-core'
import { CONTENT_KIND_NAMES } from '#domain/public-kinds.ts'

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
