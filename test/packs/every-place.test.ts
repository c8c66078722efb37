import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inForce, maySend, unitMatches } from '#domain/catalog.ts'
import { officesOf } from '#domain/listing.ts'
import type { Pack, PackUnit } from '#domain/pack.ts'
import { readStoredLayer } from '#operations/pack-load.ts'
import { testPack } from '#test/db.ts'
import { stepOf } from '#test/cases/listing.fixture.ts'
import { valuesOf, withCity, type City } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'

// The same day in every place, over HTTP: a file comes in, is looked up, is seen to have been, is objected to and repaired, and
// a list is proposed. Who does it, and by when, is found in the pack of the place; the dates expected are written here.

const MONDAY = '2026-03-02'
const at = (day: string, time = '10:00') => `${day}T${time}:00+08:00`

/** What a pack leaves to its user to name: its departments. The national one names none, Shandong and Qingdao one. */
const DEPARTMENTS = ['market', 'approval', 'emergency', 'youth'].map((kind) => ({
  id: `here-${kind}`,
  name: { zh: `本地${kind}单位`, en: `Local ${kind} unit` },
  kind,
  from: '2018-01-01',
}))
const HURRY = {
  id: 'objection-own',
  name: { zh: '本机构信息的核查处理', en: 'Verify and decide where the information is one’s own' },
  period: 'P1WD',
  basis: [{ document: '本地异议办法（测试）', rank: 'local-regulation' }],
  from: '2021-01-01',
}

type Place = { pack: string; units?: typeof DEPARTMENTS; terms?: (typeof HURRY)[]; due: string }
const PLACES: (Place & { name: string })[] = [
  { name: 'national', pack: 'national', units: DEPARTMENTS, due: '2026-03-05' },
  { name: 'tianjin', pack: 'tianjin', due: '2026-03-05' },
  { name: 'tianjin-baodi', pack: 'tianjin-baodi', due: '2026-03-05' },
  { name: 'hunan', pack: 'hunan', due: '2026-03-05' },
  { name: 'shandong', pack: 'shandong', units: DEPARTMENTS, due: '2026-03-05' },
  { name: 'qingdao', pack: 'qingdao', units: DEPARTMENTS, due: '2026-03-05' },
  { name: 'demo', pack: 'demo', due: '2026-03-05' },
  // the date is the pack's and not the program's: a place that is quicker
  { name: 'hunan, with one working day for an objection', pack: 'hunan', terms: [HURRY], due: '2026-03-03' },
]

async function packOf({ pack, units, terms }: Place): Promise<Pack> {
  if (!units && !terms) return testPack(pack)
  const layer = { ...(await readStoredLayer(pack)), 'here.yaml': JSON.stringify({ units, terms }) }
  return testPack(pack, { layers: new Map([[pack, layer]]) })
}

/** A unit in force that fits; of several the lowest layer's: the district's before the city's. */
function unitFor(pack: Pack, what: string, fits: (unit: PackUnit) => boolean): string {
  const unit = pack.units.filter((one) => inForce(one, MONDAY)).findLast(fits)
  assert.ok(unit, `${pack.id}: a unit for ${what}`)
  return unit.id
}

const csv = (rows: readonly Record<string, string>[]) =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map((row) => `${row.join(',')}\r\n`).join('')

/** A file of three penalties of two people, one row with a number that cannot be. */
async function sendFile(city: City, unit: string, [one, other]: readonly [string, string]) {
  const row = (number: string, document: string) =>
    valuesOf(city, { item: 'penalty-person', number, decided: MONDAY, document, values: { CF_CFLB: '03' } })
  const wrong = `${other.slice(0, -1)}${other.endsWith('X') ? '0' : 'X'}`
  const clerk = await city.staff('clerk', unit)
  return clerk.call('intake', {
    query: { item: 'penalty-person' },
    body: csv([row(one, '罚〔2026〕1号'), row(other, '罚〔2026〕2号'), row(wrong, '罚〔2026〕3号')]),
    headers: { 'content-type': 'text/csv' },
  })
}

/** A list that is determined here of persons in their own right (not as officers of a firm), proposed by the unit that may. */
async function proposeEntry(city: City, pack: Pack, number: string) {
  const list = pack.lists.find(
    (one) =>
      inForce(one, MONDAY) &&
      one.origin === 'determined' &&
      one.subjects.includes('person') &&
      one.criteria.every((criterion) => officesOf(pack, criterion, MONDAY).length === 0) &&
      pack.units.some((unit) => inForce(unit, MONDAY) && one.units.some((pattern) => unitMatches(pattern, unit))),
  )
  assert.ok(list, `${pack.id}: a list of persons`)
  const unit = unitFor(pack, list.id, (one) => list.units.some((pattern) => unitMatches(pattern, one)))
  const clerk = await city.staff('clerk', unit)
  const whom = { list: list.id, criterion: list.criteria[0]?.id, number, name: '测试人', facts: '经查证的事实' }
  const made = await clerk.call('propose', { body: whom })
  assert.equal(made.status, 200, made.text)
  const elsewhere = unitFor(pack, 'another list', (one) => !list.units.some((pattern) => unitMatches(pattern, one)))
  const stranger = await city.staff('clerk', elsewhere)
  const refused = await stranger.call('propose', { body: { ...whom, number: citizenNumber(7) } })
  assert.equal(refused.body.code, 'list-not-here', refused.text)
  return made
}

