import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD, withApi } from '#test/api.ts'
import { DIST, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'

// An administrator drafts a change of the pack, finds what is wrong at its line, corrects and submits it; another approves.
// The handbooks are read by everybody, without script.

test('a pack is edited at the desk and approved by another person; everybody reads the handbook', async (t) => {
  const browser = await withBrowser(t)
  const api = await withApi(t, { web: DIST })
  const [author, second] = await Promise.all([api.as('admin', 'demo-development'), api.as('admin', 'demo-development')])
  for (const [at, view] of [VIEWS[0], VIEWS[3]].entries()) {
    if (!view) continue
    await t.test(nameOf(view), async (inner) => {
      const { page, faults } = await openWindow(inner, browser, view)
      const button = (zh: string, en: string, from = page) =>
        from.getByRole('button', { name: view.language === 'zh' ? zh : en, exact: true })
      const open = (file: string) => page.locator('.pack-files > ul button', { hasText: file }).click()
      await page.goto(`${api.base}/desk/packs`)
      await signIn(page, author.name, PASSWORD)
      await page.locator('.pack-layers').waitFor()
      await mustBeAccessible(page, 'the packs')
      await mustFit(page, 'the packs')
      await page.locator('details summary').first().click()
      await page.locator('main form button[type=submit]').click()
      await page.locator('.wrong').waitFor()
      await page.locator('main form input').fill(`志愿服务 ${at}`)
      await page.locator('main form button[type=submit]').click()
      await page.locator('.code-text').waitFor()
      await open('narrow.yaml')
      const narrow = await page.locator('.code-text').inputValue()
      const threshold = /refuseAbove: .*/
      await page.locator('.code-text').fill(narrow.replace(threshold, 'refuseAbove: 0.9'))
      await button('保存并检查', 'Save and check').click()
      await page.locator('.pack-problems .link').click()
      assert.equal(
        await page.evaluate(
          `(() => { const e = document.activeElement; return e.value.slice(e.selectionStart, e.selectionEnd) })()`,
        ),
        '    refuseAbove: 0.9',
        'the line that is wrong is chosen',
      )
      await mustBeAccessible(page, 'a draft that does not pass')
      await mustFit(page, 'a draft that does not pass')
      assert.ok(await button('提交', 'Submit').isDisabled())
      await page
        .locator('.code-text')
        .fill(narrow.replace(threshold, `refuseAbove: 0.${at + 1}5`.replace('0.25', '0.05')))
      await button('保存并检查', 'Save and check').click()
      await page.locator('.pack-problems').waitFor({ state: 'detached' })
      await open('pack.yaml')
      const pack = await page.locator('.code-text').inputValue()
      await page.locator('.code-text').fill(pack.replace(/version: .*/, `version: '2027.${at}'`))
      await button('保存并检查', 'Save and check').click()
      await page.locator('.pack-changes').first().waitFor()
      await button('开始试算', 'Start the dry run').click()
      await page.getByText(view.language === 'zh' ? '没有标记规则变化' : 'No flagging rule changes').waitFor()
      await mustBeAccessible(page, 'a sound draft')
      await button('提交', 'Submit').click()
      await page.getByText(view.language === 'zh' ? '起草人不能审批' : 'Who drafted it may not approve').waitFor()

      const other = await openWindow(inner, browser, view)
      await other.page.goto(`${api.base}/desk/packs`)
      await signIn(other.page, second.name, PASSWORD)
      await other.page.locator('.pack-draft button').first().click()
      await button('同意，到日生效', 'Approve', other.page).click()
      await other.page.locator('.step .digest').nth(1).waitFor()
      await mustBeAccessible(other.page, 'approved')
      await mustFit(other.page, 'approved')
      assert.deepEqual([...faults, ...other.faults], [])
    })
  }
  await t.test('the handbooks', async (inner) => {
    for (const view of [VIEWS[0], VIEWS[3]]) {
      if (!view) continue
      const { page, faults } = await openWindow(inner, browser, view)
      const lang = view.language === 'en' ? '?lang=en' : ''
      await page.goto(`${api.base}/library${lang}`)
      await page.locator('a[href^="/handbook"]').click()
      await page.locator('a[href^="/handbook/tianjin"]').click()
      assert.ok((await page.locator('.handbook-rule').count()) > 200)
      assert.ok((await page.locator('.handbook-rule .tag.warn').count()) > 20, 'what is unverified is marked')
      assert.equal(await page.locator('script').count(), 0)
      await mustFit(page, 'a handbook')
      await page.goto(`${api.base}/handbook/demo${lang}`)
      assert.deepEqual(faults, [])
      await page.goto(`${api.base}/handbook${lang}`)
      await mustBeAccessible(page, 'the handbooks')
      assert.equal((await fetch(`${api.base}/handbook/hunan`)).status, 404, 'not in use here')
    }
  })
})
