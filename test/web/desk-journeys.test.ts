import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD, withApi } from '#test/api.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'
import { DIST, mustBeAccessible, mustFit, nameOf, openWindow, signIn, VIEWS, withBrowser } from './browser.ts'
import { handName, handOf } from './hand.ts'

// Two journeys of the desk over the real server, from the queue that names the work to its end: access reviewed, and content
// published. At both sizes, in both languages; once by keyboard alone.

const WORDS = {
  zh: {
    queue: '我的待办',
    review: '复核',
    noMatter: '没有在办事项',
    kind: '类型',
    reason: '理由',
    save: '保存复核意见',
    saveIncident: '保存并登记事件',
    inOrder: '核实无误',
    incident: '登记为安全事件',
    missing: '请填写理由',
    done: '复核意见已保存',
    doneIncident: '事件已登记',
    toIncident: '打开安全事件',
    export: '导出',
    exported: /已导出 \d+ 行/,
    write: '写一篇',
    titleZh: '标题（中文）',
    titleEn: '标题（英文）',
    bodyZh: '正文（中文）',
    bodyEn: '正文（英文）',
    draft: '保存为稿件',
    submit: '送审',
    publish: '发布',
    published: '已发布',
  },
  en: {
    queue: 'To do',
    review: 'Review',
    noMatter: 'No live matter',
    kind: 'Kind',
    reason: 'Reason',
    save: 'Save the review',
    saveIncident: 'Save, and open the incident',
    inOrder: 'In order',
    incident: 'Open an incident',
    missing: 'Give a reason',
    done: 'The review is saved',
    doneIncident: 'the incident is open',
    toIncident: 'Open the incidents',
    export: 'Export',
    exported: /\d+ rows exported/,
    write: 'Write a text',
    titleZh: 'Title in Chinese',
    titleEn: 'Title in English',
    bodyZh: 'Text in Chinese',
    bodyEn: 'Text in English',
    draft: 'Save as a draft',
    submit: 'Submit',
    publish: 'Publish',
    published: 'Published',
  },
} as const

