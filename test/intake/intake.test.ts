import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeCitizenNumber } from '#domain/identity/synthetic.ts'
import { isRefusal, type RefusalCode } from '#domain/refusal.ts'
import { writeTable, type DemoFormat } from '#operations/demo/formats.ts'
import { citizenNumber, commitment, commitmentFile, commitmentValues, type CommitmentRow } from '#test/people.ts'
import {
  assertNoPersonalData,
  penalty,
  PENALTY_COLUMNS,
  penaltyCells,
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

async function write(
  table: { header: readonly string[]; rows: readonly (readonly string[])[] },
  format: DemoFormat,
): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'xinheng-format-'))
  try {
    await writeTable(join(dir, 'file'), table, format)
    return await readFile(join(dir, 'file'))
  } finally {
    await rm(dir, { recursive: true })
  }
}

test('the same rows in every form are the same records', async (t) => {
  const intake = await withIntake(t)
  const some = Array.from({ length: 50 }, (_, at) => penalty(at))
  const table = { header: [...PENALTY_COLUMNS], rows: some.map(penaltyCells) }
  const first = await intake.accept(await write(table, 'csv'), PENALTY)
  assert.deepEqual(counts(first), { status: 'accepted', new: 50, versions: 0, duplicates: 0, refused: 0 })
  const { digest } = await intake.state()
  for (const format of ['csv-bom', 'csv-gb18030', 'tsv', 'ndjson', 'xlsx'] as const) {
    const outcome = await intake.accept(await write(table, format), PENALTY)
    assert.deepEqual([format, outcome.duplicates, outcome.new, outcome.versions], [format, 50, 0, 0])
    assert.equal((await intake.state()).digest, digest)
  }
  await intake.check()
})

test('columns in any order and by any name, extra ones ignored and named, an optional one missing', async (t) => {
  const intake = await withIntake(t)
  const row = penaltyCells(penalty(1))
  await intake.accept([PENALTY_COLUMNS, row].map((cells) => `${cells.join(',')}\n`).join(''), PENALTY)
  const { digest } = await intake.state()
  const reversed = [[...PENALTY_COLUMNS, '内部流水'].toReversed(), [...row, '77'].toReversed()]
  const outcome = await intake.accept(reversed.map((cells) => `${cells.join('\t')}\r\n`).join(''), PENALTY)
  assert.deepEqual([outcome.duplicates, outcome.ignored], [1, ['内部流水']])
  assert.equal((await intake.state()).digest, digest)
  // without the facts it is another content of the same record
  const at = PENALTY_COLUMNS.indexOf('CF_SY')
  const without = [PENALTY_COLUMNS, row]
    .map((cells) => `${cells.filter((_, column) => column !== at).join(',')}\n`)
    .join('')
  assert.equal((await intake.accept(without, PENALTY)).versions, 1)
  await intake.check()
})

test('the list of refused rows: row, field and code, in order, complete, and without what stood there', async (t) => {
  const intake = await withIntake(t)
  const bad: [number, Partial<CommitmentRow>, string, RefusalCode][] = [
    [3, { number: '990101199003070012' }, 'ZJHM', 'id-check-digit'],
    [7, { name: '' }, 'XM', 'field-empty'],
    [11, { decided: '2027-01-01' }, 'CNRQ', 'date-in-future'],
    [18, { decided: '2020-05-05' }, 'CNRQ', 'item-not-in-force'],
    [25, { document: `${'长'.repeat(128)}号` }, 'CNBH', 'field-too-long'],
  ]
  const all = rows(0, 40)
  for (const [row, change] of bad) all[row - 1] = { ...commitment(row - 1), ...change }
  const outcome = await intake.accept(commitmentFile(all))
  const expected = bad.map(([row, , field, code]) => ({ row, field, code }))
  assert.deepEqual(outcome.problems, expected)
  assert.deepEqual([outcome.new, outcome.refused, outcome.rows], [35, 5, 40])
  const { rows: kept } = await intake.owner.query(
    'select row, field, code from xinheng.submission_error where submission = $1 order by row',
    [outcome.submission],
  )
  assert.deepEqual(kept, expected)
  assertNoPersonalData(JSON.stringify([outcome, kept]), all)
  await intake.check()
})

