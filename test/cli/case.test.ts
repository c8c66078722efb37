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
