import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { isRefusal, type RefusalCode } from '#domain/refusal.ts'
import { commitment, commitmentFile, commitmentValues, type CommitmentRow } from '#test/people.ts'
import {
  assertNoPersonalData,
  penalty,
  penaltyFile,
  withIntake,
  type Outcome,
  type Sending,
} from './sending.fixture.ts'

const rows = (from: number, count: number): CommitmentRow[] =>
  Array.from({ length: count }, (_, at) => commitment(from + at))
const counts = (outcome: Outcome) => {
  assert.ok(!isRefusal(outcome), JSON.stringify(outcome).slice(0, 500))
  const { status, new: fresh, versions, duplicates, refused } = outcome
  return { status, new: fresh, versions, duplicates, refused }
}
const codeOf = (outcome: Outcome): RefusalCode | undefined => (isRefusal(outcome) ? outcome.code : undefined)
const PENALTY: Sending = { item: 'penalty-person' }

// What goes wrong around a file: others at the same time, lines that break, workers and connections that die, files that are none.

test('one intake of an item and unit at a time; others run beside it', async (t) => {
  const intake = await withIntake(t, { workers: 3 })
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const file = Buffer.from(commitmentFile(rows(0, 3_000)))
  async function* slow() {
    yield file.subarray(0, 100_000)
    begun.resolve()
    await gate.promise
    yield file.subarray(100_000)
  }
  const first = intake.accept(slow())
  await begun.promise
  assert.equal(codeOf(await intake.send(file)), 'intake-busy')
  const [otherUnit, otherItem] = await Promise.all([
    intake.accept(commitmentFile(rows(0, 500)), { unit: 'demo-hr' }),
    intake.accept(penaltyFile([penalty(1)]), PENALTY),
  ])
  assert.deepEqual([otherUnit.new, otherItem.new], [500, 1])
  gate.resolve()
  assert.equal((await first).new, 3_000)
  assert.equal(counts(await intake.accept(file)).status, 'again')
  await intake.check()
})

test('new people who come in two files at once are on file once', async (t) => {
  const intake = await withIntake(t, { workers: 2 })
  const file = commitmentFile(rows(0, 3_000))
  const both = await Promise.all([intake.accept(file), intake.accept(file, { unit: 'demo-hr' })])
  assert.deepEqual(
    both.map((receipt) => receipt.new),
    [3_000, 3_000],
  )
  assert.equal((await intake.state()).subject, 3_000)
  await intake.check()
})

test('an upload that breaks off leaves nothing; the worker goes on, and what it remembered of the file is forgotten', async (t) => {
  const intake = await withIntake(t)
  const before = await intake.state()
  const named = (from: number, count: number) =>
    rows(from, count)
      .map((row) => JSON.stringify({ ...commitmentValues(row), SLDW: '从未登记的单位' }) + '\n')
      .join('')
  async function* broken() {
    yield Buffer.from(named(0, 12_000))
    yield Buffer.from(named(20_000, 10))
    throw new Error('the line broke')
  }
  await assert.rejects(intake.send(broken()), /the line broke/)
  assert.deepEqual(await intake.state(), before)
  // the same value again: its number of before was never on file
  assert.equal((await intake.accept(named(0, 100))).new, 100)
  await intake.check()
  assert.ok((await intake.state()).term > 0)
})

test('a file refused, or only tried, leaves no interned value that a later record leans on', async (t) => {
  const intake = await withIntake(t)
  const line = (index: number, change: object = {}) =>
    `${JSON.stringify({ ...commitmentValues(commitment(index)), SLDW: '临时单位', ...change })}\n`
  await intake.accept(line(1), { dryRun: true })
  await intake.accept(line(1))
  await intake.check()
  assert.equal(
    codeOf(await intake.send(line(2, { SLDW: '又一单位' }) + line(3, { XM: '' }).repeat(30))),
    'too-many-refused',
  )
  await intake.accept(line(4, { SLDW: '又一单位' }))
  await intake.check()
})

test('a worker that dies takes its file with it, and another takes its place', async (t) => {
  const intake = await withIntake(t)
  const workers = new Set<Worker>()
  const post = Worker.prototype.postMessage
  t.mock.method(Worker.prototype, 'postMessage', function (this: Worker, ...args: Parameters<typeof post>) {
    workers.add(this)
    return post.apply(this, args)
  })
  async function* deadly() {
    yield Buffer.from(commitmentFile(rows(0, 12_000)))
    await Promise.all([...workers].map((worker) => worker.terminate()))
    yield Buffer.from(commitmentFile(rows(12_000, 1_000)))
    yield Buffer.from('\n')
  }
  const before = await intake.state()
  await assert.rejects(intake.send(deadly()), /intake worker/)
  assert.deepEqual(await intake.state(), before)
  assert.equal((await intake.accept(commitmentFile(rows(0, 10)))).new, 10)
  await intake.check()
})

