import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Browser, Page, Route } from 'playwright-core'
import { PUBLIC_ADDRESSES } from '#api/routes/public-pages.ts'
import { ROLES } from '#contract/route.ts'
import { DEMO_PASSWORD, liveADay, openDemoAccounts, takeInDemoCity } from '#operations/demo/city.ts'
import { fillSite } from '#operations/demo/site.ts'
import { superviseDemo } from '#operations/demo/supervision.ts'
import { withApi, type TestApi } from '#test/api.ts'
import {
  DIST,
  mustBeAccessible,
  mustFit,
  nameOf,
  openWindow,
  signIn,
  VIEWS,
  withBrowser,
  type View,
} from './browser.ts'
import { DEEPER, DESK, DESK_ACCOUNTS, emptyBoxes, ME, PUBLIC, settle, unfold } from './pages.ts'

// Every page over the real server, in the demo city and in an empty one, in every state: filled, empty, coming, refused, failed,
// cut off. axe finds nothing anywhere; what is new and not in the list of pages is told.

/** Pages take turns at the views: each is seen in one of them here, and in all four in the tests of its face. */
const turn = (at: number): View => VIEWS[at % VIEWS.length] ?? PHONE
const PHONE: View = { language: 'zh', width: 390 }

const REFUSED = {
  code: 'not-allowed',
  message: { zh: '您的岗位不能办理此事项', en: 'Your role may not do this' },
  remedy: { zh: '请联系管理员', en: 'Ask the administrator' },
}
/** States that a real server cannot be brought to on demand: what stands in the place of its answer, and what the page then shows. */
const STATES: readonly { state: string; answer: (route: Route) => Promise<void>; shows: string }[] = [
  { state: 'cut off', answer: (route) => route.abort(), shows: 'text=连接不上服务器' },
  {
    state: 'failed',
    answer: (route) => route.fulfill({ status: 500, json: { code: 'x' } }),
    shows: 'text=系统暂时不能处理',
  },
  {
    state: 'no permission',
    answer: (route) => route.fulfill({ status: 403, json: REFUSED }),
    shows: `text=${REFUSED.message.zh}`,
  },
]
/** Asked before a page is shown at all. */
const DOOR = /\/api\/v1\/session(?:\/|$|\?)/

async function withDemoCity(t: TestContext, filled: boolean): Promise<TestApi> {
  const api = await withApi(t, { web: DIST, limits: { tip: 1_000 } })
  const { system, owner } = api
  assert.equal(await openDemoAccounts(system, owner), undefined)
  if (!filled) return api
  const folder = await mkdtemp(join(tmpdir(), 'xinheng-pages-'))
  t.after(() => rm(folder, { recursive: true }))
  await takeInDemoCity(system, owner, folder)
  await liveADay(system, owner)
  await fillSite(system, owner)
  await superviseDemo(system, owner)
  return api
}

/** Signs somebody of the demo city in, in a window of their own. */
async function enter(t: TestContext, browser: Browser, of: { base: string; view: View; door: string; who: string }) {
  const visit = await openWindow(t, browser, of.view)
  await visit.page.goto(`${of.base}${of.door}`)
  await signIn(visit.page, of.who, DEMO_PASSWORD)
  await visit.page.locator('.page h1').waitFor()
  return visit
}

/** The pages of both signed-in entrances, by who opens them. */
const SIGNED_IN = [
  { who: 'wang', door: '/me', pages: ME },
  ...DESK_ACCOUNTS.map((who) => ({ who, door: '/desk', pages: DESK.filter(({ as }) => as === who) })),
].filter(({ pages }) => pages.length > 0)

/** What is wrong with pages, all of it and not the first alone. */
const withProblems = async (
  look: (on: (what: string, check: () => Promise<void>) => Promise<void>) => Promise<void>,
) => {
  const problems: string[] = []
  await look(async (what, check) => {
    await check().catch((error: unknown) =>
      problems.push(`${what}: ${error instanceof Error ? error.message : 'failed'}`),
    )
  })
  assert.deepEqual(problems, [])
}

async function lookOver(page: Page, what: string): Promise<void> {
  await settle(page)
  assert.equal(await page.locator('main .note.bad, main .note.warn[role=alert]').count(), 0, `${what} says no`)
  await unfold(page)
  assert.deepEqual(await emptyBoxes(page), [], what)
  await mustBeAccessible(page, what)
  await mustFit(page, what)
}

test('every page is in the list of pages', async (t) => {
  const browser = await withBrowser(t)
  const api = await withDemoCity(t, false)
  assert.deepEqual(Object.keys(PUBLIC).toSorted(), [...PUBLIC_ADDRESSES, '/verify'].toSorted())
  const view = { language: 'zh', width: 1280 } as const
  const found = new Set<string>()
  const roles = new Set<string>(['person'])
  const linksOf = (page: Page, within: string) =>
    page.locator(`${within} a`).evaluateAll((all: { pathname: string }[]) => all.map(({ pathname }) => pathname))
  for (const who of DESK_ACCOUNTS) {
    const { page } = await enter(t, browser, { base: api.base, view, door: '/desk', who })
    for (const path of await linksOf(page, '#side')) found.add(path)
    const whoami = await page.evaluate<{ roles: string[] }>(`fetch('/api/v1/session').then((one) => one.json())`)
    for (const role of whoami.roles) roles.add(role)
  }
  assert.deepEqual([...roles].toSorted(), [...ROLES].toSorted(), 'somebody of every role has looked')
  assert.deepEqual([...found].toSorted(), DESK.map(({ path }) => path).toSorted())
  const { page } = await enter(t, browser, { base: api.base, view, door: '/me', who: 'wang' })
  const tabs = await linksOf(page, '.tabs')
  await page.goto(`${api.base}/me/more`)
  await page.locator('.menu-list').waitFor()
  const more = await linksOf(page, '.menu-list')
  assert.deepEqual([...tabs, ...more].toSorted(), ME.map(({ path }) => path).toSorted())
})