test('access reviewed; content published', async (t) => {
  const browser = await withBrowser(t)
  const api = await withApi(t, { web: DIST })
  const clerk = await api.as('clerk')
  const people = VIEWS.flatMap((_, at) => [commitment(700 + at * 2), commitment(701 + at * 2)])
  await clerk.call('intake', {
    query: { item: 'commitment' },
    body: commitmentFile(people),
    headers: { 'content-type': 'text/csv' },
  })
  for (const [at, view] of VIEWS.entries()) {
    const words = WORDS[view.language]
    await t.test(`${nameOf(view)}${handName(at)}: access reviewed`, async (inner) => {
      // two officers look up on a matter that nobody registered
      const officers = [await api.as('officer', 'demo-approval'), await api.as('officer', 'demo-approval')]
      for (const [index, officer] of officers.entries())
        await officer.call('lookUp', {
          body: { number: people[at * 2 + index]?.number ?? citizenNumber(), purpose: 'approval', matter: '没有登记' },
        })
      const auditor = await api.as('auditor')
      const { page, faults } = await openWindow(inner, browser, view)
      const { press, choose, type, select } = handOf(at, page)
      await page.goto(`${api.base}/desk`)
      await signIn(page, auditor.name, PASSWORD, handOf(at, page))
      await page.getByRole('heading', { level: 1, name: words.queue }).waitFor()
      await page.locator('.table tbody tr').first().waitFor()
      await mustBeAccessible(page, 'queue')
      await mustFit(page, 'queue')
      await press(page.locator('.table tbody a').first())
      await page.waitForURL('**/desk/unusual')

      // by kind: those on no matter; one is in order, and says why
      await page.locator('.table tbody tr').first().waitFor()
      const kind = page.getByLabel(words.kind, { exact: true })
      await select(kind, words.noMatter)
      const open = page.getByRole('button', { name: new RegExp(`^${words.review} `) })
      const waiting = await open.count()
      assert.ok(waiting >= 2, `${waiting} wait for a review`)
      await press(open.first())
      await press(page.getByRole('button', { name: words.save, exact: true }))
      await page.getByText(words.missing).waitFor()
      await mustBeAccessible(page, 'no reason given')
      await type(page.getByLabel(words.reason, { exact: true }), 'checked: on duty')
      await press(page.getByRole('button', { name: words.save, exact: true }))
      await page.getByText(words.done).waitFor()
      await mustBeAccessible(page, 'reviewed')

      // the next comes to an incident, which opens with it
      await press(open.first())
      await choose(page.locator('input[type=radio][value=incident]'))
      await type(page.getByLabel(words.reason, { exact: true }), 'no work belongs to it')
      await mustFit(page, 'review')
      await press(page.getByRole('button', { name: words.saveIncident, exact: true }))
      await page.getByText(words.doneIncident).waitFor()
      await open.nth(waiting - 2).waitFor({ state: 'detached' })
      assert.equal(await open.count(), waiting - 2, 'two fewer wait')

      // the table leaves as a file, on record
      const file = page.waitForEvent('download')
      await press(page.getByRole('button', { name: words.export, exact: true }))
      assert.match((await file).suggestedFilename(), /\.csv$/)
      await page.getByText(words.exported).waitFor()
      await press(page.getByRole('link', { name: words.toIncident }))
      await page.waitForURL('**/desk/incidents')
      await page.locator('main li.card').first().waitFor()
      await mustBeAccessible(page, 'incidents')
      const register = await auditor.call('exports')
      assert.equal(register.body.exports[0].table, 'unusual')
      assert.deepEqual(faults, [])
    })

    await t.test(`${nameOf(view)}${handName(at)}: content published`, async (inner) => {
      const writer = await api.as('clerk', 'demo-development')
      const reviewer = await api.as('reviewer', 'demo-development')
      const title = { zh: `旅程${at}`, en: `Journey ${at}` }
      const first = await openWindow(inner, browser, view)
      const by = handOf(at, first.page)
      await first.page.goto(`${api.base}/desk/content`)
      await signIn(first.page, writer.name, PASSWORD, by)
      await by.press(first.page.getByText(words.write, { exact: true }))
      const draft = first.page.locator('form').first()
      await by.type(draft.getByLabel(words.titleZh, { exact: true }), title.zh)
      await by.type(draft.getByLabel(words.titleEn, { exact: true }), title.en)
      await by.type(draft.getByLabel(words.bodyZh, { exact: true }), '正文')
      await by.type(draft.getByLabel(words.bodyEn, { exact: true }), 'Text')
      await by.press(draft.getByRole('button', { name: words.draft }))
      const own = first.page.locator('article', { hasText: title[view.language] })
      await by.press(own.getByRole('button', { name: words.submit, exact: true }))
      await own.getByRole('button', { name: words.submit, exact: true }).waitFor({ state: 'detached' })
      assert.equal(
        await own.getByRole('button', { name: words.publish, exact: true }).count(),
        0,
        'not by who wrote it',
      )
      await mustBeAccessible(first.page, 'submitted')
      const read = async () => (await fetch(`${api.base}/library/knowledge`)).text()
      assert.ok(!(await read()).includes(title.zh), 'nothing is public yet')

      // another finds it in their queue, reads it and publishes it; then the public reads it
      const second = await openWindow(inner, browser, view)
      const other = handOf(at, second.page)
      await second.page.goto(`${api.base}/desk`)
      await signIn(second.page, reviewer.name, PASSWORD, other)
      await other.press(second.page.getByRole('link', { name: title[view.language] }))
      await second.page.waitForURL('**/desk/content')
      const judged = second.page.locator('article', { hasText: title[view.language] })
      // that nobody is named in it is said before it is published
      await other.tick(judged.locator('label.check input'))
      await other.press(judged.getByRole('button', { name: words.publish, exact: true }))
      await judged.getByText(words.published, { exact: true }).waitFor()
      await mustBeAccessible(second.page, 'published')
      await mustFit(second.page, 'published')
      await second.page.goto(`${api.base}/library/knowledge${view.language === 'en' ? '?lang=en' : ''}`)
      await second.page.getByRole('link', { name: title[view.language] }).first().waitFor()
      await mustBeAccessible(second.page, 'the public page')
      assert.deepEqual([...first.faults, ...second.faults], [])
    })
  }
})
