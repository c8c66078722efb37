import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { openLedgerLog } from '#operations/ledger-log.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { openPool } from '#store/db.ts'
import { roleUrl } from '#store/migrate.ts'
import { PASSWORD, withApi } from '#test/api.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'
import { DIST, keptBy, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'
import { handName, handOf } from './hand.ts'

// A person issues a report and saves it; whoever holds it checks it, on another machine, by its code and by the file. The
// first view by keyboard alone.

const PLAIN = { zh: /不可信.*改动/, en: /Do not trust.*altered/ } as const
const GENUINE = { zh: '逐字节一致', en: 'to the last byte' } as const

test('a report is issued, saved and checked on another machine', async (t) => {
  const browser = await withBrowser(t)
  const api = await withApi(t, { web: DIST })
  const pool = openPool(roleUrl(api.url, 'xinheng_sequencer', api.keys), { max: 1, name: 'test sequencer' })
  t.after(() => pool.end())
  const signer = await openLedgerLog(api.owner, api.keys, 'ledger.example/xinheng')
  // the server's job: a report waits until its look-up stands in the ledger
  const beat = setInterval(() => void sequenceAll({ pool, keys: api.keys, signer }, 3600).catch(() => undefined), 300)
  t.after(() => clearInterval(beat))
  const clerk = await api.as('clerk')
  for (const [at, view] of VIEWS.entries()) {
    await t.test(`${nameOf(view)}${handName(at)}`, async (inner) => {
      const number = citizenNumber()
      await clerk.call('intake', {
        query: { item: 'commitment' },
        body: commitmentFile([{ ...commitment(800 + at), number }]),
        headers: { 'content-type': 'text/csv' },
      })
      const person = await api.person(number)
      const mine = await openWindow(inner, browser, view)
      const me = mine.page
      const own = handOf(at, me)
      await me.goto(`${api.base}/me/reports`)
      await signIn(me, person.name, PASSWORD, own)
      await me.locator('input[name=kind]').first().waitFor()
      await mustBeAccessible(me, 'no report yet')
      await own.press(me.locator('form button[type=submit]'))
      await me.locator('article.card .num').waitFor()
      const code = await me.locator('article.card .num').innerText()
      await mustBeAccessible(me, 'my reports')
      await mustFit(me, 'my reports')
      const saving = me.waitForEvent('download')
      await own.press(me.locator('article.card button'))
      const saved = readFileSync(await (await saving).path())
      assert.equal(saved.subarray(0, 5).toString(), '%PDF-')

      // the special report: a period, and no adverse record in it
      await own.choose(me.locator('input[name=kind]').nth(1))
      await mustFit(me, 'a period to choose')
      await own.press(me.locator('form button[type=submit]'))
      await me.locator('article.card .num').nth(1).waitFor()

      const other = await openWindow(inner, browser, view)
      const { page } = other
      const hand = handOf(at, page)
      await page.goto(`${api.base}/verify#${code}`)
      const check = async (buffer: Buffer) => {
        await hand.attach(page.locator('input[type=file]'), { name: 'r.pdf', mimeType: 'application/pdf', buffer })
        await hand.press(page.locator('form button[type=submit]'))
      }
      await check(saved)
      await page.locator('.note.good').nth(2).waitFor()
      await mustBeAccessible(page, 'a genuine report')
      await mustFit(page, 'a genuine report')
      const altered = Buffer.from(saved)
      altered[2000] = (altered[2000] ?? 0) ^ 1
      await check(altered)
      await page.locator('.note.bad').waitFor()
      // it says so plainly, is read out, and calls nothing of the file good
      assert.match(await page.locator('.note.bad[role=alert]').innerText(), PLAIN[view.language])
      assert.equal(await page.getByText(GENUINE[view.language]).count(), 0)
      await mustBeAccessible(page, 'an altered report')
      await mustFit(page, 'an altered report')
      // the line is cut: nothing is said of the report, and what to do
      await page.context().setOffline(true)
      await page.locator('.offline').waitFor()
      await check(saved)
      await page.locator('.note.warn').waitFor()
      assert.equal(await page.locator('.note.good, .note.bad').count(), 0)
      await mustBeAccessible(page, 'cut off')
      await page.context().setOffline(false)
      await check(saved)
      await page.locator('.note.good').nth(2).waitFor()
      for (const text of [number, commitment(800 + at).name]) assert.ok(!(await keptBy(page)).includes(text))
      assert.ok(!(await page.locator('main').innerText()).includes(number))
      assert.deepEqual([...mine.faults, ...other.faults], [])
    })
  }
})

test('a report checked in the browser inside of an app, and in one that is too old to tell', async (t) => {
  const browser = await withBrowser(t)
  const api = await withApi(t, { web: DIST })
  const signer = await openLedgerLog(api.owner, api.keys, 'ledger.example/xinheng')
  const person = await api.person()
  const issued = (await person.call('issueMyReport', { body: { kind: 'personal' } })).body
  const pool = openPool(roleUrl(api.url, 'xinheng_sequencer', api.keys), { max: 1, name: 'test sequencer' })
  await sequenceAll({ pool, keys: api.keys, signer }, '-infinity').finally(() => pool.end())
  const answer = await person.fetch(`/api/v1/reports/${issued.report}/file`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  assert.equal(answer.status, 200)
  const buffer = Buffer.from(await answer.arrayBuffer())
  const open = async (script: string) => {
    const context = await browser.newContext({
      userAgent:
        'Mozilla/5.0 (Linux; Android 10; MI 9) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/87.0.4280.141 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.1 Language/zh_CN',
      viewport: { width: 360, height: 640 },
      isMobile: true,
      hasTouch: true,
    })
    t.after(() => context.close())
    await context.addInitScript(script)
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(`${api.base}/verify#${issued.code}`)
    await page.setInputFiles('input[type=file]', { name: 'r.pdf', mimeType: 'application/pdf', buffer })
    await page.locator('form button[type=submit]').tap()
    await page.locator('.note').first().waitFor()
    await mustFit(page, 'inside of an app')
    return { page, faults }
  }
  // no storage, no promises of files: what such browsers lack
  const app = await open(
    `delete Blob.prototype.arrayBuffer; delete Blob.prototype.text; Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })`,
  )
  await app.page.locator('.note.good').nth(2).waitFor()
  assert.deepEqual(app.faults, [])
  // no Ed25519: it cannot tell, and says that; the code is still checked
  const old = await open(
    `const subtle = crypto.subtle; const importKey = subtle.importKey.bind(subtle); subtle.importKey = (format, data, name, ...rest) => name === 'Ed25519' ? Promise.reject(new DOMException('no', 'NotSupportedError')) : importKey(format, data, name, ...rest)`,
  )
  await old.page.locator('.note.warn').waitFor()
  assert.equal(await old.page.locator('.note.bad').count(), 0, 'nobody is accused')
  assert.equal(await old.page.locator('.note.good').count(), 2)
  await mustBeAccessible(old.page, 'a browser that cannot tell')
  assert.deepEqual(old.faults, [])
})