test('a database connection that is cut takes its file with it, and the next goes in', async (t) => {
  const intake = await withIntake(t)
  async function* cut() {
    yield Buffer.from(commitmentFile(rows(0, 12_000)))
    await intake.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'xinheng_app'`,
    )
    yield Buffer.from(commitmentFile(rows(12_000, 12_000)).split('\n').slice(1).join('\n'))
  }
  const before = await intake.state()
  // a connection that goes between two statements must not take the server with it
  const uncaught: Error[] = []
  const hear = (error: Error) => uncaught.push(error)
  process.on('uncaughtExceptionMonitor', hear)
  t.after(() => process.off('uncaughtExceptionMonitor', hear))
  await assert.rejects(intake.send(cut()))
  assert.deepEqual(await intake.state(), before)
  assert.equal((await intake.accept(commitmentFile(rows(0, 10)))).new, 10)
  assert.deepEqual(uncaught, [])
  await intake.check()
})

test('what is no file of rows is refused with its reason, and leaves a receipt', async (t) => {
  const intake = await withIntake(t)
  const header = commitmentFile([])
  const files: [string | Uint8Array, RefusalCode][] = [
    ['', 'empty-file'],
    [header, 'no-rows'],
    ['\n\n\n', 'empty-file'],
    ['甲,乙\n1,2\n', 'no-header'],
    [header.replace('ZJHM', 'XM') + '1,2,3,4,5,6,7\n', 'duplicate-column'],
    [header.replace('ZJHM', '别的') + '1,2,3,4,5,6,7\n', 'missing-column'],
    [Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'old-xls'],
    [Buffer.from('504b0304ffffffff', 'hex'), 'xlsx-unreadable'],
    [Buffer.from('%PDF-1.7 '), 'unknown-format'],
    ['[{"XM":1}]', 'bad-json'],
  ]
  for (const [file, code] of files) {
    const outcome = await intake.send(file)
    assert.equal(codeOf(outcome), code, String(file).slice(0, 40))
    assert.ok(isRefusal(outcome) && outcome.receipt?.submission)
  }
  const { record, subject, submission } = await intake.state()
  assert.deepEqual([record, subject, submission], [0, 0, files.length])
})

test('what stands in the place of column names is repeated only where rows show that they are names', async (t) => {
  const intake = await withIntake(t)
  const some = rows(0, 40)
  const [header = '', ...lines] = commitmentFile(some).split('\r\n')
  // the end of the header is lost: the first person stands among the names
  const merged = await intake.send(
    [`${header},YXQZ${lines[0]},`, ...lines.slice(1).map((line) => `${line},`)].join('\r\n'),
  )
  assert.ok(isRefusal(merged))
  assertNoPersonalData(JSON.stringify(merged), some)
  const broken = `{"${some[0]?.name}":1,"${some[0]?.number}":2,"XM":"x"}\n`
  const keys = await intake.accept(
    some
      .slice(1)
      .map((row) => `${JSON.stringify(commitmentValues(row))}\n`)
      .join('') + broken,
  )
  assert.deepEqual([keys.new, keys.ignored], [39, []])
  assertNoPersonalData(JSON.stringify(keys), some)
})

test('a single huge field is refused, in its row, and the rest is read', async (t) => {
  const intake = await withIntake(t)
  const lines = rows(0, 30).map((row) => JSON.stringify(commitmentValues(row)))
  lines[4] = JSON.stringify({ ...commitmentValues(commitment(4)), CNSX: '大'.repeat(3_000_000) })
  lines[7] = JSON.stringify({ ...commitmentValues(commitment(7)), CNSX: '大'.repeat(300_000) })
  const file = Buffer.from(`${lines.join('\n')}\n`)
  async function* pieces() {
    for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536)
  }
  const outcome = await intake.accept(pieces())
  assert.deepEqual(outcome.problems, [
    { row: 5, field: '', code: 'csv-too-long' },
    { row: 8, field: 'CNSX', code: 'field-too-long' },
  ])
  await intake.check()
})

test('a hundred thousand rows, a tenth of them wrong, in pieces of any size', async (t) => {
  const intake = await withIntake(t)
  const file = Buffer.from(
    commitmentFile(rows(0, 100_000).map((row, at) => (at % 10 === 3 ? { ...row, decided: '2026-02-30' } : row))),
  )
  async function* pieces() {
    for (let at = 0, size = 1; at < file.length; at += size, size = (size * 7 + 13) % 300_000)
      yield file.subarray(at, at + size)
  }
  let seen = 0
  const outcome = await intake.accept(pieces(), { onProgress: ({ rows: count }) => (seen = count) })
  assert.deepEqual(counts(outcome), { status: 'accepted', new: 90_000, versions: 0, duplicates: 0, refused: 10_000 })
  assert.equal(outcome.problems.length, 1_000)
  assert.ok(seen > 80_000)
  const { error } = await intake.state()
  assert.equal(error, 10_000)
  await intake.check()
})
