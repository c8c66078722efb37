import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { keptBy, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'
import { quality, receipt } from './stub-desk.ts'
import { startStub } from './stub-server.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- what runs in the page; the server's code, checked together with this, knows no document
declare const document: any
// oxlint-disable-next-line typescript/no-explicit-any -- what runs in the page; the server's code, checked together with this, knows no document
declare const window: any

// Every page and every state of it, against answers shaped by the contract: what a real server cannot be brought to on
// demand. The stub's content policy is stricter than the server's: no inline style anywhere.

const DESK = [
  'upload',
  'held',
  'submissions',
  'look-up',
  'past',
  'matters',
  'unusual',
  'incidents',
  'quality',
  'cases',
  'exports',
  'accounts',
  'dashboard',
  '',
  'lists',
  'exemplars',
  'letters',
  'measures',
  'recalls',
  'incentives',
  'dry-run',
]
const ME = ['', '/looks', '/cases', '/consents', '/reports', '/notices', '/more', '/decisions', '/recalls', '/benefits']
const ZH = { language: 'zh', width: 1280 } as const
const PHONE = { language: 'zh', width: 390 } as const

const PRESSED =
  'button, summary, select, input:not([type=checkbox], [type=radio], [hidden]), .tabs a, .mark, a.button, label.check, label.choice'

const settled = async (page: Page) => {
  await page.locator('main').waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
}

test('every page, both languages, both sizes: axe finds nothing, nothing is too wide', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  for (const view of VIEWS) {
    await t.test(nameOf(view), async (inner) => {
      const { page, faults } = await openWindow(inner, browser, view)
      const check = async (path: string) => {
        await page.goto(stub.url + path)
        await settled(page)
        for (const fold of await page.locator('details:not([open]) > summary').all())
          if (await fold.isVisible()) await fold.click()
        await mustBeAccessible(page, path)
        await mustFit(page, path)
      }
      stub.signOutAll()
      await check('/')
      await page.goto(`${stub.url}/me`)
      await page.locator('form').waitFor()
      await mustBeAccessible(page, 'sign-in')
      await signIn(page, 'person', 'right')
      await page.locator('.page h1').waitFor()
      for (const path of ME) await check(`/me${path}`)
      // large type on a phone: where it is tightest
      if (view.width < 600) {
        await page.getByRole('button', { name: view.language === 'zh' ? '大字' : 'Large type' }).click()
        for (const path of ME) await check(`/me${path}`)
      }
      stub.signOutAll()
      await page.goto(`${stub.url}/desk`)
      await signIn(page, 'all', 'right')
      await page.locator('.page h1').waitFor()
      for (const path of DESK) await check(`/desk/${path}`)
      assert.deepEqual(faults, [])
    })
  }
})

test('states: the line is cut, the system fails, no right, nothing there, the session ends', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  const { page, faults } = await openWindow(t, browser, PHONE)
  await page.goto(`${stub.url}/me`)
  await signIn(page, 'person', 'right')
  await page.locator('article.record').first().waitFor()

  const no = {
    code: 'not-allowed',
    message: { zh: '您的岗位不能办理此事项', en: 'no' },
    remedy: { zh: '请联系管理员', en: 'ask' },
  }
  const cases = [
    { name: 'cut', answer: 'cut', shows: '连接不上服务器' },
    { name: 'fault', answer: { status: 500, body: { code: 'x' } }, shows: '系统暂时不能处理' },
    { name: 'no right', answer: { status: 403, body: no }, shows: '您的岗位不能办理此事项' },
    { name: 'empty', answer: { status: 200, body: { accesses: [], more: false } }, shows: '还没有人查过您' },
  ] as const
  for (const { name, answer, shows } of cases) {
    stub.override.set('myAccesses', answer)
    await page.goto(`${stub.url}/me/looks`)
    await page.getByText(shows).waitFor()
    await mustBeAccessible(page, name)
  }
  stub.override.set('myAccesses', 'cut')
  await page.goto(`${stub.url}/me/looks`)
  await page.getByText('连接不上服务器').waitFor()
  stub.override.clear()
  await page.getByRole('button', { name: '重试' }).click()
  await page.locator('article.look').first().waitFor()

  stub.override.set('myAccesses', 'hang')
  await page.goto(`${stub.url}/me/looks`)
  await page.locator('.skeleton').waitFor()
  await mustBeAccessible(page, 'loading')
  stub.override.clear()

  await page.goto(`${stub.url}/me`)
  await page.locator('article.record').first().waitFor()
  await page.context().setOffline(true)
  await page.getByText('网络已断开').waitFor()
  await page.context().setOffline(false)
  stub.signOutAll()
  await page.getByRole('link', { name: '通知', exact: true }).click()
  await page.getByText('登录已过期').waitFor()
  assert.equal(await page.locator('article').count(), 0, 'what was shown is gone')
  await mustBeAccessible(page, 'session ended')
  await signIn(page, 'person', 'right')
  await page.getByRole('heading', { name: '我的通知', level: 1 }).waitFor()
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('ERR_')),
    [],
  )
})