test('above the threshold the file is refused whole: a receipt and its error list stay, nothing else', async (t) => {
  const intake = await withIntake(t)
  const all = rows(0, 100).map((row, at) => (at % 4 === 0 ? { ...row, number: row.number.slice(0, 17) } : row))
  const outcome = await intake.send(commitmentFile(all))
  assert.ok(isRefusal(outcome) && outcome.code === 'too-many-refused')
  assert.deepEqual([outcome.receipt?.refused, outcome.receipt?.new, outcome.receipt?.rows], [25, 0, 100])
  const state = await intake.state()
  assert.deepEqual([state.record, state.subject, state.term, state.submission, state.error], [0, 0, 0, 1, 25])
  const { rows: kept } = await intake.owner.query(
    'select num, accepted, refusal, read_rows, new_rows, refused_rows from xinheng.submission',
  )
  assert.deepEqual(kept, [
    {
      num: outcome.receipt?.submission,
      accepted: false,
      refusal: 'too-many-refused',
      read_rows: 100,
      new_rows: 0,
      refused_rows: 25,
    },
  ])
  assertNoPersonalData(JSON.stringify([outcome, kept]), all)
  // once put right it goes in, under the key of before too
  assert.equal((await intake.accept(commitmentFile(rows(0, 100)))).new, 100)
  await intake.check()
})

test('exactly at the threshold the file is taken, one more row and it is not', async (t) => {
  const intake = await withIntake(t)
  const file = (wrong: number) =>
    commitmentFile(rows(0, 100).map((row, at) => (at < wrong ? { ...row, name: '' } : row)))
  assert.equal(codeOf(await intake.send(file(21))), 'too-many-refused')
  assert.equal((await intake.accept(file(20))).refused, 20)
})

test('a file refused whole keeps its first ten thousand problems, and shows a thousand', async (t) => {
  const intake = await withIntake(t)
  const outcome = await intake.send(commitmentFile(rows(0, 12_000).map((row) => ({ ...row, number: '1' }))))
  assert.ok(isRefusal(outcome) && outcome.code === 'too-many-refused')
  assert.equal(outcome.receipt?.problems.length, 1_000)
  assert.equal(outcome.receipt?.refused, 12_000)
  assert.equal((await intake.state()).error, 10_000)
})

test('the same key twice changes nothing; with other content it is refused; without a key the bytes are the key', async (t) => {
  const intake = await withIntake(t)
  const file = commitmentFile(rows(0, 30))
  const first = await intake.accept(file, { key: 'monday' })
  const before = await intake.state()
  const again = await intake.accept(file, { key: 'monday' })
  assert.deepEqual(counts(again), { ...counts(first), status: 'again' })
  assert.deepEqual([again.submission, again.at, again.rows], [first.submission, first.at, 30])
  assert.equal(codeOf(await intake.send(commitmentFile(rows(0, 31)), { key: 'monday' })), 'key-reused')
  assert.deepEqual(await intake.state(), before)

  const other = await intake.accept(commitmentFile(rows(100, 5)))
  assert.match(other.key, /^sha256:[0-9a-f]{64}$/)
  const between = await intake.state()
  assert.equal(counts(await intake.accept(commitmentFile(rows(100, 5)))).status, 'again')
  assert.deepEqual(await intake.state(), between)
  // another unit's key is another key
  assert.equal(counts(await intake.accept(file, { key: 'monday', unit: 'demo-hr' })).status, 'accepted')
  await intake.check()
})

