import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deriveGrants } from '#domain/catalog.ts'
import { unpackRecords } from '#store/archive.ts'
import { citizenNumber } from '#test/people.ts'
import { asApp, FIRM, MATTER, valuesOf, withCity } from './city.fixture.ts'

// G12: each sees only their own: a unit what its purpose grants, a person themself, a table nobody.

const NUMBER = citizenNumber(1)

test('G12: for every purpose and unit of the demo pack, a look-up shows exactly the items and fields the catalogue grants', async (t) => {
  const city = await withCity(t)
  const { system } = city
  const { pack } = system.reference
  const person = await city.person(NUMBER)
  const all = new Map<string, string[]>()
  for (const id of new Set(pack.items.map((one) => one.id))) {
    const item = city.item(id)
    // entries of a list are made by a determination and sent by nobody (G6), as G5's test makes them
    if (pack.lists.some((list) => list.origin === 'determined' && list.item === id)) continue
    const number = item.subject === 'organisation' ? FIRM : NUMBER
    const sent = await city.report({
      item: id,
      decided: city.today(),
      number,
      name: item.subject === 'organisation' ? '衡州测试商贸有限公司' : '测甲',
    })
    assert.equal(sent.body?.status, 'accepted', `${id}: ${sent.text}`)
    all.set(
      id,
      item.fields.map((field) => field.id),
    )
  }
  const sensitive = new Set(
    pack.items.flatMap((item) =>
      item.fields.filter((field) => field.sensitivity === 'sensitive').map((field) => `${item.id}.${field.id}`),
    ),
  )
  assert.ok(sensitive.size > 0)
  const units = pack.units.filter(({ id }) => id.startsWith('demo-'))
  const officers = new Map<string, Awaited<ReturnType<typeof city.staff>>>()
  for (const { id } of units) officers.set(id, await city.staff('officer', id))
  let compared = 0
  let sensitiveSeen = 0
  for (const purpose of pack.purposes) {
    for (const unit of units) {
      const granted = deriveGrants(pack, purpose.id, unit, city.today())
      const allowed = purpose.ground === 'statutory' || granted.length === 0
      if (!allowed) {
        const given = await person.call('giveConsent', {
          body: { unit: unit.id, purpose: purpose.id, expires: city.today() },
        })
        assert.equal(given.status, 200, given.text)
      }
      const subjects =
        purpose.ground === 'statutory'
          ? ([
              ['citizen', NUMBER],
              ['organisation', FIRM],
            ] as const)
          : ([['citizen', NUMBER]] as const)
      for (const [kind, number] of subjects) {
        const { status, body } = await (officers.get(unit.id) ?? city.nobody).call('lookUp', {
          body: { kind, number, purpose: purpose.id, matter: MATTER },
        })
        if (granted.length === 0) {
          assert.equal(body.code, 'purpose-not-for-unit', `${purpose.id} ${unit.id}`)
          continue
        }
        assert.equal(status, 200, `${purpose.id} ${unit.id}: ${JSON.stringify(body)}`)
        const expected = granted.filter(
          ({ item }) => all.has(item) && (city.item(item).subject === 'organisation') === (kind === 'organisation'),
        )
        const got = Object.fromEntries(
          body.records.map((record: { item: string; values: string[] }) => {
            const fields = body.items[record.item].fields.map((field: { id: string }) => field.id)
            assert.equal(record.values.length, fields.length, 'no value without its field')
            return [record.item, fields]
          }),
        )
        assert.deepEqual(
          got,
          Object.fromEntries(expected.map(({ item, fields }) => [item, fields])),
          `${purpose.id} ${unit.id} ${kind}`,
        )
        for (const [item, fields] of Object.entries(got)) {
          for (const field of fields) {
            if (!sensitive.has(`${item}.${field}`)) continue
            sensitiveSeen += 1
            assert.ok(['judicial', 'review'].includes(purpose.id), `${field} for ${purpose.id}`)
          }
        }
        compared += 1
      }
    }
  }
  assert.ok(compared > 50 && sensitiveSeen > 0)
})

