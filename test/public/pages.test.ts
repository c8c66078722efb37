import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
// oxlint-disable-next-line no-restricted-imports -- the browser of the web tests
import { mustBeAccessible, mustFit, nameOf, VIEWS, withBrowser } from '../web/browser.ts'
import { fillDemoSite, withSite } from './site.fixture.ts'

test('every kind of page without script, both languages, both sizes: axe finds nothing, nothing is too wide', async (t) => {
  const browser = await withBrowser(t)
  const site = await withSite(t)
  await fillDemoSite(site)
  const { records } = (await site.nobody.call('publicRecords', { query: { limit: 1 } })).body
  const { organisation, id } = records[0]
  await site.report({ item: 'enforcement', decided: site.today() })
  const { contents } = (await site.nobody.call('publicContents')).body
  const paths = [
    '/',
    '/records',
    '/lists',
    '/lists/court-default-person',
    '/commitments',
    '/search',
    `/organisations/${organisation.code}`,
    `/organisations/${organisation.code}/${id}`,
    '/library',
    '/library/campaign',
    `/library/${contents[0].kind}/${contents[0].num}`,
    '/statistics',
    '/rights',
    '/tips',
    '/nothing',
  ]
  for (const view of VIEWS) {
    await t.test(nameOf(view), async (inner) => {
      // axe is script: the page's own is none, as its policy and the absence of any show
      const context = await browser.newContext({ viewport: { width: view.width, height: 900 }, bypassCSP: true })
      inner.after(() => context.close())
      const page = await context.newPage()
      for (const path of paths) {
        await page.goto(`${site.base}${path}${view.language === 'en' ? '?lang=en' : ''}`)
        assert.equal(await page.locator('script').count(), 0, path)
        for (const fold of await page.locator('details:not([open]) > summary').all()) await fold.click()
        await mustBeAccessible(page, path)
        await mustFit(page, path)
      }
    })
  }
})

test('large letters and paper: nothing is too wide on a phone with letters twice as large; what is printed says where from, and no menus', async (t) => {
  const browser = await withBrowser(t)
  const site = await withSite(t)
  await fillDemoSite(site)
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, bypassCSP: true })
  t.after(() => context.close())
  const page = await context.newPage()
  for (const path of ['/', '/records', '/lists', '/library', '/statistics', '/rights', '/tips', '/handbook']) {
    await page.goto(`${site.base}${path}`)
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
    await mustFit(page, `${path}, large`)
  }
  await page.emulateMedia({ media: 'print' })
  for (const path of ['/', '/records', '/statistics']) {
    await page.goto(`${site.base}${path}`)
    assert.match(await page.locator('.print-source').innerText(), /信用衡州.*年.*月.*日/)
    for (const hidden of ['header.bar', 'nav', '.foot', '.search-box'])
      for (const one of await page.locator(hidden).all())
        assert.equal(await one.isVisible(), false, `${path} ${hidden}`)
  }
})

test('a tip by keyboard in a browser that has no script', async (t) => {
  const browser = await withBrowser(t)
  const site = await withSite(t)
  await site.staff('clerk', 'demo-development')
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  t.after(() => context.close())
  const page = await context.newPage()
  await page.goto(`${site.base}/tips?lang=en`)
  await page.locator('#tip-text').focus()
  await page.keyboard.type('Where can I read my own credit record?')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('.receipt-code').waitFor()
  const code = (await page.locator('.receipt-code').textContent()) ?? ''
  assert.ok(!page.url().includes(code))
  await page.goto(`${site.base}/tips`)
  await page.locator('#tip-code').fill(code)
  await page.locator('#tip-code').press('Enter')
  await page.getByText('Where can I read my own credit record?').waitFor()
})

test('first paint: no script and little to load; on a slow phone it is measured and printed', async (t) => {
  const browser = await withBrowser(t)
  const site = await withSite(t)
  await fillDemoSite(site)
  const front = await site.page('/')
  assert.ok(gzipSync(front.text).length < 20_000)
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  t.after(() => context.close())
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 75,
    downloadThroughput: (1_600 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  // printed, not asserted: how fast a busy machine is says nothing about the page
  await page.goto(site.base)
  const paint = await page.evaluate<number>(
    `new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))`,
  )
  t.diagnostic(`largest paint: ${Math.round(paint)} ms`)
  const loaded = await page.evaluate<{ name: string; size: number }[]>(
    `performance.getEntriesByType('resource').map(({ name, transferSize }) => ({ name, size: transferSize }))`,
  )
  assert.deepEqual(
    loaded.filter(({ name }) => name.endsWith('.js')),
    [],
  )
  assert.ok(loaded.reduce((sum, { size }) => sum + size, 0) < 60_000, JSON.stringify(loaded))
})