test('a correction is a version, and so is the way back, once it is said to be meant', async (t) => {
  const intake = await withIntake(t)
  const was = commitmentFile(rows(0, 3))
  await intake.accept(was)
  const corrected = commitmentFile([{ ...commitment(0), decided: '2026-03-02' }, commitment(1), commitment(2)])
  assert.deepEqual(counts(await intake.accept(corrected)), {
    status: 'accepted',
    new: 0,
    versions: 1,
    duplicates: 2,
    refused: 0,
  })
  assert.equal(counts(await intake.accept(was)).status, 'again', 'the bytes of before, without a key')
  assert.equal(counts(await intake.accept(was, { key: 'back' })).versions, 1)
  const { rows: versions } = await intake.owner.query<{ versions: string[] }>(
    `select array_agg(nk & 1023 order by nk)::text[] versions from xinheng.record group by subject, nk >> 10 order by count(*) desc limit 1`,
  )
  assert.deepEqual(versions[0]?.versions, ['0', '1', '2'])
  assert.equal(counts(await intake.accept(was, { key: 'and again' })).duplicates, 3)
  await intake.check()
})

test('a record has at most 1024 versions; then the row is refused', async (t) => {
  const intake = await withIntake(t)
  await intake.accept(commitmentFile(rows(0, 1)))
  await intake.owner.query(`insert into xinheng.record (subject, nk, mac, submission, decided, item, unit, body, sealed)
    select subject, nk | 1023, mac, submission, decided, item, unit, body, sealed from xinheng.record`)
  const outcome = await intake.send(commitmentFile([{ ...commitment(0), decided: '2026-03-02' }]))
  assert.ok(isRefusal(outcome))
  assert.deepEqual(outcome.receipt?.problems, [{ row: 1, field: '', code: 'too-many-versions' }])
})

test('duplicates and contradictions within a file, next to each other and ten thousand rows apart', async (t) => {
  const intake = await withIntake(t)
  const all = rows(0, 25_000)
  all[1] = commitment(0)
  all[10] = { ...commitment(9), decided: '2026-04-01' }
  all[15_000] = commitment(20)
  all[16_000] = { ...commitment(21), decided: '2026-04-01' }
  all[17_000] = { ...commitment(17_000), number: commitment(22).number, name: '别人' }
  const outcome = await intake.accept(commitmentFile(all))
  assert.deepEqual(counts(outcome), { status: 'accepted', new: 24_995, versions: 0, duplicates: 2, refused: 3 })
  assert.deepEqual(outcome.problems, [
    { row: 11, field: '', code: 'conflicting-rows' },
    { row: 16_001, field: '', code: 'conflicting-rows' },
    { row: 17_001, field: 'XM', code: 'name-differs' },
  ])
  await intake.check()
})

test('a number on file under another name is refused, in the chunk it is in and in every later one', async (t) => {
  const intake = await withIntake(t)
  await intake.accept(commitmentFile([commitment(0)]))
  const misnamed = { ...commitment(50_000), number: commitment(0).number, name: '李别人' }
  const all = rows(1, 12_000)
  all[100] = misnamed
  all[11_500] = { ...misnamed, document: '另一份' }
  const outcome = await intake.accept(
    commitmentFile(all.filter(({ number, name }) => number !== commitment(0).number || name === '李别人')),
  )
  assert.deepEqual(
    outcome.problems.map(({ field, code }) => `${field} ${code}`),
    ['XM name-differs', 'XM name-differs'],
  )
  assert.ok(!(await intake.identities()).some(({ name }) => name === '李别人'))
  assertNoPersonalData(JSON.stringify(outcome), [misnamed, commitment(0)])
  await intake.check()
})

