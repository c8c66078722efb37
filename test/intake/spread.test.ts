import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { Worker } from 'node:worker_threads'
import { isRefusal } from '#domain/refusal.ts'
import { encodeGb } from '#operations/demo/gb18030.ts'
import { commitment, commitmentFile, type CommitmentRow } from '#test/people.ts'
import { withIntake, type Intake, type Sending } from './sending.fixture.ts'

// A long, plain file is read by two workers. Nobody can tell: what one worker makes of a file, two make of it, row by row.

const rows = (from: number, count: number): CommitmentRow[] =>
  Array.from({ length: count }, (_, at) => ({ ...commitment(from + at), decided: '2026-06-29' }))

/** Who was sent what: segments begin and end between rows, so that two workers are at work. */
function watch(t: TestContext) {
  const post = Worker.prototype.postMessage
  const sent = new Map<Worker, number>()
  let helped = Promise.withResolvers<void>()
  t.mock.method(Worker.prototype, 'postMessage', function (this: Worker, ...args: Parameters<typeof post>) {
    const [message] = args as [{ type: string; start?: { from?: object } }]
    if (message.type === 'data') sent.set(this, (sent.get(this) ?? 0) + 1)
    if (message.start?.from) helped.resolve()
    return post.apply(this, args)
  })
  return {
    begin() {
      sent.clear()
      helped = Promise.withResolvers<void>()
    },
    untilHelped: () => helped.promise,
    workers: () => sent.size,
  }
}

/** The file in pieces of many sizes; the second half waits until `ready`. */
async function* pieces(bytes: Uint8Array, ready?: () => Promise<void>): AsyncGenerator<Uint8Array> {
  let at = 0
  for (let size = 1; at < bytes.length; size = (size * 7 + 5) % 40_009) {
    if (ready && at > bytes.length / 2) await ready()
    yield bytes.slice(at, at + size + 1)
    at += size + 1
  }
}

async function outcomeOf(intake: Intake, source: AsyncIterable<Uint8Array>, of: Sending = {}) {
  const outcome = await intake.send(source, of)
  const receipt = isRefusal(outcome) ? outcome.receipt : outcome
  assert.ok(receipt)
  const { rows: errors } = await intake.owner.query(
    'select row, field, code from xinheng.submission_error where submission = $1 order by ctid',
    [receipt.submission],
  )
  const { submission: _, at: __, ...rest } = receipt
  // each worker has numbers of its own for the values that repeat
  const { term: ___, ...state } = await intake.state()
  return { code: isRefusal(outcome) ? outcome.code : undefined, ...rest, errors, state }
}

/** Takes a file in with one worker and with two, and fails where anything differs. `helps`: two are at work. */
async function openBoth(t: TestContext) {
  const [one, two] = [await withIntake(t), await withIntake(t, { workers: 2 })]
  Object.assign(two.system.workers, { segmentBytes: 20_000 })
  const watched = watch(t)
  return {
    check: () => Promise.all([one.check(), two.check()]),
    async take(file: string | Uint8Array, { helps = true, ...of }: Sending & { helps?: boolean } = {}) {
      const bytes = typeof file === 'string' ? Buffer.from(file) : file
      const alone = await outcomeOf(one, pieces(bytes), of)
      watched.begin()
      const spread = await outcomeOf(two, pieces(bytes, helps ? watched.untilHelped : undefined), of)
      assert.deepEqual(spread, alone)
      assert.equal(watched.workers(), helps ? 2 : 1)
      return spread
    },
  }
}

const BOM = '\ufeff'

