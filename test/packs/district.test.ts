import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPack, readStoredLayer } from '#operations/pack-load.ts'
import { withApi } from '#test/api.ts'
import { testPack } from '#test/db.ts'
import { commitment, commitmentFile, commitmentValues } from '#test/people.ts'

// One instance for a city and its district (Tianjin with Baodi), and one for a province: who reports what as whom, who reads
// whose, and what a district adds is offered nowhere else.

/** A supplement of the district: its own item, from its market regulation, seen in its own approvals. */
async function supplement(): Promise<string> {
  const item = (await loadPack('national')).items.find(({ id }) => id === 'commitment')
  assert.ok(item)
  const name = { zh: '宝坻区补充承诺', en: 'A supplement of Baodi' }
  return JSON.stringify({ items: [{ ...item, id: 'bd-commitment', name }] })
}

test('Tianjin with Baodi on one instance, and Hunan on another: each sees what it should', async (t) => {
  const baodi = { ...(await readStoredLayer('tianjin-baodi')), 'supplement.yaml': await supplement() }
  const pack = await testPack('tianjin-baodi', { layers: new Map([['tianjin-baodi', baodi]]) })
  const city = await withApi(t, { pack })
  const [district, town, districtAuditor, cityAuditor, districtOfficer, cityOfficer] = await Promise.all([
    city.as('clerk', 'bd-market'),
    city.as('clerk', 'tj-market'),
    city.as('auditor', 'bd-development'),
    city.as('auditor', 'tj-development'),
    city.as('officer', 'bd-service-2019'),
    city.as('officer', 'tj-service'),
  ])
  const send = (who: typeof district, item: string, from: number) =>
    who.call('intake', {
      query: { item },
      body: commitmentFile([commitment(from)]),
      headers: { 'content-type': 'text/csv' },
    })
  const catalogue = (await city.nobody.call('catalog')).body
  const sources = (id: string) => catalogue.items.find((one: { id: string }) => one.id === id)?.sources ?? []

  // both report what the city's catalogue grants their kind, each as its own unit; the supplement is Baodi's alone
  assert.ok(sources('commitment').includes('bd-market') && sources('commitment').includes('tj-market'))
  assert.ok(sources('bd-commitment').length > 0)
  assert.ok(
    sources('bd-commitment').every((id: string) => id.startsWith('bd-')),
    sources('bd-commitment').join(),
  )
  const sent = await Promise.all([
    send(district, 'commitment', 1),
    send(town, 'commitment', 2),
    send(district, 'bd-commitment', 3),
  ])
  assert.deepEqual(
    sent.map(({ status, body }) => [status, body.unit]),
    [
      [200, 'bd-market'],
      [200, 'tj-market'],
      [200, 'bd-market'],
    ],
  )
  assert.equal((await send(town, 'bd-commitment', 4)).body.code, 'unit-not-entitled')

  // own submissions for clerks; an overseer of the district reads the district, of the city everybody
  const units = async (who: typeof district) =>
    [
      ...new Set<string>((await who.call('submissions')).body.submissions.map(({ unit }: { unit: string }) => unit)),
    ].toSorted()
  assert.deepEqual(await Promise.all([district, town, districtAuditor, cityAuditor].map(units)), [
    ['bd-market'],
    ['tj-market'],
    ['bd-market'],
    ['bd-market', 'tj-market'],
  ])
  const quality = async (who: typeof district) =>
    [
      ...new Set<string>((await who.call('quality')).body.units.map(({ unit }: { unit: { id: string } }) => unit.id)),
    ].toSorted()
  assert.deepEqual(await quality(districtAuditor), ['bd-market'])
  assert.deepEqual(await quality(cityAuditor), ['bd-market', 'tj-market'])
  const board = async (who: typeof district) => (await who.call('bulletin')).body
  const districtBoard = await board(districtAuditor)
  assert.ok(districtBoard.tasks.length > 0)
  // tj-baodi is the city's name for the district's government
  assert.ok(
    districtBoard.tasks.every(
      ({ unit: { id } }: { unit: { id: string } }) => id.startsWith('bd-') || id === 'tj-baodi',
    ),
  )
  assert.ok((await board(cityAuditor)).tasks.some(({ unit }: { unit: { id: string } }) => unit.id.startsWith('tj-')))
  const problems = async (who: typeof district, num: number) =>
    (await who.call('submissionProblems', { params: { num } })).status
  assert.deepEqual(
    [await problems(districtAuditor, sent[1].body.submission), await problems(cityAuditor, sent[0].body.submission)],
    [404, 200],
  )

  // looked up: the city's item by both, the supplement in the district only
  const seen = async (who: typeof district, index: number) =>
    (
      await who.call('lookUp', {
        body: { number: commitment(index).number, purpose: 'approval', matter: `审〔2026〕${index}号` },
      })
    ).body.records.map(({ item }: { item: string }) => item)
  assert.deepEqual(await seen(districtOfficer, 2), ['commitment'])
  assert.deepEqual(await seen(cityOfficer, 1), ['commitment'])
  assert.deepEqual(await seen(districtOfficer, 3), ['bd-commitment'])
  assert.deepEqual(await seen(cityOfficer, 3), [])

  // another instance knows neither the units nor the supplement
  const province = await withApi(t, { pack: await testPack('hunan') })
  const open = (await province.nobody.call('catalog')).body
  const ids = open.units.map(({ id }: { id: string }) => id)
  assert.ok(ids.length > 0 && ids.every((id: string) => !/^(?:bd|tj|demo)-/.test(id)))
  assert.ok(!open.items.some(({ id }: { id: string }) => id === 'bd-commitment'))
  const unit = open.items.find(({ id }: { id: string }) => id === 'commitment').sources[0]
  const clerk = await province.as('clerk', unit)
  const own = await clerk.call('record', { body: { item: 'commitment', values: commitmentValues(commitment(1)) } })
  assert.deepEqual([own.status, own.body.unit], [200, unit])
  assert.deepEqual(await units(clerk), [unit])
  const documents = (await clerk.call('tasks')).body.tasks.map(({ document }: { document: string }) => document)
  assert.deepEqual([...new Set(documents)], ['HN'])
})