test('a dry run counts what the real run does, and leaves nothing at all', async (t) => {
  const intake = await withIntake(t)
  await intake.accept(commitmentFile(rows(0, 20)))
  const before = await intake.state()
  const all = [
    ...rows(10, 40),
    { ...commitment(0), decided: '2026-03-02' },
    { ...commitment(60), number: '12' },
    commitment(12),
    { ...commitment(71), number: commitment(1).number, name: '别人' },
    { ...commitment(72), number: commitment(30).number, name: '别人' },
    { ...commitment(31), decided: '2026-03-03' },
  ]
  const values = all.map((row) => ({ ...commitmentValues(row), SLDW: '只在试算中出现的单位' }))
  const file = values.map((value) => `${JSON.stringify(value)}\n`).join('')
  const dry = await intake.accept(file, { dryRun: true })
  assert.equal(dry.status, 'dry-run')
  assert.deepEqual(await intake.state(), before)
  const real = await intake.accept(file)
  assert.deepEqual({ ...counts(real), status: 'dry-run' }, counts(dry))
  assert.deepEqual(real.problems, dry.problems)
  const codes = dry.problems.map(({ code }) => code)
  assert.deepEqual(codes, ['id-length', 'name-differs', 'name-differs', 'conflicting-rows'])
  assert.deepEqual([real.submission === null, dry.submission, dry.at], [false, null, ''])
  await intake.check()
  const refused = await intake.send(commitmentFile(rows(0, 30).map((row) => ({ ...row, name: '' }))), { dryRun: true })
  assert.equal(codeOf(refused), 'too-many-refused')
  assert.equal((await intake.state()).submission, 2)
})

test('bulk equals single: records one by one are, byte for byte, those of the file', async (t) => {
  const bulk = await withIntake(t)
  const single = await withIntake(t)
  const some = Array.from({ length: 12 }, (_, at) => penalty(at, at % 3 === 0 ? { facts: '' } : {}))
  await bulk.accept(penaltyFile(some), PENALTY)
  for (const row of some) {
    const line = JSON.stringify(Object.fromEntries(penaltyCells(row).map((cell, at) => [PENALTY_COLUMNS[at], cell])))
    assert.equal((await single.accept(`${line}\n`, { ...PENALTY, contentType: 'application/x-ndjson' })).new, 1)
  }
  const bare = (all: Awaited<ReturnType<typeof bulk.records>>) => all.map((row) => ({ ...row, submission: 0 }))
  assert.deepEqual(bare(await single.records()), bare(await bulk.records()))
  await single.check()
})

test('G1: no item, no unit, no entitlement, no law on that day: nothing is taken in', async (t) => {
  const intake = await withIntake(t)
  assert.equal(codeOf(await intake.send('x', { item: 'nothing' })), 'unknown-item')
  assert.equal(codeOf(await intake.send('x', { unit: 'nobody' })), 'unknown-unit')
  assert.equal(
    codeOf(await intake.send(penaltyFile([penalty(1)]), { ...PENALTY, unit: 'demo-youth' })),
    'unit-not-entitled',
  )
  const wrong = await intake.send(
    penaltyFile([penalty(1, { decided: '2020-12-31' }), penalty(2, { document: '' })]),
    PENALTY,
  )
  assert.ok(isRefusal(wrong))
  assert.deepEqual(wrong.receipt?.problems, [
    { row: 1, field: 'CF_JDRQ', code: 'item-not-in-force' },
    { row: 2, field: 'CF_WSH', code: 'field-empty' },
  ])
  const { record, subject } = await intake.state()
  assert.deepEqual([record, subject], [0, 0])
})

test('G2: nobody comes in before the day after the 18th birthday, by the day', async (t) => {
  const intake = await withIntake(t)
  const born = (birth: string) => makeCitizenNumber({ division: '990101', birth, sequence: 12 })
  const all = [
    penalty(1, { number: born('2008-02-28') }),
    penalty(2, { number: born('2008-03-01') }),
    penalty(3, { number: born('2008-02-29') }),
    penalty(4, { number: born('2004-02-29'), decided: '2022-02-28' }),
  ]
  const outcome = await intake.accept(penaltyFile(all), PENALTY)
  assert.deepEqual(
    [outcome.new, outcome.problems],
    [
      2,
      [
        { row: 2, field: 'CF_XDR_ZJHM', code: 'minor' },
        { row: 4, field: 'CF_XDR_ZJHM', code: 'minor' },
      ],
    ],
  )
  assert.deepEqual(
    (await intake.identities()).map(({ number }) => number).toSorted(),
    [born('2008-02-28'), born('2008-02-29')].toSorted(),
  )
})

