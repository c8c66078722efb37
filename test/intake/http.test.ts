import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCitizenNumber } from '#domain/identity/synthetic.ts'
import { withApi, type Client } from '#test/api.ts'
import {
  assertNoPersonalData,
  penalty,
  penaltyCells,
  PENALTY_COLUMNS,
  penaltyFile,
  TODAY,
  type PenaltyRow,
} from './sending.fixture.ts'

// G1 and G2 through the public API, by file and by single record.

const now = () => Temporal.Instant.from(`${TODAY}T12:00:00+08:00`)
const born = (birth: string) => makeCitizenNumber({ division: '990101', birth, sequence: 12 })

type Answered = {
  status: number
  body: { status?: string; code?: string; new?: number; problems?: { row: number; field: string; code: string }[] }
}

async function sendFile(client: Client, rows: readonly PenaltyRow[]): Promise<Answered & { text: string }> {
  const response = await client.fetch('/api/v1/intake?item=penalty-person', {
    method: 'POST',
    body: penaltyFile(rows),
    headers: { 'content-type': 'text/csv' },
  })
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as Answered['body'] }
}

/** Rows that the law does not allow, each with the reason it must be given. */
const UNLAWFUL: [string, PenaltyRow, string, string][] = [
  ['decided before the item came into force', penalty(1, { decided: '2020-12-31' }), 'CF_JDRQ', 'item-not-in-force'],
  ['adverse without a document', penalty(2, { document: '' }), 'CF_WSH', 'field-empty'],
  ['decided on the 18th birthday', penalty(3, { number: born('2008-03-01') }), 'CF_XDR_ZJHM', 'minor'],
  ['still a minor', penalty(4, { number: born('2012-05-05') }), 'CF_XDR_ZJHM', 'minor'],
  ['a minor of 29 February', penalty(5, { number: born('2008-02-29'), decided: '2026-02-28' }), 'CF_XDR_ZJHM', 'minor'],
]

test('G1, G2: what the law does not allow is refused in a file, with its reason, and the lawful rows go in', async (t) => {
  const api = await withApi(t, { now })
  const clerk = await api.as('clerk')
  const lawful = Array.from({ length: 60 }, (_, at) => penalty(100 + at))
  const rows = [
    ...UNLAWFUL.map(([, row]) => row),
    ...lawful,
    penalty(200, { number: born('2008-02-28') }),
    penalty(201, { number: born('2008-02-29') }),
  ]
  const { status, body, text } = await sendFile(clerk, rows)
  assert.equal(status, 200, text)
  assert.equal(body.new, 62)
  assert.deepEqual(
    body.problems?.map(({ row, field, code }) => [row, field, code]),
    UNLAWFUL.map(([, , field, code], at) => [at + 1, field, code]),
  )
  assertNoPersonalData(text, rows)
  const { rows: stored } = await api.owner.query<{ count: number }>('select count(*)::integer from xinheng.subject')
  assert.equal(stored[0]?.count, 62)
})

test('G1, G2: and so it is for a single record', async (t) => {
  const api = await withApi(t, { now })
  const clerk = await api.as('clerk')
  for (const [why, row, field, code] of UNLAWFUL) {
    const values = Object.fromEntries(penaltyCells(row).map((cell, at) => [PENALTY_COLUMNS[at], cell]))
    const answer = await clerk.call('record', { body: { item: 'penalty-person', values } })
    assert.equal(answer.status, 422, why)
    const { problems } = answer.body as Answered['body']
    assert.deepEqual(
      problems?.map((problem) => [problem.field, problem.code]),
      [[field, code]],
      why,
    )
    assertNoPersonalData(answer.text, [row])
  }
  const { rows } = await api.owner.query<{ count: number }>('select count(*)::integer from xinheng.record')
  assert.equal(rows[0]?.count, 0)
})

test('who decides reports: a document under the code of another unit here is refused with what to do, one of an organ below it is not', async (t) => {
  const api = await withApi(t, { now })
  const clerk = await api.as('clerk')
  const send = async (serial: number, code: string, dryRun = false) => {
    const cells = penaltyCells(penalty(serial))
    cells[PENALTY_COLUMNS.indexOf('CF_CFJGDM')] = code
    const file = [[...PENALTY_COLUMNS], cells].map((line) => `${line.join(',')}\n`).join('')
    const { status, body } = await clerk.call('intake', {
      query: { item: 'penalty-person', dryRun },
      body: file,
      headers: { 'content-type': 'text/csv' },
    })
    return status === 200 ? body.status : `${body.problems[0].field} ${body.problems[0].code}`
  }
  const COURT = '1199000000990003X9'
  assert.equal(await send(1, COURT), 'CF_CFJGDM organ-of-another-unit')
  assert.equal(await send(1, COURT.toLowerCase(), true), 'CF_CFJGDM organ-of-another-unit')
  assert.equal(await send(1, '119900000099000999'), 'accepted', 'a branch that is no unit here')
  assert.equal(await send(2, '11990000009900021H'), 'accepted')
  assert.equal(await send(3, ''), 'accepted', 'where the catalogue does not ask for it')
})

test('G1: a unit that the catalogue does not name sends nothing, nor does anybody an item that is not in it', async (t) => {
  const api = await withApi(t, { now })
  const youth = await api.as('clerk', 'demo-youth')
  const refused = await sendFile(youth, [penalty(1)])
  assert.deepEqual([refused.status >= 400, refused.body.code], [true, 'unit-not-entitled'])
  const clerk = await api.as('clerk')
  const unknown = await clerk.call('record', { body: { item: 'health-record', values: {} } })
  assert.equal((unknown.body as Answered['body']).code, 'unknown-item')
})