test('G12, wall: where no sensitive field is granted, its sealed bytes do not leave the database; nor does an item not granted', async (t) => {
  const city = await withCity(t)
  const { system, owner } = city
  await city.report({ item: 'enforcement', decided: city.today(), number: NUMBER, name: '测甲' })
  await city.report({ item: 'commitment', decided: city.today(), number: NUMBER, name: '测甲' })
  const gate = async (unit: string, purpose: string) => {
    const { account } = await city.staff('officer', unit)
    const { rows } = await system.pool.query<{ records: Buffer | null }>(
      'select records from xinheng.look_up($1, $2, $3, $4)',
      [account, system.reference.purposeNum.get(purpose), MATTER, city.subjectOf(NUMBER)],
    )
    return unpackRecords(rows[0]?.records ?? Buffer.alloc(0)).map((row) => [
      system.reference.itemOf.get(row.item)?.id,
      row.sealed.length > 0,
    ])
  }
  assert.deepEqual(await gate('demo-court', 'judicial'), [['enforcement', true]])
  assert.deepEqual(await gate('demo-hr', 'honours'), [['enforcement', false]])
  // the database's list is the one that counts
  await owner.query(`delete from xinheng.visible where unit = (select num from xinheng.unit where id = 'demo-hr')`)
  assert.deepEqual(await gate('demo-hr', 'honours'), [])
})

test('G12: a person sees themself and nobody else, by whatever number they send', async (t) => {
  const city = await withCity(t)
  const [mine, theirs] = [NUMBER, citizenNumber(2)]
  for (const number of [mine, theirs])
    await city.report({
      item: 'permit-person',
      decided: city.today(),
      number,
      name: number === mine ? '测甲' : '测乙',
      document: `许${number.slice(-4)}`,
    })
  const [me, other] = [await city.person(mine), await city.person(theirs)]
  const look = await city.lookUp(theirs, { purpose: 'approval', unit: 'demo-approval' })
  const given = await other.call('giveConsent', {
    body: { unit: 'demo-bank', purpose: 'lending', expires: city.today() },
  })
  assert.equal((await me.call('myArchive')).body.records.length, 1)
  assert.equal((await me.call('myArchive')).body.subject.name, '测甲')
  // forged: extra parameters, another's access and consent, numbers out of the blue
  assert.equal((await me.fetch(`/api/v1/me/archive?subject=${city.subjectOf(theirs)}`)).status, 400)
  assert.equal((await me.fetch(`/api/v1/me/archive?number=${theirs}`)).status, 400)
  assert.equal(
    (
      await me.call('giveConsent', {
        body: { unit: 'demo-bank', purpose: 'lending', expires: city.today(), subject: city.subjectOf(theirs) },
      })
    ).status,
    400,
  )
  for (const access of [look.body.access, '0', '9223372036854775807', '9999999999999999999']) {
    const proof = await me.call('myProof', { params: { access } })
    assert.ok(proof.status === 404 || proof.status === 400, `${access}: ${proof.status}`)
    assert.ok(!proof.text.includes('row'))
  }
  for (const consent of [given.body.consent, '0', '9223372036854775807', '9999999999999999999']) {
    const ended = await me.call('withdrawConsent', { params: { consent } })
    assert.ok(ended.status === 404 || ended.status === 400, `${consent}: ${ended.status}`)
  }
  for (const before of [look.body.access, '0', '9223372036854775807']) {
    const list = await me.call('myAccesses', { query: { before } })
    assert.ok(!list.text.includes(`"access":"${look.body.access}"`), list.text)
  }
  assert.equal((await me.call('myConsents')).body.consents.length, 0)
  assert.equal((await me.call('myNotices')).body.notices.length, 0)
  assert.equal(
    (await me.call('lookUp', { body: { number: theirs, purpose: 'approval', matter: MATTER } })).body.code,
    'not-allowed',
  )
  assert.equal((await me.call('pastArchive', { body: { number: theirs, matter: MATTER } })).body.code, 'not-allowed')
  assert.equal((await other.call('myConsents')).body.consents[0].live, true, 'and nothing of theirs has changed')
})