test('doors: staff at “me”, a person at the desk, a role at a page that is not its own', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  const { page } = await openWindow(t, browser, ZH)
  await page.goto(`${stub.url}/me`)
  await signIn(page, 'officer', 'right')
  await page.getByText('这里不是您的入口').waitFor()
  await mustBeAccessible(page, 'wrong door')
  await page.goto(`${stub.url}/desk/incidents`)
  await page.getByText('您的岗位不能打开此页').waitFor()
  await mustBeAccessible(page, 'not allowed')
  await page.goto(`${stub.url}/desk/nothing-here`)
  await page.getByText('没有这个页面').first().waitFor()
})

test('upload: progress is shown and can be stopped; held, again and refused have their faces', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  const { page } = await openWindow(t, browser, ZH)
  await page.goto(`${stub.url}/desk/upload`)
  await signIn(page, 'clerk', 'right')
  await page.locator('main select').selectOption('penalty-person')
  await page.setInputFiles('input[type=file]', {
    name: 'a.csv',
    mimeType: 'text/csv',
    buffer: Buffer.alloc(200_000, 'a'),
  })
  const send = page.getByRole('button', { name: '报送', exact: true })
  stub.override.set('intake', 'hang')
  await send.click()
  await page.getByText('640', { exact: true }).waitFor()
  await mustBeAccessible(page, 'progress')
  await page.getByRole('button', { name: '停止' }).click()
  await page.getByText('已停止').waitFor()
  const faces = { again: '已经报送过', held: '等待复核', refused: '整份文件未接收' }
  for (const [status, shows] of Object.entries(faces)) {
    stub.override.set('intake', {
      status: 200,
      body: { ...receipt, status, ...(status === 'held' ? { held: 5 } : {}) },
    })
    await send.click()
    await page.getByText(shows).first().waitFor()
    await mustBeAccessible(page, status)
    await page.getByRole('button', { name: '报送下一个文件' }).click()
    await page.setInputFiles('input[type=file]', { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a') })
  }
})

test('keyboard: sign in, skip to the content, change language, move between pages', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  const { page } = await openWindow(t, browser, PHONE)
  await page.goto(`${stub.url}/me`)
  await page.locator('form').waitFor()
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip')
  await page.locator('[name=username]').focus()
  await page.keyboard.type('person')
  await page.keyboard.press('Tab')
  await page.keyboard.type('right')
  await page.keyboard.press('Enter')
  await page.locator('article.record').first().waitFor()
  await page.getByRole('link', { name: '谁查过我' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('article.look').first().waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), '谁查过我')
  await page.getByRole('button', { name: /English/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Who looked at me' }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
})

test('look-up: only purposes that fit whom one looks up, and late rows are unknown where the calendar does not reach', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  const { page } = await openWindow(t, browser, ZH)
  await page.goto(`${stub.url}/desk/look-up`)
  await signIn(page, 'all', 'right')
  const employment = page.getByText('求职录用（本人授权）')
  await employment.waitFor()
  await page.locator('main select').first().selectOption('organisation')
  await employment.waitFor({ state: 'detached' })
  await page.getByText('行政许可审批').first().waitFor()
  await page.locator('main select').first().selectOption('passport')
  await employment.waitFor()

  const [unit] = quality.units
  stub.override.set('quality', { status: 200, body: { units: [{ ...unit, lateRate: null }] } })
  await page.goto(`${stub.url}/desk/quality`)
  await page.getByText('未知', { exact: true }).waitFor()
  await mustBeAccessible(page, 'unknown')
})

test('privacy: a number is in the body of one request and nowhere else', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  const { page } = await openWindow(t, browser, ZH)
  const number = '990101199001011234'
  await page.goto(`${stub.url}/desk/look-up`)
  await signIn(page, 'officer', 'right')
  await page.locator('main input[maxlength="64"]').fill(number)
  await page.locator('main select').nth(1).selectOption({ index: 1 })
  await page.getByRole('button', { name: '查询', exact: true }).click()
  await page.locator('article.record').first().waitFor()
  assert.ok(!(await keptBy(page)).includes(number))
  assert.ok(!(await page.content()).includes(number))
  const carrying = stub.asked.filter(({ url, body }) => `${url}${body}`.includes(number))
  assert.deepEqual(
    carrying.map(({ name, url }) => [name, url.includes(number)]),
    [['lookUp', false]],
  )
  const storage = await page.evaluate(() => [
    Object.keys({ ...window.localStorage }),
    Object.keys({ ...window.sessionStorage }),
  ])
  assert.deepEqual(storage, [['xinheng.language'], []])
})

