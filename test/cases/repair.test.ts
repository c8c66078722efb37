import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openNote, parseVerifierKey } from '#domain/note.ts'
import { openLedgerLog } from '#operations/ledger-log.ts'
import { withCity } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'

const NUMBER = citizenNumber(1)
const at = (day: string) => `${day}T10:00:00+08:00`
const SAYS = { facts: '罚款已缴清', statement: '承诺守法经营' }

/** A person with one general penalty of 2026-03-02; the court looked it up in a matter. */
async function withPenalty(t: Parameters<typeof withCity>[0]) {
  const city = await withCity(t)
  await city.setTime(at('2026-03-10'))
  const sent = await city.report({
    item: 'penalty-person',
    number: NUMBER,
    decided: '2026-03-02',
    values: { CF_CFLB: '03' },
  })
  assert.equal(sent.status, 200, sent.text)
  await city.setTime('2026-03-10T11:00:00+08:00')
  assert.equal((await city.lookUp(NUMBER)).body.records.length, 1)
  const person = await city.person(NUMBER)
  const own = async () => (await person.call('myArchive')).body
  const { id, unit } = (await own()).records[0]
  const apply = () =>
    person.call('startMyCase', { body: { machine: 'repair', kind: 'apply', record: id, content: SAYS } })
  return { city, person, own, apply, id, source: unit }
}

test('B16, R22: the archive says when and how, too early is refused with the day, by the wall too', async (t) => {
  const { city, person, own, apply } = await withPenalty(t)
  const archive = await own()
  const [{ ways }] = archive.records
  assert.equal(ways.from, '2026-06-02')
  assert.ok(archive.repairs[ways.rule].documents.length > 0)
  const starts = (of: { start: { machine: string }[] }) => of.start.map(({ machine }) => machine)
  assert.ok(!starts(ways).includes('repair') && starts(ways).includes('objection'))
  const early = await apply()
  assert.equal(early.body.code, 'repair-too-early')
  assert.match(early.body.message.zh, /2026-06-02/)
  assert.equal(await city.count('repair'), 0)
  assert.equal((await own()).records[0].marks, undefined)
  // no step of a repair commits without its row, whoever takes it
  const taken = city.owner.query(
    `select t.outcome from xinheng.record r join xinheng.submission s on s.num = r.submission, xinheng.take_step(
       $1::integer, r.subject, 'repair', 'apply', null, 1::smallint, r.nk, r.unit, 0::bigint, s.pack, null, null, null, '') t`,
    [person.account],
  )
  await assert.rejects(taken, { code: '23503' })
  await city.setTime(at('2026-06-01'))
  assert.equal((await apply()).body.code, 'repair-too-early')
  await city.setTime(at('2026-06-02'))
  assert.ok(starts((await own()).records[0].ways).includes('repair'))
  assert.equal((await apply()).status, 200)
})

test('G10: repair granted: look-up empty at once, whoever was given it is told by a signed notice, acknowledges, and the person sees it', async (t) => {
  const { city, person, own, apply, id, source } = await withPenalty(t)
  await city.setTime(at('2026-06-02'))
  const made = await apply()
  assert.equal(made.status, 200, made.text)
  assert.equal((await city.lookUp(NUMBER)).body.records[0].marks[0].machine, 'repair')
  assert.equal((await apply()).body.code, 'case-open-already')
  const reviewer = await city.staff('reviewer', source)
  const params = { case: made.body.case }
  const step = (kind: string, of: number, content: object) =>
    reviewer.call('stepCase', { params, body: { kind, step: of, content } })
  assert.equal((await step('accept', 1, {})).status, 200)
  assert.equal((await step('grant', 2, {})).body.code, 'reason-missing')
  const granted = await step('grant', 2, { reason: '义务已履行' })
  assert.equal(granted.status, 200, granted.text)
  assert.equal((await city.lookUp(NUMBER)).body.records.length, 0)
  const [record] = (await own()).records
  assert.equal(record.state, 'repaired')
  assert.equal(record.ways, undefined)

  await openLedgerLog(city.owner, city.keys)
  const court = await city.staff('officer', 'demo-court')
  const { recalls } = (await court.call('recalls')).body
  assert.equal(recalls.length, 1)
  assert.deepEqual(
    [recalls[0].record, recalls[0].kind, recalls[0].day, recalls[0].due],
    [id, 'repaired', '2026-06-02', '2026-06-05'],
  )
  const key = await parseVerifierKey((await city.nobody.call('ledgerKey')).text.trim())
  assert.ok(key)
  const opened = await openNote(recalls[0].note, [key])
  assert.ok('text' in opened && opened.text.includes(`record ${id}\n`) && !opened.text.includes(NUMBER))
  // the unit that decided opened the case, which is no use of the record
  assert.equal((await reviewer.call('recalls')).body.recalls.length, 0)
  const admin = await city.staff('admin', 'demo-development')
  assert.equal((await admin.call('overdueRecalls')).body.recalls.length, 0)
  await city.setTime(at('2026-06-08'))
  assert.equal((await admin.call('overdueRecalls')).body.recalls[0].recall, recalls[0].recall)
  const before = (await person.call('myRecalls')).body.recalls[0]
  assert.equal(before.recipients[0].unit.id, 'demo-court')
  assert.equal(before.recipients[0].acknowledged, undefined)
  const receipt = (client: typeof court) =>
    client.call('acknowledgeRecall', { params: { recall: recalls[0].recall }, body: { did: 'destroyed' } })
  assert.equal((await receipt(reviewer)).body.code, 'not-found')
  assert.equal((await receipt(court)).status, 200)
  assert.equal((await receipt(court)).body.code, 'step-taken-first')
  const after = (await person.call('myRecalls')).body.recalls[0]
  assert.equal(after.recipients[0].did, 'destroyed')
  assert.equal((await admin.call('overdueRecalls')).body.recalls.length, 0)
})

test('G10, wall: a step that ends a record does not commit without its recall, whoever inserts it', async (t) => {
  const { city } = await withPenalty(t)
  await assert.rejects(
    city.owner.query(
      `insert into xinheng.action (subject, nk, actor, unit, pack, kind, sealed)
       select subject, (nk >> 10) << 10, 1, 1, 1, 'withdraw', '' from xinheng.record`,
    ),
    { code: '23503' },
  )
})

test('the end of a term is in the list of whoever was given the record, with every job stopped, and can be acknowledged', async (t) => {
  const { city, id, person } = await withPenalty(t)
  const court = await city.staff('officer', 'demo-court')
  const list = async () => (await court.call('recalls', { query: { month: '2026-03' } })).body.ended
  await city.setTime(at('2027-03-01'))
  assert.deepEqual(await list(), [])
  await city.setTime(at('2027-03-02'))
  const [ended] = await list()
  assert.deepEqual([ended.record, ended.day], [id, '2027-03-02'])
  const done = await court.call('acknowledgeRecall', {
    params: { recall: ended.recall },
    body: { did: 'destroyed', month: '2026-03' },
  })
  assert.equal(done.status, 200, done.text)
  assert.deepEqual(await list(), [])
  assert.equal((await person.call('myRecalls')).body.recalls[0].recipients[0].did, 'destroyed')
})