test('every page of the demo city, and what opens on it', async (t) => {
  const browser = await withBrowser(t)
  const api = await withDemoCity(t, true)
  const { records } = (await api.nobody.call('publicRecords', { query: { limit: 1 } })).body
  const { contents } = (await api.nobody.call('publicContents')).body
  const of = { organisation: records[0].organisation.code, record: records[0].id, content: contents[0] }
  const windows = await Promise.all(VIEWS.map((view) => openWindow(t, browser, view)))
  const faults: string[] = []
  await withProblems(async (on) => {
    for (const [at, path] of Object.values(PUBLIC)
      .flatMap((examples) => examples(of))
      .entries()) {
      const open = windows[at % windows.length]
      const english = turn(at).language === 'en'
      await on(path, async () => {
        await open?.page.goto(`${api.base}${path}${english ? `${path.includes('?') ? '&' : '?'}lang=en` : ''}`)
        if (open) await lookOver(open.page, path)
      })
    }
    for (const [at, { who, door, pages }] of SIGNED_IN.entries()) {
      const visit = await enter(t, browser, { base: api.base, view: turn(at), door, who })
      for (const { path } of pages)
        await on(`${path} as ${who}, ${nameOf(turn(at))}`, async () => {
          await visit.page.goto(`${api.base}${path}`)
          await lookOver(visit.page, path)
        })
      faults.push(...visit.faults)
    }
  })
  assert.deepEqual([...windows.flatMap((one) => one.faults), ...faults], [])
  for (const [at, { name, as, path, go }] of DEEPER.entries())
    await t.test(`${name}, ${nameOf(turn(at))}`, async (inner) => {
      const view = turn(at)
      const { page } = as
        ? await enter(inner, browser, { base: api.base, view, door: path, who: as })
        : await openWindow(inner, browser, view)
      const lang = view.language === 'en' && path !== '/desk' ? '?lang=en' : ''
      if (!as) await page.goto(`${api.base}${path}${lang}`)
      await go(page)
      await settle(page)
      assert.deepEqual(await emptyBoxes(page), [], name)
      await mustBeAccessible(page, name)
      await mustFit(page, name)
    })
})

test('every page of a city in which nothing has happened yet', async (t) => {
  const browser = await withBrowser(t)
  const api = await withDemoCity(t, false)
  const open = await openWindow(t, browser, PHONE)
  const faults: string[] = []
  await withProblems(async (on) => {
    for (const path of Object.keys(PUBLIC).filter((one) => !one.includes(':')))
      await on(path, async () => {
        await open.page.goto(`${api.base}${path}`)
        await lookOver(open.page, path)
      })
    for (const { who, door, pages } of SIGNED_IN) {
      const visit = await enter(t, browser, { base: api.base, view: PHONE, door, who })
      for (const { path } of pages)
        await on(`${path} as ${who}`, async () => {
          await visit.page.goto(`${api.base}${path}`)
          await lookOver(visit.page, path)
          const said = (await visit.page.locator('main').innerText()).trim().split('\n')
          assert.ok(said.length > 1, 'it says nothing')
        })
      faults.push(...visit.faults)
    }
  })
  assert.deepEqual([...open.faults, ...faults], [])
})

test('every page while its answer is coming, when it is refused, fails, or the line is cut', async (t) => {
  const browser = await withBrowser(t)
  const api = await withDemoCity(t, false)
  for (const { who, door, pages } of SIGNED_IN) {
    const { page, faults } = await enter(t, browser, { base: api.base, view: PHONE, door, who })
    let answer: ((route: Route) => Promise<void>) | undefined
    let held: Route[] = []
    await page.route('**/api/v1/**', (route) => {
      if (DOOR.test(route.request().url())) return route.continue()
      if (answer) return answer(route)
      held.push(route)
      return undefined
    })
    for (const { path, still } of pages) {
      ;[answer, held] = [undefined, []]
      await page.goto(`${api.base}${path}`)
      await page.locator('.page h1').waitFor()
      if (still) {
        await settle(page)
        continue
      }
      await page.locator('main .skeleton').first().waitFor()
      await mustBeAccessible(page, `${path}: coming`)
      for (const [at, one] of STATES.entries()) {
        answer = one.answer
        // first what was asked is answered so; then whoever tries again is
        if (at === 0) await Promise.all(held.map((route) => one.answer(route).catch(() => undefined)))
        else await page.locator('main .note .actions button').first().click()
        await page.locator(one.shows).first().waitFor()
        await mustBeAccessible(page, `${path}: ${one.state}`)
        await mustFit(page, `${path}: ${one.state}`)
      }
    }
    assert.deepEqual(
      faults.filter((fault) => !fault.includes('ERR_')),
      [],
    )
  }
})
