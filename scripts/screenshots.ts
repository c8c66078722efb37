import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { DEMO_PEOPLE } from '#operations/demo/people.ts'
import { DEMO_PASSWORD } from '#operations/demo/city.ts'
import { ensureChromium } from './chromium.ts'

// Pictures for the README, of a demo server that runs (`npm start`), its data fresh:
//   node scripts/screenshots.ts ADDRESS DATA-FOLDER [OUT]

const [address = 'http://127.0.0.1:8080', data = 'data', out = join(import.meta.dirname, '../docs/images')] =
  process.argv.slice(2)
const DESKTOP = { width: 1280, height: 860 }
const PHONE = { width: 390, height: 844 }

async function open(browser: Browser, viewport: typeof PHONE, language: 'zh' | 'en' = 'zh'): Promise<Page> {
  const context = await browser.newContext({ viewport, deviceScaleFactor: 2, locale: 'zh-CN' })
  await context.addInitScript({ content: `localStorage.setItem('xinheng.language', '${language}')` })
  return context.newPage()
}

async function enter(page: Page, path: string, name: string): Promise<void> {
  await page.goto(address + path)
  await page.fill('[name=username]', name)
  await page.fill('[name=password]', DEMO_PASSWORD)
  await page.click('form button[type=submit]')
  await page.locator('.page h1').waitFor()
  await settle(page)
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
}

async function shoot(page: Page, name: string, fullPage = false): Promise<void> {
  await settle(page)
  await page.screenshot({ path: join(out, `${name}.png`), fullPage, animations: 'disabled' })
  console.log(`${name}.png`)
}

async function shootDesk(browser: Browser): Promise<void> {
  const page = await open(browser, DESKTOP)
  await enter(page, '/desk/upload', 'market-clerk')
  await page.locator('main select').selectOption('penalty-person')
  await page.setInputFiles('input[type=file]', {
    name: '行政处罚.csv',
    mimeType: 'text/csv',
    buffer: readFileSync(join(data, 'demo/01-demo-market-penalty-person.csv')),
  })
  await page.getByRole('button', { name: '检查', exact: true }).click()
  await page.locator('.table').waitFor()
  await shoot(page, 'desk-upload', true)
  await page.goto(`${address}/desk/quality`)
  await shoot(page, 'desk-quality')
  const reviewer = await open(browser, DESKTOP)
  await enter(reviewer, '/desk', 'market-reviewer')
  await shoot(reviewer, 'desk-work')

  const officer = await open(browser, DESKTOP)
  await enter(officer, '/desk/look-up', 'approval-officer')
  const matter = `衡审批受〔2026〕${Date.now() % 10_000}号`
  await officer.getByRole('button', { name: '登记新事项' }).click()
  await officer.getByLabel('事项编号', { exact: true }).fill(matter)
  await officer.getByLabel('事项名称', { exact: true }).fill('食品经营许可申请')
  await officer.getByRole('button', { name: '登记事项', exact: true }).click()
  await officer.locator(`select:has(option[value="${matter}"]:checked)`).waitFor()
  await officer.getByLabel('号码', { exact: true }).fill(DEMO_PEOPLE.wang.number)
  await officer.getByRole('button', { name: '查询', exact: true }).click()
  await officer.getByText('本次查询已记录').waitFor()
  await shoot(officer, 'desk-archive')
}

async function shootMe(browser: Browser): Promise<void> {
  const page = await open(browser, PHONE)
  await page.goto(`${address}/me`)
  await shoot(page, 'sign-in')
  await enter(page, '/me', 'wang')
  await shoot(page, 'me-archive')
  await page.goto(`${address}/me/looks`)
  await page.locator('article.look').first().waitFor()
  // the ledger takes a row in within a minute or so; asked seldom, for each check is a reading that is recorded
  for (let tries = 0; tries < 4; tries += 1) {
    await page.locator('.proof button').first().click()
    await page.locator('.proof .note').first().waitFor()
    if (await page.locator('.proof .note.good').count()) break
    await page.waitForTimeout(30_000)
  }
  await shoot(page, 'me-looks')
  await page.goto(`${address}/me/consents`)
  await shoot(page, 'me-consents')
  const wide = await open(browser, DESKTOP, 'en')
  await enter(wide, '/me', 'wang')
  await shoot(wide, 'me-archive-en')
}

mkdirSync(out, { recursive: true })
const browser = await chromium.launch({
  executablePath: ensureChromium(console.log),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  const front = await open(browser, DESKTOP)
  await front.goto(address)
  await shoot(front, 'public')
  const english = await open(browser, PHONE, 'en')
  await english.goto(`${address}/?lang=en`)
  await shoot(english, 'public-en-phone')
  await shootDesk(browser)
  await shootMe(browser)
} finally {
  await browser.close()
}
