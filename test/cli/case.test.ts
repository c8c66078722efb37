import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { findLogKey, openLedgerLog } from '#operations/ledger-log.ts'
import { createAccount } from '#operations/accounts.ts'
import { openCli } from '#test/cli.ts'
import { accepted, withOffice } from '#test/operations/office.ts'
import { commitment } from '#test/people.ts'

test('case list, show, start, step: from the objection to the correction, and its recall, with the version that counts, verified by the public key alone', async (t) => {
  const office = await withOffice(t, 2)
  const { run, folder } = await openCli(t, office.url)
  const { system, owner } = office
  const display = { zh: '复核员', en: 'Reviewer' }
  accepted(
    await createAccount(
      system,
      { actor: null, db: owner },
      { name: 'reviewer', display, password: 'test-password', unit: 'demo-market', roles: ['reviewer'] },
    ),
  )
  const { actor } = await office.person(0)
  const { rows } = await owner.query<{ name: string }>('select name from xinheng.account where num = $1', [actor])
  const me = rows[0]?.name ?? ''
  accepted(await office.lookUp(0))
  const [record] = accepted(await office.own(0)).records
  assert.ok(record)

  assert.match((await run(['case', '--help'])).out, /case step/)
  assert.match((await run(['case', 'step', '--help'])).out, /--after/)
  assert.equal((await run(['case', 'step', 'x', 'reject', '--as', 'reviewer'])).code, 2)
  assert.equal((await run(['case', 'show', 'x', '--as', 'reviewer'])).code, 1)
  assert.equal((await run(['case', 'list', '--as', 'nobody'])).code, 1)
  const start = ['case', 'start', 'objection', 'open', '--as', me, '--record', record.id]
  assert.equal((await run(start)).code, 1, 'an objection says why')
  const started = await run([...start, '--statement', '-', '--json'], '事项与事实不符\n')
  assert.equal(started.code, 0, started.error)
  const { case: id } = JSON.parse(started.out)
  const queue = await run(['case', 'list', '--as', 'reviewer', '--open'])
  assert.match(queue.out, new RegExp(`${id}.*已提出异议.*限期 due \\d{4}-\\d\\d-\\d\\d，逾期不答复自`))
  assert.ok(!queue.out.includes(commitment(0).number))
  const shown = await run(['case', 'show', id, '--as', 'reviewer'])
  assert.match(shown.out, /事项与事实不符[^]*可以办理 What may follow[^]*uphold-correct .*须填 needs reason fields/)
  assert.ok(!shown.out.includes(commitment(0).number))
  // the officer's unit does not answer for it
  assert.equal((await run(['case', 'show', id, '--as', 'officer'])).code, 1)
  const step = ['case', 'step', id, 'uphold-correct', '--as', 'reviewer', '--reason', '登记有误']
  assert.equal((await run([...step, '--after', '1', '--fields', 'CNSX'])).code, 2)
  const fields = '{"CNSX":"药品经营许可"}'
  assert.equal((await run([...step, '--after', '2', '--fields', fields])).code, 1, 'not the step that was seen')
  const done = await run([...step, '--after', '1', '--fields', fields])
  assert.equal(done.code, 0, done.error)
  assert.equal((await run(['case', 'list', '--as', 'reviewer', '--open'])).out, '没有案件 · No cases\n')
  assert.match((await run(['case', 'show', id, '--as', me])).out, /异议成立，记录已更正[^]*登记有误[^]*救济 Remedies/)

  await openLedgerLog(owner, office.keys)
  const told = await run(['recall', 'list', '--as', 'officer'])
  assert.match(told.out, /已更正 · Corrected.*改用第 2 版 use version 2.*限期 due/)
  const [recall] = JSON.parse((await run(['recall', 'list', '--as', 'officer', '--json'])).out).recalls
  const [file, key] = [join(folder, 'notice.txt'), join(folder, 'key.txt')]
  await writeFile(key, (await findLogKey(system.pool)) ?? '')
  await writeFile(file, recall.note)
  const genuine = await run(['recall', 'verify', file, '--key', key, '--json'])
  assert.equal(genuine.code, 0, genuine.error)
  const { genuine: good, kind, version, to, record: which } = JSON.parse(genuine.out)
  assert.deepEqual([good, kind, version, to, which], [true, 'superseded', '2', 'demo-approval', record.id])
  await writeFile(file, recall.note.replace('version 2', 'version 3'))
  assert.equal((await run(['recall', 'verify', file, '--key', key])).code, 1)
})

test('case start at the desk: a clerk notes a review of an own record, the number from standard input; not another’s, not twice, not what they may not', async (t) => {
  const office = await withOffice(t, 2)
  const { run } = await openCli(t, office.url)
  const { number, document } = commitment(0)
  const day = office.system.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const note = ['case', 'start', 'review', 'note', '--document', '复〔2026〕1号', '--day', day, '--key', `${document}|`]
  const as = (name: string, ...more: string[]) => [...note, '--as', name, ...more]
  const item = ['--item', 'commitment']
  assert.match((await run(['case', 'start', '--help'])).out, /--item CODE/)
  assert.match((await run(as('clerk', ...item), '123\n')).error, /18/, 'no such number')
  assert.equal((await run(as('officer', ...item), `${number}\n`)).code, 1, 'another unit has no such record')
  assert.equal((await run(as('clerk'), `${number}\n`)).code, 1, 'a review is of a record')
  assert.equal((await run(['case', 'start', 'objection', 'open', '--as', 'clerk'], `${number}\n`)).code, 1)
  const begun = await run(as('clerk', ...item, '--json'), `${number}\n`)
  assert.equal(begun.code, 0, begun.error)
  assert.ok(!begun.out.includes(number) && !begun.error.includes(number))
  const { case: id } = JSON.parse(begun.out)
  assert.match((await run(as('clerk', ...item), `${number}\n`)).error, /已有|already/i, 'one at a time')
  assert.match((await run(['case', 'list', '--as', 'clerk', '--open'])).out, new RegExp(`${id}.*行政复议`))
  const [own] = accepted(await office.own(0)).records
  assert.equal(own?.marks?.[0]?.machine, 'review', 'the mark stands beside the record at once')
  const shown = await run(['case', 'show', id, '--as', 'clerk'])
  assert.match(shown.out, /复〔2026〕1号/)
  assert.ok(!shown.out.includes(number))
})