test('touch: what one presses is 44 px high, or a line of text', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  const { page } = await openWindow(t, browser, PHONE)
  const measure = async () => {
    const small: string[] = []
    for (const element of await page.locator(PRESSED).all()) {
      const box = (await element.isVisible()) ? await element.boundingBox() : null
      if (box && box.height < 43.5) small.push(await element.innerText())
    }
    return small
  }
  await page.goto(stub.url)
  await settled(page)
  assert.deepEqual(await measure(), [])
  await page.goto(`${stub.url}/me`)
  await signIn(page, 'person', 'right')
  await page.locator('article.record').first().waitFor()
  for (const path of ME) {
    await page.goto(`${stub.url}/me${path}`)
    await settled(page)
    assert.deepEqual(await measure(), [], path)
  }
})

test('boards: the forms to propose and to receive, and a dry run in charts with their tables', async (t) => {
  const browser = await withBrowser(t)
  const stub = await startStub()
  t.after(() => stub.close())
  const { page, faults } = await openWindow(t, browser, PHONE)
  await page.goto(`${stub.url}/desk/lists`)
  await signIn(page, 'all', 'right')
  for (const [button, submit] of [
    ['提请列入名单', '提请'],
    ['接收法院名单', '接收并启动措施'],
  ] as const) {
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('button', { name: submit, exact: true }).click()
    await page.locator('.wrong').first().waitFor()
    await mustBeAccessible(page, button)
    await mustFit(page, button)
    await page.getByRole('button', { name: '取消' }).click()
  }
  // whom a rule flags is asked for on purpose only: it is a look-up that each of them sees
  await page.getByRole('button', { name: '查看线索' }).click()
  await mustBeAccessible(page, 'candidates')
  assert.ok(!stub.asked.some(({ name }) => name === 'candidates'))

  await page.goto(`${stub.url}/desk/dry-run`)
  await page.locator('main select').selectOption('1')
  await page.getByRole('button', { name: '试算', exact: true }).click()
  await page.locator('.chart svg').first().waitFor()
  const [district] = await page.locator('main table').allInnerTexts()
  assert.match(district ?? '', /望衡区\s+28[\s\S]*平川区\s+过少，不显示/)
  await mustBeAccessible(page, 'dry run')
  await mustFit(page, 'dry run')
  assert.deepEqual(faults, [])
})
