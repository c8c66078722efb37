import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { isRefusal } from '#domain/refusal.ts'
import { writeDemoFiles } from '#operations/demo/files.ts'
import { demoOrganisations, demoPeople } from '#operations/demo/people.ts'
import { withApi } from '#test/api.ts'
import { assertNoPersonalData, TODAY, withIntake } from './sending.fixture.ts'

// The demo city: every form in which departments send, taken in by the ordinary intake.

const dir = await mkdtemp(join(tmpdir(), 'xinheng-city-'))
after(() => rm(dir, { recursive: true }))
const files = await writeDemoFiles(dir, { today: TODAY })
const people = [...demoPeople(1), ...demoOrganisations(1).map(({ name, code }) => ({ name, number: code }))]

test('every file of the demo city gives the counts its maker says, and nothing of it is printed', async (t) => {
  const intake = await withIntake(t)
  const printed: string[] = []
  let accepted = 0
  for (const file of files) {
    const outcome = await intake.send(await readFile(file.path), {
      item: file.item,
      unit: file.unit,
      fileName: basename(file.path),
    })
    printed.push(JSON.stringify(outcome))
    const name = basename(file.path)
    if (file.refusal) {
      assert.ok(isRefusal(outcome), name)
      assert.equal(outcome.code, file.refusal, name)
      continue
    }
    assert.ok(!isRefusal(outcome), `${name} ${JSON.stringify(outcome)}`)
    assert.deepEqual(
      [outcome.status, outcome.new, outcome.versions, outcome.duplicates, outcome.refused],
      ['accepted', file.expectAccepted, 0, 0, file.expectRefused],
      name,
    )
    assert.equal(outcome.rows, file.expectAccepted + file.expectRefused, name)
    assert.equal(new Set(outcome.problems.map(({ row }) => row)).size, file.expectRefused)
    assert.deepEqual(outcome.ignored, [])
    accepted += file.expectAccepted
  }
  const { record } = await intake.state()
  assert.equal(record, accepted)
  await intake.check()
  for (const table of ['submission', 'submission_error', 'term', 'item', 'unit']) {
    const { rows } = await intake.owner.query(`select t.* from xinheng.${table} t`)
    printed.push(JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))
  }
  // organisations stand in the clear in the units' names; of people nothing may
  assertNoPersonalData(
    printed.join('\n'),
    people.filter(({ number }) => /^\d{17}[\dX]$/.test(number)),
  )
  assertNoPersonalData(printed.slice(0, files.length).join('\n'), people)

  const before = await intake.state()
  for (const file of files) {
    const again = await intake.send(await readFile(file.path), { item: file.item, unit: file.unit })
    if (!file.refusal) assert.ok(!isRefusal(again) && again.status === 'again')
  }
  const { digest, record: same, subject } = await intake.state()
  assert.deepEqual([digest, same, subject], [before.digest, before.record, before.subject])
})

test('the same files over HTTP: same counts, and neither answers nor the log hold personal data', async (t) => {
  const logged: string[] = []
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    t.mock.method(stream, 'write', (chunk: string | Uint8Array, ...rest: never[]) => {
      logged.push(String(chunk))
      return write(chunk, ...rest)
    })
  }
  const api = await withApi(t, { now: () => Temporal.Instant.from(`${TODAY}T12:00:00+08:00`) })
  const answers: string[] = []
  for (const file of files) {
    const clerk = await api.as('clerk', file.unit)
    const query = new URLSearchParams({ item: file.item, fileName: basename(file.path) })
    const response = await clerk.fetch(`/api/v1/intake?${query}`, {
      method: 'POST',
      body: await readFile(file.path),
      headers: { 'content-type': 'application/octet-stream' },
    })
    const text = await response.text()
    answers.push(text)
    const body = JSON.parse(text) as { status: string; code?: string; new: number; refused: number }
    const review = api.system.reference.pack.items.some((item) => item.id === file.item && item.review)
    assert.equal(response.status, file.refusal ? 422 : 200, text.slice(0, 300))
    if (file.refusal) assert.equal(body.code, file.refusal)
    else
      assert.deepEqual(
        [body.status, body.new, body.refused],
        [review ? 'held' : 'accepted', file.expectAccepted, file.expectRefused],
        file.path,
      )
  }
  assertNoPersonalData(answers.join('\n'), people)
  assertNoPersonalData(logged.join('\n'), people)
})