for (const place of PLACES) {
  test(`a day under ${place.name}`, { timeout: 120_000 }, async (t) => {
    const pack = await packOf(place)
    const city = await withCity(t, { pack })
    await city.setTime(at(MONDAY))
    const item = city.item('penalty-person')
    const source = unitFor(pack, 'penalties', (unit) => maySend(item, unit))
    const purpose = pack.purposes.find(({ id }) => id === 'approval')
    const approving = unitFor(pack, 'approvals', (unit) => purpose?.units.some((p) => unitMatches(p, unit)) ?? false)
    const [number, other] = [citizenNumber(1), citizenNumber(2)] as const

    // in: two rows taken, one said why not, by row and field and without the number
    const sent = await sendFile(city, source, [number, other])
    assert.deepEqual([sent.status, sent.body.unit, sent.body.new, sent.body.refused], [200, source, 2, 1], sent.text)
    const clerk = await city.staff('clerk', source)
    const problems = await clerk.call('submissionProblems', { params: { num: sent.body.submission } })
    assert.ok(problems.text.includes('"row":3') && !/\d{14}/.test(problems.text), problems.text)

    // out: looked up in a matter, and the person sees by whom and for what; without a matter nobody looks
    await city.setTime(at(MONDAY, '11:00'))
    const look = () => city.lookUp(number, { purpose: 'approval', unit: approving, matter: '审〔2026〕8号' })
    const looked = await look()
    assert.deepEqual(
      looked.body.records?.map((record: { item: string; unit: string }) => [record.item, record.unit]),
      [['penalty-person', source]],
      looked.text,
    )
    assert.notEqual((await city.lookUp(number, { purpose: 'approval', unit: approving, matter: '' })).status, 200)
    const person = await city.person(number)
    const { accesses } = (await person.call('myAccesses')).body
    assert.deepEqual(
      accesses
        .filter(({ ground }: { ground: string }) => ground === 'statutory')
        .map((one: { matter: string; outcome: string; purpose: { id: string }; unit: { id: string } }) =>
          [one.matter, one.outcome, one.purpose.id, one.unit.id].join(' '),
        )
        .toReversed(),
      [`审〔2026〕8号 answered approval ${approving}`, ` refused approval ${approving}`],
    )
    const [record] = (await person.call('myArchive')).body.records

    // objected to: due by the pack's own term
    const opened = await person.call('startMyCase', {
      body: { machine: 'objection', kind: 'open', record: record.id, content: { statement: '罚款已缴清' } },
    })
    assert.equal(opened.status, 200, opened.text)
    assert.equal((await person.call('myCases')).body.cases[0].state.due, place.due)
    const reviewer = await city.staff('reviewer', source)
    const rejected = await stepOf(reviewer, opened.body.case, 1, 'reject', {
      reason: '核查属实',
      basis: '《行政处罚法》',
    })
    assert.equal(rejected.status, 200, rejected.text)

    // repaired: from the least time of its class on, and then in nobody's answer
    const apply = () =>
      person.call('startMyCase', {
        body: {
          machine: 'repair',
          kind: 'apply',
          record: record.id,
          content: { facts: '罚款已缴清', statement: '承诺守法' },
        },
      })
    await city.setTime(at('2026-06-01'))
    assert.equal((await apply()).body.code, 'repair-too-early')
    await city.setTime(at('2026-06-02'))
    const applied = await apply()
    assert.equal(applied.status, 200, applied.text)
    for (const [step, kind] of ['accept', 'grant'].entries()) {
      const taken = await stepOf(reviewer, applied.body.case, step + 1, kind, { reason: '义务已履行' })
      assert.equal(taken.status, 200, taken.text)
    }
    assert.deepEqual((await look()).body.records, [])

    // a list is proposed, by whom the pack lets, and the proposal shows nothing to anybody
    const made = await proposeEntry(city, pack, other)
    assert.match(made.body.entry, /^2026-\d{6}$/)
    const seen = await city.lookUp(other, { purpose: 'approval', unit: approving, matter: '审〔2026〕9号' })
    assert.deepEqual(
      seen.body.records.map((one: { item: string }) => one.item),
      ['penalty-person'],
    )
  })
}

test('a place whose documents name no departments: two administrators add them at the desk, and their clerk reports', async (t) => {
  const city = await withCity(t, { pack: await testPack('qingdao') })
  const [author, second] = [await city.as('admin', 'qd-lead'), await city.as('admin', 'qd-lead')]
  const { draft } = (await author.call('openDraft', { body: { layer: 'qingdao', title: '补充报送单位' } })).body
  const read = async () => (await author.call('draft', { params: { draft } })).body
  const save = async (name: string, text: string) =>
    author.call('saveDraft', { params: { draft }, body: { step: (await read()).step, name, text } })
  const files: { name: string; text: string }[] = (await read()).files
  const pack = files.find(({ name }) => name === 'pack.yaml')?.text ?? ''
  const version = pack.replace("version: '2026.1'", "version: '2026.2'\n  fictionalDivisions: ['990101']")
  await save('pack.yaml', version)
  const saved = await save('departments.yaml', JSON.stringify({ units: DEPARTMENTS }))
  assert.deepEqual([saved.status, saved.body.problems], [200, []], saved.text)
  const step = async (who: typeof author, kind: string, more: object = {}) =>
    who.call('stepDraft', { params: { draft }, body: { kind, step: (await read()).step, ...more } })
  const submitted = await step(author, 'submit', { effective: city.today() })
  assert.equal(submitted.status, 200, submitted.text)
  const approved = await step(second, 'approve', { note: '同意' })
  assert.equal(approved.status, 200, approved.text)
  await city.system.refresh('now')
  const row = valuesOf(city, { item: 'penalty-person', decided: city.today(), values: { CF_CFLB: '03' } })
  const sent = await (
    await city.as('clerk', 'here-market')
  ).call('record', { body: { item: 'penalty-person', values: row } })
  assert.deepEqual([sent.status, sent.body.unit], [200, 'here-market'], sent.text)
})
