import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { PASSWORD, withApi } from '#test/api.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'
// oxlint-disable-next-line no-restricted-imports -- the browser of the web tests
import { DIST, keptBy, signIn, withBrowser } from '../web/browser.ts'

// What a browser and a server keep of the persons in them, while everybody does their work: no address, title, storage, cookie
// or line of the log says whom it was about.

const NAME = '闻人测试'
const MATTER = '标记事项〔2026〕77号'
const TIP = '标记线索：某某在某处做了某事'
const FORM = '标记表单77号'

// oxlint-disable-next-line typescript/no-explicit-any -- what runs in the page
declare const indexedDB: any

test('no personal data in any address, title, storage, cookie or line of the log, through the journeys of everybody', async (t) => {
  const browser = await withBrowser(t)
  const log: string[] = []
  const api = await withApi(t, { web: DIST, log: { write: (line) => log.push(line) }, limits: { tip: 100 } })
  const number = citizenNumber()
  const marks = [NAME, number, number.slice(6, 14) + number.slice(14, 17), MATTER, TIP, FORM]
  const traces: { where: string; text: string }[] = []
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, acceptDownloads: true })
  t.after(() => context.close())
  context.on('request', (request) =>
    traces.push({ where: 'address', text: request.url() + JSON.stringify(request.headers()) }),
  )
  const note = async (page: Page, where: string) => {
    const kept = await keptBy(page)
    const databases = await page.evaluate<string>(async () => JSON.stringify(await indexedDB.databases()))
    traces.push({ where: `${where}: kept`, text: kept }, { where: `${where}: databases`, text: databases })
    traces.push({ where: `${where}: cookies`, text: JSON.stringify(await context.cookies()) })
  }
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('framenavigated', (frame) => traces.push({ where: 'history', text: frame.url() }))
  const enter = async (path: string, name: string) => {
    await context.clearCookies()
    await page.goto(api.base + path)
    await signIn(page, name, PASSWORD)
    await page.locator('.page h1').waitFor()
  }

  // the clerk sends a file of that person
  const clerk = await api.as('clerk')
  await enter('/desk/upload', clerk.name)
  await page.locator('main select').selectOption('commitment')
  const file = commitmentFile([{ ...commitment(1), number, name: NAME }])
  await page.setInputFiles('input[type=file]', { name: `${NAME}.csv`, mimeType: 'text/csv', buffer: Buffer.from(file) })
  await page.locator('main form .button, main .button').last().click()
  await page.locator('.card').first().waitFor()
  await note(page, 'upload')
  const sent = await clerk.call('intake', {
    query: { item: 'commitment' },
    body: file,
    headers: { 'content-type': 'text/csv' },
  })
  assert.equal(sent.status, 200, sent.text)

  // an officer looks them up on a matter; the counter has them before it
  const officer = await api.as('officer')
  const matter = await officer.call('openMatter', { body: { number: MATTER, title: '许可', purpose: 'approval' } })
  assert.equal(matter.status, 200, matter.text)
  await enter('/desk/look-up', officer.name)
  await page.locator('main input[maxlength="64"]').fill(number)
  await page.locator(`select:has(option[value="${MATTER}"])`).selectOption(MATTER)
  await page.locator('main form button[type=submit]').click()
  await page.locator('article.record').first().waitFor()
  await note(page, 'look-up')
  const counter = await api.as('counter', 'demo-approval')
  await enter('/desk/counter', counter.name)
  await page.locator('main input[maxlength="64"]').fill(number)
  await page.locator('main input[maxlength="48"]').fill(FORM)
  await page.locator('main input[type=checkbox]').check()
  await page.locator('main form button[type=submit]').click()
  await page.locator('.subject-head').waitFor()
  await page.locator('main section button.button:not(.second)').last().click()
  await page.locator('article.record').first().waitFor()
  await note(page, 'counter')

  // the person walks through every page of theirs, and saves their data
  const person = await api.person(number)
  await enter('/me', person.name)
  for (const path of [
    '/me',
    '/me/looks',
    '/me/cases',
    '/me/notices',
    '/me/consents',
    '/me/reports',
    '/me/decisions',
    '/me/recalls',
    '/me/data',
  ]) {
    await page.goto(api.base + path)
    await page.locator('.page h1').waitFor()
    await page.waitForLoadState('networkidle')
    await note(page, path)
  }
  const saved = page.waitForEvent('download')
  await page.locator('main .button.second').first().click()
  const download = await saved
  traces.push({ where: 'name of the file', text: download.suggestedFilename() })
  await page.locator('.note.good').waitFor()
  await note(page, 'my data')

  // somebody searches the public site for them, and writes a tip
  await page.goto(`${api.base}/search`)
  await page.locator('#search-text').fill(NAME)
  await page.locator('#search-text').press('Enter')
  await page.waitForLoadState('networkidle')
  await note(page, 'search')
  await page.goto(`${api.base}/tips`)
  await page.locator('#tip-text').fill(`${TIP} ${NAME} ${number}`)
  await page.locator('form:has(#tip-text) button[type=submit]').click()
  await page.locator('.receipt-code').waitFor()
  const code = await page.locator('.receipt-code').innerText()
  await note(page, 'tip')

  // what is refused and what fails is logged without them too
  await officer.call('lookUp', { body: { number, purpose: 'approval', matter: '' } })
  await officer.fetch(`/api/v1/none?number=${number}&name=${encodeURIComponent(NAME)}`)
  await api.signIn(NAME, number)

  const all = [
    ...traces.map(({ where, text }) => ({ where, text: `${text} ${decode(text)}` })),
    ...log.map((line) => ({ where: 'log', text: line })),
  ]
  assert.ok(traces.length > 150, `${traces.length} traces`)
  for (const mark of [...marks, code])
    assert.deepEqual(
      all.filter(({ text }) => text.includes(mark)).map(({ where }) => where),
      [],
      'who it was about stands where it should not',
    )
})

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
