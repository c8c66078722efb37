import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { DEMO_PASSWORD, openDemoAccounts } from '#operations/demo/city.ts'
import { superviseDemo } from '#operations/demo/supervision.ts'
import { withApi } from '#test/api.ts'
import { DIST, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'

// Supervision in a real browser, over the real server: a clerk says what was done and corrects it, answers a decision; the
// office scores a unit, prepares a bulletin; a second person issues it, and it prints on paper.

const WORDS = {
  zh: {
    progress: '登记进展',
    save: '登记',
    done: '已完成',
    correct: '更正',
    answer: '登记落实情况',
    evaluate: '登记打分',
    prepare: '编制一期通报',
    draft: '编制',
    issued: '已签发',
    open: '查看',
    publish: '签发',
    text: '内容',
  },
  en: {
    progress: 'Record progress',
    save: 'Record',
    done: 'Done',
    correct: 'Correct',
    answer: 'Say what was done',
    evaluate: 'Record scores',
    prepare: 'Prepare a bulletin',
    draft: 'Prepare',
    issued: 'Issued',
    open: 'Open',
    publish: 'Issue',
    text: 'What there is to say',
  },
} as const

test('supervision: tasks, meetings, assessment, funds, training and the bulletin', async (t) => {
  const browser = await withBrowser(t)
  const api = await withApi(t, { web: DIST })
  assert.equal(await openDemoAccounts(api.system, api.owner), undefined)
  await superviseDemo(api.system, api.owner)

  for (const [at, view] of VIEWS.entries()) {
    await t.test(nameOf(view), async (inner) => {
      const words = WORDS[view.language]
      const as = async (name: string, path: string) => {
        const visit = await openWindow(inner, browser, view)
        await visit.page.goto(`${api.base}/desk/${path}`)
        await signIn(visit.page, name, DEMO_PASSWORD)
        return visit
      }
      // the whole way once in each language and at each size; the pages alone in the other two
      const whole = at === 0 || at === VIEWS.length - 1
      const look = async (page: Page, what: string) => {
        await mustFit(page, what)
        if (whole) await mustBeAccessible(page, what)
      }
      const button = (name: string) => ({ name, exact: true }) as const

      // the clerk: reminders, the task by keyboard, progress, and its correction
      const mine = await as('market-clerk', 'tasks')
      const { page } = mine
      await page.locator('.reminder-list li').first().waitFor()
      await look(page, 'tasks')
      if (!whole) {
        for (const path of ['conference', 'funds', 'training', 'assessment', 'bulletin']) {
          await page.goto(`${api.base}/desk/${path}`)
          await page.locator('.table, .meeting').first().waitFor()
          await look(page, path)
        }
        assert.deepEqual(mine.faults, [])
        return
      }
      const task = page.locator('.reminder-list button', {
        hasText: view.language === 'zh' ? '重错码率' : 'under 0.01',
      })
      await task.focus()
      await page.keyboard.press('Enter')
      await page.locator('#history').waitFor()
      await page.locator('summary', { hasText: words.progress }).click()
      await page.getByRole('button', button(words.save)).click()
      await page.locator('.field .wrong').first().waitFor()
      await look(page, 'progress without words')
      await page.getByLabel(words.text, { exact: true }).fill(`第${at}次核查完成`)
      await page.getByRole('button', button(words.save)).click()
      await page.locator('.case-step', { hasText: `第${at}次核查完成` }).waitFor()
      await page.locator('.case-step').first().locator('.link-button').click()
      await page.getByLabel(words.text, { exact: true }).fill(`第${at}次核查更正`)
      await page.getByRole('button', button(words.save)).click()
      await page.locator('.case-step.corrected', { hasText: `第${at}次核查完成` }).waitFor()
      await look(page, 'a task')

      // it answers what the conference decided
      await page.goto(`${api.base}/desk/conference`)
      await page.locator('.meeting').waitFor()
      await page.locator('summary', { hasText: words.answer }).first().click()
      await page.getByLabel(words.text, { exact: true }).fill(`第${at}月报告已交`)
      await page.getByRole('button', button(words.save)).click()
      await page.locator('.case-step', { hasText: `第${at}月报告已交` }).waitFor()
      await look(page, 'the conference')
      for (const path of ['funds', 'training', 'assessment']) {
        await page.goto(`${api.base}/desk/${path}`)
        await page.locator('.table').first().waitFor()
        await look(page, path)
      }

      // the office scores a unit by a sheet of the pack, line by line
      const office = await as('admin', 'assessment')
      const desk = office.page
      await desk.locator('summary', { hasText: words.evaluate }).click()
      await desk.locator('details[open] form select').first().selectOption('hz-inspection')
      await desk.locator('details[open] form select').nth(1).selectOption('demo-tax')
      for (const [line, points] of ['30', '20', '20', '18'].entries())
        await desk.locator('.sheet-lines input').nth(line).fill(points)
      assert.match(await desk.locator('form output').innerText(), /88/)
      await desk.getByRole('button', button(words.save)).click()
      await desk.locator('.note.good').waitFor()
      await look(desk, 'assessment of the office')

      // it prepares a bulletin; another issues it; it prints on paper
      await desk.goto(`${api.base}/desk/bulletin`)
      await desk.locator('.bulletin-table').first().waitFor()
      await desk.locator('summary', { hasText: words.prepare }).click()
      await desk.locator('textarea').fill(`第${at}期编者按`)
      await desk.getByRole('button', button(words.draft)).click()
      await desk.locator('.note.good').waitFor()
      await look(desk, 'the bulletin')
      const second = await as('development-reviewer', 'bulletin')
      const other = second.page
      await other.getByRole('button', button(words.issued)).click()
      await other.locator('.issue button').first().click()
      await other.locator('.bulletin').waitFor()
      await other.getByRole('button', button(words.publish)).click()
      await other.locator('.bulletin-number').waitFor()
      await other.locator('form, section.form-width').waitFor({ state: 'detached' })
      await look(other, 'an issued bulletin')
      assert.match(await other.locator('.bulletin').innerText(), new RegExp(`第${at}期编者按`))
      const paper = await other.pdf({ format: 'A4', preferCSSPageSize: true })
      const pages = paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
      assert.ok(pages >= 1 && pages <= 3, `${pages} pages`)
      assert.deepEqual([...mine.faults, ...office.faults, ...second.faults], [])
    })
  }
})