test('duplicates, contradictions, broken, blank and refused rows, segments apart', { timeout: 120_000 }, async (t) => {
  const both = await openBoth(t)
  const all = rows(0, 6_000)
  all[1] = all[0]!
  all[10] = { ...commitment(9), decided: '2026-06-28' }
  all[3_000] = all[20]!
  all[3_001] = { ...commitment(21), decided: '2026-06-28' }
  // the name that comes first is the person's, in whichever segment: this one is not, and the next is again
  all[3_500] = { ...all[3_500]!, number: commitment(22).number, name: '别人' }
  all[5_990] = { ...all[5_990]!, number: commitment(22).number, name: commitment(22).name }
  all[5_991] = { ...all[5_991]!, number: commitment(22).number, name: '别人' }
  for (const at of [7, 2_222, 4_444, 5_999]) all[at] = { ...all[at]!, number: '990101199003070012' }
  // decided long ago: late, as far as they are new
  for (const at of [100, 4_000]) all[at] = { ...all[at]!, decided: '2025-09-01' }
  const lines = commitmentFile(all).split('\r\n')
  lines.splice(2_500, 0, '', 'a,b', '')
  lines.splice(5_500, 0, 'a,b,c,d,e,f,g,h', '')
  const first = await both.take(BOM + lines.join('\r\n'))
  assert.deepEqual([first.rows, first.duplicates, first.refused, first.late], [6_002, 2, 10, 2])
  assert.deepEqual(
    first.errors.map(({ row, code }: { row: number; code: string }) => `${row} ${code}`),
    [
      '8 id-check-digit',
      '11 conflicting-rows',
      '2223 id-check-digit',
      '2501 csv-columns',
      '3005 conflicting-rows',
      '3504 name-differs',
      '4448 id-check-digit',
      '5500 csv-columns',
      '5997 name-differs',
      '6005 id-check-digit',
    ],
  )
  // the same rows again, with others among them and without an end: none of those is late a second time
  const others = all.slice(0, 5_000).filter(({ decided }) => decided !== '2026-06-28')
  const again = await both.take(`${BOM}${commitmentFile([...others, ...rows(6_000, 500)]).trimEnd()}`)
  assert.deepEqual([again.new, again.late], [500, 0])
  await both.check()
})

test(
  'quotes in a late segment, over several lines: one worker gets all that follows',
  { timeout: 120_000 },
  async (t) => {
    const both = await openBoth(t)
    const lines = commitmentFile(rows(0, 5_000)).split('\r\n')
    lines[4_000] = lines[4_000]!.replace('食品经营许可', '"食品\r\n经营""许可"')
    lines[4_500] = lines[4_500]!.replace('食品经营许可', '"食品经营许可')
    const outcome = await both.take(BOM + lines.join('\r\n'))
    assert.deepEqual([outcome.rows, outcome.new, outcome.refused], [5_000, 4_999, 1])
    // a quote at once: one worker, as ever
    lines[1] = lines[1]!.replace('食品经营许可', '"食品经营许可"')
    await both.take(BOM + lines.join('\n'), { helps: false })
    await both.check()
  },
)

test('GB18030 without a mark, told from its first megabyte; line ends that are no line feeds', async (t) => {
  const both = await openBoth(t)
  await both.take(encodeGb(commitmentFile(rows(0, 25_000))))
  await both.take(BOM + commitmentFile(rows(30_000, 2_000)).replaceAll('\r\n', '\r'), { helps: false })
  await both.check()
})

test('a threshold crossed in another segment, and a dry run', { timeout: 120_000 }, async (t) => {
  const both = await openBoth(t)
  const all = rows(0, 6_000).map((row, at) => (at > 3_000 ? { ...row, name: '' } : row))
  const refused = await both.take(BOM + commitmentFile(all))
  assert.deepEqual([refused.code, refused.new, refused.refused], ['too-many-refused', 0, 2_999])
  const dry = await both.take(BOM + commitmentFile(rows(0, 6_000)), { dryRun: true })
  assert.deepEqual([dry.new, dry.state.record], [6_000, 0])
  await both.check()
})

test('a second worker that dies takes the file with it, and the next file goes in', { timeout: 120_000 }, async (t) => {
  const intake = await withIntake(t, { workers: 2 })
  Object.assign(intake.system.workers, { segmentBytes: 20_000 })
  const post = Worker.prototype.postMessage
  const helped = Promise.withResolvers<Worker>()
  t.mock.method(Worker.prototype, 'postMessage', function (this: Worker, ...args: Parameters<typeof post>) {
    if ((args[0] as { start?: { from?: object } }).start?.from) helped.resolve(this)
    return post.apply(this, args)
  })
  const file = Buffer.from(BOM + commitmentFile(rows(0, 6_000)))
  const before = await intake.state()
  const deadly = pieces(file, async () => void (await (await helped.promise).terminate()))
  await assert.rejects(intake.send(deadly), /intake worker/)
  assert.deepEqual(await intake.state(), before)
  assert.equal((await intake.accept(pieces(file))).new, 6_000)
  await intake.check()
})
