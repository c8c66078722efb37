import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RouteName } from '#contract/routes.ts'
import { mustBeAccessible, mustFit, openWindow, signIn, withBrowser } from './browser.ts'
import { dashboard } from './stub-desk.ts'
import { startStub } from './stub-server.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- what runs in the page; the server's code, checked together with this, knows no document
declare const document: any

// The states of every page of the desk that reads a list: nothing there, not allowed, the line cut, still coming. And its keys.

const NO = {
  code: 'not-allowed',
  message: { zh: '您的岗位不能办理此事项', en: 'no' },
  remedy: { zh: '请联系管理员', en: 'ask' },
}

/** Page, the route it reads, that route's answer when there is nothing, and what the page then says. */
const PAGES: readonly [path: string, route: RouteName, nothing: object, says: string][] = [
  ['', 'work', { day: '2026-03-02', lines: [], more: [] }, '没有等您办理的事'],
  ['/held', 'held', { held: [] }, '没有等待复核的文件'],
  ['/submissions', 'submissions', { submissions: [] }, '还没有报送过文件'],
  ['/cases', 'caseQueue', { cases: [] }, '没有这样的案件'],
  ['/recalls', 'recalls', { recalls: [], ended: [] }, '没有待回执的通知'],
  ['/letters', 'letters', { letters: [], waiting: 0, served: [] }, '没有待送达的通知书'],
  ['/matters', 'matters', { matters: [] }, '没有在办事项'],
  ['/unusual', 'unusual', { flags: [] }, '没有异常查询'],
  ['/incidents', 'incidents', { incidents: [] }, '没有登记的事件'],
  ['/exports', 'exports', { exports: [] }, '还没有导出过'],
  ['/accounts', 'accounts', { all: false, units: [], accounts: [], changes: [] }, '没有符合条件的行'],
  ['/quality', 'quality', { units: [] }, '这段时间没有报送'],
  [
    '/dashboard',
    'dashboard',
    { ...dashboard, items: [], classes: [], months: [], units: [], cases: [], recalls: [], measures: [] },
    '这段时间没有数字',
  ],
]

test('states of the desk: nothing there, not allowed, cut off, still coming', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  const { page, faults } = await openWindow(t, browser, { language: 'zh', width: 390 })
  await page.goto(`${stub.url}/desk`)
  await signIn(page, 'all', 'right')
  await page.locator('.page h1').waitFor()
  for (const [path, route, nothing, says] of PAGES) {
    const open = async () => page.goto(`${stub.url}/desk${path}`)
    stub.override.set(route, { status: 200, body: nothing })
    await open()
    await page.getByText(says).first().waitFor()
    await mustBeAccessible(page, `${path} empty`)
    await mustFit(page, `${path} empty`)
    stub.override.set(route, { status: 403, body: NO })
    await open()
    await page.getByText(NO.message.zh).waitFor()
    stub.override.set(route, 'hang')
    await open()
    await page.locator('.skeleton').first().waitFor()
    stub.override.set(route, 'cut')
    await open()
    await page.getByText('连接不上服务器').waitFor()
    stub.override.delete(route)
    await page.getByRole('button', { name: '重试' }).first().click()
    await page.getByText('连接不上服务器').waitFor({ state: 'detached' })
  }
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('ERR_')),
    [],
  )
})

test('keys of the desk: shown by ?, g goes, / searches; not while one types, and not once switched off', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  const { page } = await openWindow(t, browser, { language: 'zh', width: 1280 })
  await page.goto(`${stub.url}/desk`)
  await signIn(page, 'all', 'right')
  await page.locator('.table').waitFor()
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  await page.keyboard.press('?')
  await page.locator('dialog[open]').waitFor()
  await mustBeAccessible(page, 'keys')
  await page.keyboard.press('Escape')
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await heading('案件').waitFor()
  await page.locator('main input[type=search]').waitFor()
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement?.type), 'search')
  await page.keyboard.type('gw?')
  assert.equal(await page.evaluate(() => document.activeElement?.value), 'gw?', 'what is typed stays typed')
  assert.equal(await heading('案件').count(), 1)
  assert.equal(await page.locator('dialog[open]').count(), 0)
  await page.evaluate(() => document.activeElement?.blur())
  await page.keyboard.press('?')
  await page.locator('dialog[open] input[type=checkbox]').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await page.keyboard.press('?')
  assert.equal(await heading('案件').count(), 1, 'off is off')
  assert.equal(await page.locator('dialog[open]').count(), 0)
  await page.reload()
  await page.locator('.table').waitFor()
  await page.keyboard.press('?')
  assert.equal(await page.locator('dialog[open]').count(), 0, 'and stays off')
})
