import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathOf, type Client } from '#test/api.ts'
import { withCase } from './case.fixture.ts'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n')
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

async function objected(t: Parameters<typeof withCase>[0]) {
  const city = await withCase(t)
  const made = await city.person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: (await city.own()).id, content: { statement: '已履行' } },
  })
  assert.equal(made.status, 200, made.text)
  return { ...city, id: made.body.case as string }
}

async function send(client: Client, id: string, bytes: Buffer, type: string, name: 'putMyEvidence' | 'putEvidence') {
  const query: Record<string, string> = name === 'putEvidence' ? { about: 'notice' } : {}
  const answer = await client.fetch(pathOf(name, { params: { case: id }, query }), {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(bytes),
  })
  return { status: answer.status, body: (await answer.json()) as { code?: string; evidence: string; type: string } }
}

test('evidence is taken by what it is, kept encrypted, and read by the person and the unit that answers, and nobody else', async (t) => {
  const { city, person, reviewer, id } = await objected(t)
  const put = (bytes: Buffer, type: string) => send(person, id, bytes, type, 'putMyEvidence')
  const sent = await put(PDF, 'application/pdf')
  assert.equal(sent.status, 200)
  const beside = await send(reviewer, id, PNG, 'image/png', 'putEvidence')
  assert.equal(beside.status, 200)
  for (const [bytes, type, code] of [
    [PDF, 'image/png', 'evidence-type'],
    [Buffer.from('<script>'), 'text/html', 'evidence-type'],
    [Buffer.from([0x4d, 0x5a, 0, 3]), 'text/plain', 'evidence-type'],
    [Buffer.alloc(0), 'application/pdf', 'evidence-size'],
    [Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]), 'application/pdf', 'evidence-size'],
  ] as const) {
    const refused = await put(bytes, type)
    assert.equal(refused.body.code, code)
  }
  // the largest that may be
  const large = Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024 - PDF.length, 0x20)])
  assert.equal((await put(large, 'application/pdf')).status, 200)

  const own = await person.call('myEvidence', { params: { case: id } })
  assert.deepEqual(
    own.body.evidence.map(({ type, by }: { type: string; by: string }) => [type, by]),
    [
      ['application/pdf', 'person'],
      ['image/png', 'unit'],
      ['application/pdf', 'person'],
    ],
  )
  // what it is there to show: as it was said, else nothing in particular
  assert.deepEqual(
    own.body.evidence.map(({ about }: { about: string }) => about),
    ['other', 'notice', 'other'],
  )
  const params = { case: id, evidence: sent.body.evidence }
  const before = (await person.call('myAccesses')).body.accesses.length
  const file = await reviewer.fetch(pathOf('caseEvidenceFile', { params }))
  assert.equal(file.headers.get('content-type'), 'application/pdf')
  assert.match(file.headers.get('content-disposition') ?? '', /^attachment/)
  assert.ok(Buffer.from(await file.arrayBuffer()).equals(PDF))
  const { accesses } = (await person.call('myAccesses')).body
  assert.equal(accesses.length, before + 2, 'the download and the reading of the list before')
  assert.equal(accesses[0].matter, `case ${id.split('.')[1]}`)

  const others = [await city.as('reviewer', 'demo-hr'), await city.as('clerk', 'demo-approval')]
  for (const other of others) {
    assert.equal((await other.call('caseEvidenceFile', { params })).body.code, 'not-found')
    assert.deepEqual((await other.call('caseEvidence', { params })).body.evidence, [])
    assert.equal((await send(other, id, PDF, 'application/pdf', 'putEvidence')).body.code, 'not-found')
  }
  const stranger = await city.person()
  assert.equal((await stranger.call('myEvidenceFile', { params })).body.code, 'not-found')
  assert.equal((await send(stranger, id, PDF, 'application/pdf', 'putMyEvidence')).body.code, 'not-found')
  const { rows } = await city.owner.query<{ found: boolean }>(
    `select bool_or(position('%PDF'::bytea in sealed) > 0) as found from xinheng.evidence`,
  )
  assert.equal(rows[0]?.found, false)
  // the application's own role reads and writes none of it past the functions
  for (const sql of ['select from xinheng.evidence', 'select from xinheng.authority', 'select from xinheng.open_case'])
    await assert.rejects(city.system.pool.query(sql), /permission denied/)
})

test('a case takes so much evidence and no more, also when all of it comes at once, and none when it is closed', async (t) => {
  const { person, reviewer, id } = await objected(t)
  const all = await Promise.all(
    Array.from({ length: 23 }, () => send(person, id, PDF, 'application/pdf', 'putMyEvidence')),
  )
  assert.equal(all.filter(({ status }) => status === 200).length, 20)
  assert.equal(all.filter(({ body }) => body.code === 'evidence-full').length, 3)
  const decided = await reviewer.call('stepCase', {
    params: { case: id },
    body: { kind: 'uphold-withdraw', step: 1, content: { reason: '有误' } },
  })
  assert.equal(decided.status, 200, decided.text)
  assert.equal((await send(person, id, PDF, 'application/pdf', 'putMyEvidence')).body.code, 'step-not-possible')
})