test('G12: a unit sees its own submissions, errors, held files, matters and quality, and none of another’s', async (t) => {
  const city = await withCity(t)
  const [youth, hr] = ['demo-youth', 'demo-hr'] as const
  const [clerk, stranger, reviewer] = [
    await city.staff('clerk', youth),
    await city.staff('clerk', hr),
    await city.staff('reviewer', hr),
  ]
  const honour = valuesOf(city, { item: 'honour', decided: city.today(), number: NUMBER, name: '测甲' })
  const held = await clerk.call('record', { body: { item: 'honour', values: honour } })
  assert.equal(held.body.status, 'held', held.text)
  const refused = await clerk.call('record', {
    body: {
      item: 'volunteer',
      values: { ...valuesOf(city, { item: 'volunteer', decided: '2020-01-01', number: NUMBER }) },
    },
  })
  const num: number = refused.body.submission
  assert.ok(num > 0, refused.text)
  await (
    await city.staff('officer', 'demo-market')
  ).call('openMatter', { body: { number: MATTER, title: '许可', purpose: 'approval' } })

  assert.deepEqual((await stranger.call('submissions')).body.submissions, [])
  assert.equal((await clerk.call('submissions')).body.submissions.length, 1)
  assert.equal((await stranger.call('submissionProblems', { params: { num } })).status, 404)
  assert.equal((await clerk.call('submissionProblems', { params: { num } })).body.problems[0].code, 'item-not-in-force')
  assert.deepEqual((await stranger.call('held')).body.held, [])
  assert.equal(
    (await reviewer.call('decideHeld', { params: { num: held.body.held }, body: { approve: true, reason: '同意' } }))
      .status,
    404,
  )
  assert.deepEqual((await (await city.staff('officer', hr)).call('matters')).body.matters, [])
  assert.deepEqual((await stranger.call('quality')).body.units, [])
  assert.deepEqual(
    (await clerk.call('quality')).body.units.map((one: { unit: { id: string } }) => one.unit.id),
    [youth],
  )
  assert.equal(
    (
      await stranger.call('withdraw', {
        body: { item: 'honour', number: NUMBER, naturalKey: [honour['RYMC'], honour['RDRQ']], reason: '撤' },
      })
    ).status,
    404,
  )

  // the wall, past the application: row-level security by direct SQL
  const unitNum = (id: string) => city.system.reference.unitNum.get(id) ?? -1
  const owner = await city.staff('reviewer', youth)
  await owner.call('decideHeld', { params: { num: held.body.held }, body: { approve: false, reason: '不符' } })
  for (const [table, unit] of [
    ['held_file', youth],
    ['held_chunk', youth],
    ['held_decision', youth],
    ['matter', 'demo-market'],
  ] as const) {
    const rows = async (acting: { unit?: number }) =>
      (await asApp<{ n: number }>(city, acting, `select count(*)::integer n from xinheng.${table}`))[0]?.n
    assert.equal(await rows({}), 0, `${table}: for nobody`)
    assert.equal(await rows({ unit: unitNum(hr) }), 0, `${table}: for another unit`)
    assert.equal(await rows({ unit: unitNum(unit) }), 1, `${table}: for the unit`)
  }
})

test('G12, wall: consents and notices by direct SQL are the subject’s alone; the big tables are nobody’s', async (t) => {
  const city = await withCity(t)
  const [mine, theirs] = [city.subjectOf(NUMBER), city.subjectOf(citizenNumber(2))]
  for (const [index, subject] of [mine, theirs].entries()) {
    await city.owner.query(
      `insert into xinheng.consent (subject, unit, purpose, expires_at) values ($1, 1, 1, now() + interval '1 day')`,
      [subject],
    )
    await city.owner.query(
      `insert into xinheng.consent_end (subject, consent) select subject, num from xinheng.consent where subject = $1`,
      [subject],
    )
    await city.owner.query(`insert into xinheng.notice (subject, title, text) values ($1, '{}', '{}')`, [subject])
    assert.ok(index < 2)
  }
  for (const table of ['consent', 'consent_end', 'notice']) {
    const subjects = async (acting: { subject?: string }) =>
      (await asApp<{ subject: string }>(city, acting, `select subject from xinheng.${table}`)).map((row) => row.subject)
    assert.deepEqual(await subjects({}), [], table)
    assert.deepEqual(await subjects({ subject: mine }), [mine], table)
    await assert.rejects(asApp(city, { subject: 'x' }, `select 1 from xinheng.${table}`), { code: '22P02' })
  }
  for (const table of [
    'record',
    'subject',
    'action',
    'access',
    'access_withheld',
    'incident',
    'incident_person',
    'incident_step',
  ]) {
    await assert.rejects(asApp(city, { subject: mine }, `select 1 from xinheng.${table}`), { code: '42501' }, table)
  }
})