test('a record that was erased may be reported again: it stays erased, and the file goes in', async (t) => {
  const intake = await withIntake(t)
  await intake.accept(commitmentFile(rows(0, 3)))
  const { rows: found } = await intake.owner.query<{ subject: string; nk: string }>(
    'select subject, nk::text from xinheng.record limit 1',
  )
  const { subject = '', nk = '' } = found[0] ?? {}
  await intake.owner.query(`update xinheng.record set body = '', sealed = '' where subject = $1 and nk = $2`, [
    subject,
    nk,
  ])
  await intake.owner.query(
    `insert into xinheng.action (subject, nk, actor, unit, pack, kind, sealed) values ($1, $2, $3, 1, 1, 'erase', '')
     returning xinheng.recall(subject, nk, 'erased', num)`,
    [subject, nk, intake.actor],
  )
  const outcome = await intake.accept(commitmentFile(rows(0, 3).map((row) => ({ ...row, decided: '2026-03-05' }))))
  assert.deepEqual(counts(outcome), { status: 'accepted', new: 0, versions: 3, duplicates: 0, refused: 0 })
})

test('two records of one person that share the hash of their natural key are never made versions of one another', async (t) => {
  const intake = await withIntake(t)
  const one = penalty(1)
  await intake.accept(penaltyFile([one]), PENALTY)
  const other = penalty(2, { number: one.number, name: one.name })
  const probe = await withIntake(t)
  await probe.accept(penaltyFile([other]), PENALTY)
  const { rows: hash } = await probe.owner.query<{ nk: string }>('select nk::text from xinheng.record')
  await intake.owner.query('update xinheng.record set nk = $1::bigint', [hash[0]?.nk])
  const before = await intake.state()
  await assert.rejects(intake.send(penaltyFile([other]), PENALTY), /share a natural key hash/)
  assert.deepEqual(await intake.state(), before)
})

test('a citizen number is one subject, whoever reports it and however it is written', async (t) => {
  const intake = await withIntake(t)
  const number = citizenNumber(17)
  const wide = [...number].map((digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join('')
  await intake.accept(commitmentFile([{ ...commitment(17), number }]))
  await intake.accept(commitmentFile([{ ...commitment(17), number: ` ${wide} `, document: '另一份' }]), {
    unit: 'demo-hr',
  })
  assert.deepEqual(
    (await intake.identities()).map((one) => one.number),
    [number],
  )
})

test('B2: another spelling of a document number is the same document, not a new record with a new clock', async (t) => {
  const { accept, records } = await withIntake(t)
  const first = penalty(1, { document: '衡市监罚〔2026〕1001号' })
  await accept(penaltyFile([first]), PENALTY)
  const spellings = [
    '衡市监罚(2026)1001号',
    '衡市监罚［２０２６］1001号',
    '衡市监罚 〔2026〕 1001 号',
    '衡市监罚〔2026〕1001\u200b号',
  ]
  for (const document of spellings) {
    const outcome = await accept(penaltyFile([{ ...first, document, decided: '2026-06-01' }]), PENALTY)
    assert.deepEqual([outcome.new, outcome.versions], [0, 1], document)
  }
  const all = await records()
  assert.equal(new Set(all.map(({ nk }) => BigInt.asUintN(64, BigInt(nk)) >> 10n)).size, 1)
})

test('B8: a citizen number in a field that is stored in clear is refused, whatever stands around it', async (t) => {
  const { send } = await withIntake(t)
  const hidden = penalty(2, { document: `衡市监罚${citizenNumber(7)}号` })
  const outcome = await send(penaltyFile([penalty(1), hidden]), PENALTY)
  assert.ok(!isRefusal(outcome))
  assert.deepEqual(outcome.problems, [{ row: 2, field: 'CF_WSH', code: 'field-personal-number' }])
})
