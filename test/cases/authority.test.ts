import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorise } from '#test/api.ts'
import { citizenNumber, commitmentFile, commitment } from '#test/people.ts'
import { DATA_QUERIES } from '#store/verify-data.ts'
import { liveOn, withCase } from './case.fixture.ts'

const AGENT = citizenNumber(3)

async function represented(t: Parameters<typeof withCase>[0], kind: 'agent' | 'guardian' = 'agent') {
  const city = await withCase(t)
  const counter = await city.city.as('counter', 'demo-approval')
  const agent = await city.city.person(AGENT)
  const granted = await authorise(counter, {
    person: { number: city.row.number, name: city.row.name },
    representative: { number: AGENT, name: '代办人' },
    kind,
    document: '公证委托书（2026）衡证字第1号',
    from: '2026-03-02',
    until: '2026-03-10',
  })
  assert.equal(granted.status, 200, granted.text)
  return { ...city, counter, agent, authority: granted.body.authority as string }
}

test('a representative reads and acts for the person, within the authority and no further; the person sees them', async (t) => {
  const city = await represented(t)
  const { person, agent, clerk } = city
  // somebody else's record, to be seen by nobody here
  await clerk.call('intake', {
    query: { item: 'commitment' },
    body: commitmentFile([commitment(2)]),
    headers: { 'content-type': 'text/csv' },
  })
  const { held, given } = (await agent.call('myAuthorities')).body
  assert.equal(given.length, 0)
  assert.equal(held[0].who.name, '测*')
  const [mine] = (await person.call('myAuthorities')).body.given
  assert.deepEqual([mine.who.name, mine.document, mine.live], ['代*', '公证委托书（2026）衡证字第1号', true])
  const params = { person: held[0].person }
  const read = await agent.call('representedArchive', { params })
  assert.equal(read.body.records.length, 1, read.text)
  const made = await agent.call('startMyCase', {
    body: {
      machine: 'objection',
      kind: 'open',
      record: read.body.records[0].id,
      for: held[0].person,
      content: { statement: '代为提出：与事实不符' },
    },
  })
  assert.equal(made.status, 200, made.text)
  assert.equal((await person.call('myCases')).body.cases.length, 1, 'it is the person’s case')
  assert.equal((await agent.call('myCases')).body.cases.length, 0)
  assert.equal((await agent.call('myCases', { query: { for: held[0].person } })).body.cases.length, 1)
  const { accesses } = (await person.call('myAccesses')).body
  const theirs = accesses.find(({ unit }: { unit: { name: { zh: string } } }) => unit.name.zh === '代您办理的人')
  assert.equal(theirs.actor.zh, '测试账号')
  // what the person was told is read in their name as well: a look-up like any other (G4)
  const looks = async () => (await person.call('myAccesses')).body.accesses.length as number
  const before = await looks()
  assert.ok((await agent.call('myNotices', { query: { for: held[0].person } })).body.notices.length > 0)
  assert.equal(await looks(), before + 2, 'the inbox, and the reading of the log before')
  // another person's key, guessed or known, opens nothing
  const other = city.city.system.subjectKey('citizen', commitment(2).number)
  assert.equal((await agent.call('representedArchive', { params: { person: other } })).body.code, 'not-found')
  assert.deepEqual((await agent.call('myCases', { query: { for: other } })).body.cases, [])
  const stranger = await city.city.person()
  assert.equal((await stranger.call('representedArchive', { params })).body.code, 'not-found')
  // and their own consents, notices and accesses are theirs
  assert.equal((await agent.call('myArchive')).body.records.length, 0)
  assert.equal((await city.city.owner.query(DATA_QUERIES.lookUpUnit)).rowCount, 0)
})

test('an authority ends on its day, by the person, by its holder or at the counter; a ward does not end a guardianship', async (t) => {
  const city = await represented(t)
  const { person, agent, counter, authority } = city
  const id = (await agent.call('myAuthorities')).body.held[0].person
  const read = () => agent.call('representedArchive', { params: { person: id } })
  await liveOn(city.city, '2026-03-09', '23:59')
  assert.equal((await read()).status, 200)
  await liveOn(city.city, '2026-03-10', '00:00')
  assert.equal((await read()).body.code, 'not-found')
  await liveOn(city.city, '2026-03-05')
  assert.equal((await read()).status, 200)
  const stranger = await city.city.person()
  assert.equal((await stranger.call('endMyAuthority', { params: { authority } })).body.code, 'not-found')
  assert.equal((await person.call('endMyAuthority', { params: { authority } })).status, 200)
  assert.equal((await read()).body.code, 'not-found')
  const again = await authorise(counter, {
    person: { number: city.row.number, name: city.row.name },
    representative: { number: AGENT, name: '代办人' },
    kind: 'guardian',
    document: '（2026）衡0101民特1号',
    from: '2026-03-05',
    until: '2027-03-05',
  })
  const guardian = { authority: again.body.authority as string }
  assert.equal((await person.call('endMyAuthority', { params: guardian })).body.code, 'not-found')
  assert.equal(
    (await counter.call('endAuthority', { params: guardian, body: { number: commitment(2).number } })).body.code,
    'not-found',
  )
  assert.equal(
    (await counter.call('endAuthority', { params: guardian, body: { number: city.row.number } })).status,
    200,
  )
  assert.equal((await read()).body.code, 'not-found')
})

test('G2, G3: a guardian consents for whom a court has found without full capacity, never for an adult who can do so alone', async (t) => {
  const { city, row, agent: guardian } = await represented(t, 'guardian')
  const { person: ward } = (await guardian.call('myAuthorities')).body.held[0]
  const body = { unit: 'demo-bank', purpose: 'lending', expires: '2026-04-01', for: ward }
  assert.equal((await guardian.call('giveConsent', { body })).body.code, 'not-found')
  assert.equal((await guardian.call('myConsents', { query: { for: ward } })).body.code, 'not-found')
  // wall: the policy of consents asks this
  const { rows } = await city.owner.query('select xinheng.may_consent($1, $2) as may', [
    city.system.subjectKey('citizen', row.number),
    guardian.account,
  ])
  assert.deepEqual(rows, [{ may: false }])
})
