import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD } from '#test/api.ts'
// oxlint-disable-next-line no-restricted-imports -- the browser of the web tests
import { mustBeAccessible, mustFit, nameOf, openWindow, signIn, withBrowser } from '../web/browser.ts'
import { fillDemoSite, form, withSite } from './site.fixture.ts'

const WORDS = {
  zh: {
    write: '写一篇',
    titleZh: '标题（中文）',
    titleEn: '标题（英文）',
    bodyZh: '正文（中文）',
    bodyEn: '正文（英文）',
    save: '保存为稿件',
    submit: '送审',
    publish: '发布',
    done: '已办理',
    open: '打开',
    answer: '答复',
    send: '提交',
  },
  en: {
    write: 'Write a text',
    titleZh: 'Title in Chinese',
    titleEn: 'Title in English',
    bodyZh: 'Text in Chinese',
    bodyEn: 'Text in English',
    save: 'Save as a draft',
    submit: 'Submit',
    publish: 'Publish',
    done: 'Done',
    open: 'Open',
    answer: 'Answer',
    send: 'Send',
  },
} as const

for (const view of [
  { language: 'zh', width: 1280 },
  { language: 'en', width: 390 },
] as const) {
  test(`a text is written, reviewed and read; a tip is answered; the clock is shown (${nameOf(view)})`, async (t) => {
    const browser = await withBrowser(t)
    const site = await withSite(t)
    await fillDemoSite(site)
    const words = WORDS[view.language]
    const clerk = await site.as('clerk', 'demo-development')
    const reviewer = await site.as('reviewer', 'demo-development')
    const title = view.language === 'zh' ? '在浏览器里写的' : 'Written in a browser'

    const { page, faults } = await openWindow(t, browser, view)
    await page.goto(`${site.base}/desk/content`)
    await signIn(page, clerk.name, PASSWORD)
    await page.getByText(words.write, { exact: true }).click()
    const draft = page.locator('form').first()
    await draft.getByLabel(words.titleZh, { exact: true }).fill('在浏览器里写的')
    await draft.getByLabel(words.titleEn, { exact: true }).fill('Written in a browser')
    await draft.getByLabel(words.bodyZh, { exact: true }).fill('一段**正文**。')
    await draft.getByLabel(words.bodyEn, { exact: true }).fill('Some **words**.')
    await draft.getByRole('button', { name: words.save }).click()
    const own = page.locator('article', { hasText: title })
    await own.getByRole('button', { name: words.submit, exact: true }).click()
    await own.getByRole('button', { name: words.submit, exact: true }).waitFor({ state: 'detached' })
    await mustBeAccessible(page, 'content, clerk')
    await mustFit(page, 'content, clerk')

    await page.goto(`${site.base}/desk/tips`)
    await page
      .getByRole('button', { name: new RegExp(`^${words.open} `) })
      .first()
      .click()
    await page.getByLabel(words.answer, { exact: true }).fill('谢谢，已采纳。')
    await mustBeAccessible(page, 'tip')
    await page.getByRole('button', { name: words.send, exact: true }).click()
    await page.getByLabel(words.answer, { exact: true }).waitFor({ state: 'detached' })
    await page.goto(`${site.base}/desk/publicity`)
    await page.locator('.table').first().waitFor()
    await mustBeAccessible(page, 'publicity')
    await mustFit(page, 'publicity')

    const second = await openWindow(t, browser, view)
    await second.page.goto(`${site.base}/desk/content`)
    await signIn(second.page, reviewer.name, PASSWORD)
    const theirs = second.page.locator('article', { hasText: title })
    await theirs.locator('label.check input').check()
    await theirs.getByRole('button', { name: words.publish, exact: true }).click()
    await second.page.getByText(words.done, { exact: true }).waitFor()
    await mustBeAccessible(second.page, 'content, reviewer')
    await second.page.goto(`${site.base}/library/knowledge${view.language === 'en' ? '?lang=en' : ''}`)
    await second.page.getByRole('link', { name: title }).click()
    await second.page.locator('.prose strong').waitFor()
    assert.deepEqual([...faults, ...second.faults], [])
    assert.equal((await site.page('/tips/status', form({ code: 'x' }))).status, 422)
  })
}
