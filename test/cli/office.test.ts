import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { padTo, table, widthOf } from '#cli/table.ts'
import { openCli } from '#test/cli.ts'
import { nameOf, withOffice } from '#test/operations/office.ts'
import { commitment } from '#test/people.ts'

async function withCommands(t: TestContext, count: number) {
  const office = await withOffice(t, count)
  const { run } = await openCli(t, office.url)
  return { ...office, run }
}

test('columns align by what they take on a terminal', () => {
  assert.equal(widthOf('衡州 ab，'), 9)
  assert.equal(padTo('衡', 4), '衡  ')
  assert.equal(
    table([
      ['张三', 'x'],
      ['a', 'y'],
    ]),
    '张三  x\na     y\n',
  )
})

test('archive, look-ups: an officer with purpose and matter, the person at any instant, a court; others are refused', async (t) => {
  const office = await withCommands(t, 5)
  const { run } = office
  await office.person(0)
  const before = Temporal.Now.instant().toString()
  await office.send([{ ...commitment(0), decided: '2026-03-02' }])
  const { number } = commitment(0)
  const seen = await run(['archive', number, '--as', 'officer', '--purpose', 'approval', '--matter', '审〔2026〕9号'])
  assert.equal(seen.code, 0, seen.error)
  assert.match(seen.out, /承诺〔2026〕0号/)
  assert.match(seen.out, /展示中 · Shown/)
  assert.ok(!seen.out.includes(number))
  const piped = await run(
    ['archive', '-', '--as', 'officer', '--purpose', 'approval', '--matter', 'x', '--json'],
    `${number}\n`,
  )
  assert.equal(JSON.parse(piped.out).records.length, 1)
  assert.equal((await run(['archive', number, '--as', 'officer', '--purpose', 'approval'])).code, 1)
  assert.equal(
    (await run(['archive', number, '--as', 'officer', '--purpose', 'approval', '--matter', 'x', '--at', before])).code,
    1,
  )
  assert.equal((await run(['archive', number, '--as', 'clerk', '--purpose', 'approval', '--matter', 'x'])).code, 1)
  assert.equal((await run(['archive', number])).code, 2)
  assert.equal((await run(['archive', number, '--as', 'court', '--matter', 'x', '--at', 'yesterday'])).code, 2)
  const own = JSON.parse((await run(['archive', '--as', 'person-0', '--json'])).out)
  assert.deepEqual(own.records.map(({ state }: { state: string }) => state).toSorted(), ['shown', 'superseded'])
  const past = JSON.parse((await run(['archive', '--as', 'person-0', '--at', before, '--json'])).out)
  assert.equal(past.records.length, 1)
  const court = JSON.parse(
    (await run(['archive', number, '--as', 'court', '--matter', '民1', '--at', before, '--json'])).out,
  )
  assert.equal(court.records.length, 1)
  const log = await run(['look-ups', '--as', 'person-0'])
  assert.match(log.out, /审〔2026〕9号/)
  assert.match(log.out, /已拒绝 refused/)
  assert.equal((await run(['look-ups', '--as', 'officer'])).code, 1)
})

test('withdraw and erase; verify, ledger, keys and compact say so in words, as JSON and by exit code', async (t) => {
  const office = await withCommands(t, 8)
  const { run } = office
  const key = nameOf(1).naturalKey.join('|')
  const named = ['--item', 'commitment', '--key', key, '--reason', '报送有误']
  assert.equal((await run(['withdraw', commitment(1).number, '--as', 'officer', ...named])).code, 1)
  assert.equal((await run(['withdraw', commitment(1).number, '--as', 'clerk', ...named])).code, 0)
  const erasing = ['erase', commitment(1).number, '--as', 'admin', '--unit', 'demo-market', ...named]
  assert.equal((await run(erasing)).code, 2, 'an erasure is within a matter')
  const erased = await run([...erasing, '--matter', '删1', '--json'])
  assert.deepEqual([erased.code, JSON.parse(erased.out).erased], [0, 1], erased.error)

  const ledger = await run(['ledger', 'verify', '--sequence', '--json'])
  assert.deepEqual([ledger.code, JSON.parse(ledger.out).findings], [0, []], ledger.error)
  const note = await run(['ledger', 'checkpoint'])
  const file = join(tmpdir(), `xinheng-checkpoint-${process.pid}`)
  t.after(() => rm(file, { force: true }))
  await writeFile(file, note.out)
  const compared = await run(['ledger', 'verify', '--checkpoint', file])
  assert.deepEqual([compared.code, compared.out.includes(file)], [0, true], compared.error)
  await writeFile(file, note.out.replace(/\n\d+\n/, '\n999999\n'))
  assert.equal((await run(['ledger', 'verify', '--checkpoint', file])).code, 1)
  assert.equal((await run(['ledger', 'verify', '--checkpoint', `${file}.none`])).code, 2)
  assert.match(note.out, /^ledger-[0-9a-f]{12}\.xinheng\.invalid\n\d+\n/)
  const { size } = JSON.parse((await run(['ledger', 'checkpoint', '--json'])).out)
  assert.equal((await run(['ledger', 'checkpoint', '--since', String(size)])).code, 0)
  assert.equal((await run(['ledger', 'tile', `0/000.p/${size}`])).out.trim().split('\n').length, size)
  assert.equal((await run(['ledger', 'tile', '../x'])).code, 1)
  assert.match(
    JSON.parse((await run(['ledger', 'proof', 'submission', '1', '--as', 'clerk', '--json'])).out).row,
    /"table":"submission"/,
  )
  assert.equal((await run(['ledger', 'proof', 'submission', '1', '--as', 'court'])).code, 1)

  const sound = await run(['verify', '--json'])
  assert.deepEqual([sound.code, JSON.parse(sound.out).ok], [0, true], sound.out)
  const rotated = await run(['keys', 'rotate', '--json'])
  assert.deepEqual([rotated.code, JSON.parse(rotated.out).dropped], [0, [1]])
  assert.match((await run(['keys', 'list'])).out, /^2 {2}/m)
  assert.match((await run(['compact'])).out, /已整理 · Compacted/)
  assert.equal((await run(['ledger', 'verify'])).code, 0)

  await office.owner.query('grant delete on xinheng.record to xinheng_app')
  await office.owner.query(
    `update xinheng.record set decided = decided - 1 where octet_length(body) > 0 and nk = (select min(nk) from xinheng.record where octet_length(body) > 0)`,
  )
  const breached = await run(['verify', '--only', 'appendOnly'])
  assert.equal(breached.code, 1)
  assert.match(breached.out, /xinheng_app may DELETE record/)
  assert.equal((await run(['verify', '--only', 'nonsense'])).code, 2)
  const altered = await run(['ledger', 'verify'])
  assert.equal(altered.code, 1)
  assert.match(altered.out, /记录 record/)
})
