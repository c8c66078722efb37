import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { withApi, type Client } from '#test/api.ts'
import { citizenNumber, commitment, commitmentFile, commitmentValues } from '#test/people.ts'

const rows = (from: number, count: number) => Array.from({ length: count }, (_, at) => commitment(from + at))

async function send(
  client: Client,
  file: string | ReadableStream,
  query: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const search = new URLSearchParams({ item: 'commitment', ...query })
  const response = await client.fetch(`/api/v1/intake?${search}`, {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'text/csv', ...headers },
    ...(typeof file === 'string' ? {} : { duplex: 'half' as const }),
  })
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read what came
  return { status: response.status, body: (await response.json()) as any }
}

test('a file goes in by upload; again changes nothing; a correction is a version; the list and problems show it', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const file = commitmentFile([...rows(0, 30), { ...commitment(30), number: '990101197001011239' }])
  const first = await send(clerk, file, { key: 'monday' })
  assert.equal(first.status, 200, JSON.stringify(first.body))
  assert.deepEqual(
    { status: first.body.status, rows: first.body.rows, new: first.body.new, refused: first.body.refused },
    { status: 'accepted', rows: 31, new: 30, refused: 1 },
  )
  const [problem] = first.body.problems
  assert.equal(problem.field, 'ZJHM')
  assert.ok(problem.remedy.zh.length > 0)
  assert.doesNotMatch(JSON.stringify(first.body), /990101/)

  const again = await send(clerk, file, { key: 'monday' })
  assert.equal(again.body.status, 'again')
  assert.equal(again.body.submission, first.body.submission)
  const reused = await send(clerk, commitmentFile(rows(0, 1)), { key: 'monday' })
  assert.equal(reused.status, 409)
  assert.equal(reused.body.code, 'key-reused')

  const corrected = commitmentFile([{ ...commitment(0), decided: '2026-03-02' }])
  assert.equal((await send(clerk, corrected, { dryRun: 'true' })).body.status, 'dry-run')
  const version = await send(clerk, corrected, {})
  assert.equal(version.body.versions, 1)

  const { body } = await clerk.call('submissions')
  assert.deepEqual(
    body.submissions.map(({ new: fresh, versions }: { new: number; versions: number }) => [fresh, versions]),
    [
      [0, 1],
      [30, 0],
    ],
  )
  const problems = await clerk.call('submissionProblems', { params: { num: first.body.submission } })
  assert.equal(problems.status, 200, problems.text)
  assert.equal(problems.body.problems.length, 1)
  const other = await api.as('clerk', 'demo-hr')
  assert.equal((await other.call('submissionProblems', { params: { num: first.body.submission } })).status, 404)
  assert.deepEqual((await other.call('submissions')).body.submissions, [])

  const auditor = await api.as('auditor', 'demo-development')
  const quality = await auditor.call('quality')
  const [market] = quality.body.units
  assert.equal(market.unit.id, 'demo-market')
  assert.equal(market.accepted, 31)
  assert.equal(market.wrongCodeRate, 0.0313)
})

test('one record is the same operation as a file', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const row = commitment(77)
  const one = await clerk.call('record', { body: { item: 'commitment', values: commitmentValues(row) } })
  assert.equal(one.status, 200, one.text)
  assert.equal(one.body.new, 1)
  const file = await send(clerk, commitmentFile([row]), {})
  assert.equal(file.body.duplicates, 1)
  const wrong = await clerk.call('record', {
    body: { item: 'commitment', values: { ...commitmentValues(commitment(78)), ZJHM: citizenNumber(1).slice(0, 17) } },
  })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.body.status, 'refused')
  assert.equal(wrong.body.code, wrong.body.refusal.code)
  assert.equal(wrong.body.problems[0].field, 'ZJHM')
})

test('a stream of any size and type goes straight in, and its progress can be asked for', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const header = commitmentFile([])
  const count = 60_000
  let sent = 0
  const file = new ReadableStream({
    async pull(controller) {
      if (sent === 0) controller.enqueue(Buffer.from(header))
      if (sent === count / 2) await sleep(300)
      const part = commitmentFile(rows(sent, 5_000)).slice(header.length)
      controller.enqueue(Buffer.from(part))
      sent += 5_000
      if (sent >= count) controller.close()
    },
  })
  const sending = send(clerk, file, { progress: 'upload-0001' }, { 'content-type': 'application/x-whatever' })
  let seen = 0
  const state = { finished: false }
  void sending.finally(() => (state.finished = true))
  while (!state.finished) {
    const { status, body } = await clerk.call('intakeProgress', { params: { id: 'upload-0001' } })
    if (status === 200) seen = Math.max(seen, body.bytes)
    await sleep(20)
  }
  const receipt = await sending
  assert.equal(receipt.status, 200, JSON.stringify(receipt.body).slice(0, 400))
  assert.equal(receipt.body.rows, count)
  assert.ok(seen > 1_000_000)
  const done = await clerk.call('intakeProgress', { params: { id: 'upload-0001' } })
  assert.deepEqual({ rows: done.body.rows, done: done.body.done }, { rows: count, done: true })
  const stranger = await api.as('clerk')
  assert.equal((await stranger.call('intakeProgress', { params: { id: 'upload-0001' } })).status, 404)
})

test('a file refused while it is still coming gets its answer', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  let sent = 0
  const endless = new ReadableStream({
    pull(controller) {
      controller.enqueue(Buffer.from('no,such,column\r\n'.repeat(10_000)))
      sent += 1
      if (sent === 200) controller.close()
    },
  })
  const answer = await send(clerk, endless, {})
  assert.equal(answer.status, 422)
  assert.equal(answer.body.code, 'no-header')
  const unknown = await send(clerk, 'x'.repeat(5_000_000), { item: 'nothing' })
  assert.equal(unknown.status, 404)
  assert.equal(unknown.body.code, 'unknown-item')
})

test('an upload cut off leaves nothing, and the next one goes in', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const controller = new AbortController()
  const file = new ReadableStream({
    async pull(stream) {
      if (controller.signal.aborted) return stream.close()
      stream.enqueue(Buffer.from(commitmentFile(rows(0, 20_000))))
      await sleep(100)
      controller.abort()
      return undefined
    },
  })
  const url = `${api.base}/api/v1/intake?item=commitment`
  const headers = { cookie: clerk.cookie, 'x-csrf': clerk.csrf, 'content-type': 'text/csv' }
  await assert.rejects(fetch(url, { method: 'POST', body: file, headers, signal: controller.signal, duplex: 'half' }))
  let next = await send(clerk, commitmentFile(rows(0, 10)), {})
  for (let tries = 0; next.body.code === 'intake-busy' && tries < 50; tries += 1) {
    await sleep(100)
    next = await send(clerk, commitmentFile(rows(0, 10)), {})
  }
  assert.equal(next.body.new, 10)
  const { rows: counted } = await api.owner.query('select count(*)::integer as n from xinheng.record')
  assert.deepEqual(counted, [{ n: 10 }])
})
