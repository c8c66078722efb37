import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { closeAccount } from '#operations/accounts.ts'
import { citizenNumber } from '#test/people.ts'
import { asApp, MATTER, startOf, withCity, type City } from './city.fixture.ts'

// G3: no look-up without a reason: an actor, a purpose, and a statutory matter or the person's live consent to it.

const NUMBER = citizenNumber(1)
const RECORD = { item: 'permit-person', decided: '2026-03-01', number: NUMBER, name: '测甲' }

const outcomes = async ({ owner, subjectOf }: City, number = NUMBER) =>
  (
    await owner.query<{ outcome: number }>(
      'select outcome from xinheng.access where subject = $1 and ground not in (3) order by num',
      [subjectOf(number)],
    )
  ).rows.map(({ outcome }) => outcome)

test('G3: refused without purpose, matter or right; each refusal is in the log, and nothing is in the answer', async (t) => {
  const city = await withCity(t)
  assert.equal((await city.report(RECORD)).body.status, 'accepted')
  const refused = async (expected: string, of: Parameters<City['lookUp']>[1]) => {
    const { status, body, text } = await city.lookUp(NUMBER, of)
    assert.equal(body.code, expected, text)
    assert.ok(status >= 400 && !('records' in body))
  }
  await refused('unknown-purpose', { purpose: 'curiosity', unit: 'demo-market' })
  await refused('purpose-not-for-unit', { purpose: 'judicial', unit: 'demo-market' })
  await refused('purpose-not-for-unit', { purpose: 'supervision', unit: 'demo-youth' })
  await refused('no-matter', { purpose: 'approval', unit: 'demo-approval', matter: '' })
  await refused('no-matter', { purpose: 'approval', unit: 'demo-approval', matter: ' \t\n\u3000\u00a0' })
  await refused('no-consent', { purpose: 'employment', unit: 'demo-bank' })
  assert.deepEqual(await outcomes(city), [2, 2, 2, 3, 3, 4])
  const officer = await city.staff('officer', 'demo-approval')
  const without = await officer.call('lookUp', { body: { number: NUMBER, matter: MATTER } })
  assert.equal(without.status, 400, 'no purpose at all is no request')
  const clerk = await city.staff('clerk', 'demo-approval')
  const body = { number: NUMBER, purpose: 'approval', matter: MATTER }
  assert.equal((await clerk.call('lookUp', { body })).body.code, 'not-allowed')
  const answered = await city.lookUp(NUMBER, { purpose: 'approval', unit: 'demo-approval' })
  assert.equal(answered.body.records.length, 1, answered.text)

  // the wall, past the routes: a role without the right, an account that is closed
  const gate = async (actor: number) =>
    (
      await city.system.pool.query<{ outcome: number; records: Buffer | null }>(
        'select outcome, records from xinheng.look_up($1, $2, $3, $4)',
        [actor, city.system.reference.purposeNum.get('approval'), MATTER, city.subjectOf(NUMBER)],
      )
    ).rows[0]
  assert.deepEqual(await gate(clerk.account), { outcome: 1, records: null })
  assert.equal((await gate(officer.account))?.outcome, 0)
  await closeAccount({ actor: null, db: city.owner }, officer.name)
  assert.deepEqual(await gate(officer.account), { outcome: 1, records: null })
  assert.deepEqual((await outcomes(city)).slice(-5), [1, 0, 1, 0, 1])
})

test('G3: consent holds for its person, unit, purpose and days, and ends at once when it is withdrawn', async (t) => {
  const city = await withCity(t)
  assert.equal((await city.report(RECORD)).body.status, 'accepted')
  const person = await city.person(NUMBER)
  const other = await city.person(citizenNumber(2))
  const ask = async (unit: string, purpose: string) =>
    (await city.lookUp(NUMBER, { unit, purpose, matter: '' })).body.code ?? 'shown'
  const give = (client: typeof person, unit: string, purpose: string, expires = city.today()) =>
    client.call('giveConsent', { body: { unit, purpose, expires } })
  await give(other, 'demo-bank', 'employment')
  assert.equal(await ask('demo-bank', 'employment'), 'no-consent', "another's consent")
  await give(person, 'demo-bank', 'lending')
  await give(person, 'demo-hr', 'employment')
  assert.equal(await ask('demo-bank', 'employment'), 'no-consent', 'to another purpose and to another unit')
  assert.equal((await give(person, 'demo-bank', 'approval')).body.code, 'consent-not-needed')
  assert.equal((await give(person, 'demo-market', 'lending')).body.code, 'purpose-not-for-unit')
  assert.equal((await give(person, 'demo-bank', 'employment', '2099-01-01')).body.code, 'consent-too-long')
  assert.equal((await give(person, 'demo-bank', 'employment', '2026-01-01')).body.code, 'consent-expired')
  const given = await give(person, 'demo-bank', 'employment')
  assert.equal(await ask('demo-bank', 'employment'), 'shown')
  const stranger = await other.call('withdrawConsent', { params: { consent: given.body.consent } })
  assert.equal(stranger.status, 404)
  assert.equal(await ask('demo-bank', 'employment'), 'shown')
  assert.equal((await person.call('withdrawConsent', { params: { consent: given.body.consent } })).body.live, false)
  assert.equal(await ask('demo-bank', 'employment'), 'no-consent')

  // the last day counts whole; not an instant of the next
  const end = startOf(Temporal.PlainDate.from(city.today()).add({ days: 1 }).toString())
  await city.setTime(Temporal.Instant.from(end).subtract({ milliseconds: 1 }).toString())
  assert.equal(await ask('demo-bank', 'lending'), 'shown')
  await city.setTime(end)
  assert.equal(await ask('demo-bank', 'lending'), 'no-consent')
})

test('G3, wall: for any consents and any instant, the gate opens if and only if one of them is live for exactly this', async (t) => {
  const city = await withCity(t)
  const { system, owner } = city
  const subjects = [1, 2].map((index) => city.subjectOf(citizenNumber(index)))
  const units = ['demo-bank', 'demo-housing'] as const
  const purposes = ['employment', 'tenancy'] as const
  const actors = await Promise.all(units.map(async (unit) => (await city.staff('officer', unit)).account))
  const num = <key>(map: ReadonlyMap<key, number>, key: key) => map.get(key) ?? -1
  const at = (minute: number) => new Date(Date.UTC(2026, 9, 1, 0, minute)).toISOString()
  // one clock for the walls, set by the transaction
  await owner.query(
    `create or replace function xinheng.instant() returns timestamptz language sql stable as $$ select current_setting('test.now')::timestamptz $$`,
  )
  const which = fc.record({ subject: fc.nat({ max: 1 }), unit: fc.nat({ max: 1 }), purpose: fc.nat({ max: 1 }) })
  const consent = fc.record({
    of: which,
    from: fc.nat({ max: 9 }),
    lasts: fc.integer({ min: 1, max: 9 }),
    withdrawn: fc.option(fc.nat({ max: 20 }), { nil: undefined, freq: 2 }),
  })
  const client = await owner.connect()
  await fc
    .assert(
      fc.asyncProperty(
        fc.array(consent, { maxLength: 6 }),
        which,
        fc.nat({ max: 20 }),
        async (consents, asked, minute) => {
          await client.query('begin')
          try {
            await client.query(`select set_config('test.now', $1, true)`, [at(minute)])
            for (const { of, from, lasts, withdrawn } of consents) {
              const { rows } = await client.query<{ num: bigint }>(
                'insert into xinheng.consent (subject, unit, purpose, given_at, expires_at) values ($1, $2, $3, $4, $5) returning num',
                [
                  subjects[of.subject],
                  num(system.reference.unitNum, units[of.unit] ?? ''),
                  num(system.reference.purposeNum, purposes[of.purpose] ?? ''),
                  at(from),
                  at(from + lasts),
                ],
              )
              // a withdrawal is written when it happens: one of the future is not there yet
              if (withdrawn !== undefined && withdrawn <= minute) {
                await client.query('insert into xinheng.consent_end (subject, consent, at) values ($1, $2, $3)', [
                  subjects[of.subject],
                  rows[0]?.num,
                  at(withdrawn),
                ])
              }
            }
            const { rows } = await client.query<{ outcome: number }>(
              'select outcome from xinheng.look_up($1, $2, $3, $4)',
              [
                actors[asked.unit],
                num(system.reference.purposeNum, purposes[asked.purpose] ?? ''),
                '',
                subjects[asked.subject],
              ],
            )
            const live = consents.some(
              ({ of, from, lasts, withdrawn }) =>
                of.subject === asked.subject &&
                of.unit === asked.unit &&
                of.purpose === asked.purpose &&
                from <= minute &&
                minute < from + lasts &&
                !(withdrawn !== undefined && withdrawn <= minute),
            )
            assert.equal(rows[0]?.outcome, live ? 0 : 4)
          } finally {
            await client.query('rollback')
          }
        },
      ),
      { numRuns: 150 },
    )
    .finally(() => client.release())
})

test('G3, wall: the application cannot say when a consent was given or ended, nor give one for another', async (t) => {
  const city = await withCity(t)
  const [mine, theirs] = [city.subjectOf(NUMBER), city.subjectOf(citizenNumber(2))]
  const bank = city.system.reference.unitNum.get('demo-bank')
  const employment = city.system.reference.purposeNum.get('employment')
  const insert = (subject: string, more = '', value = '') =>
    asApp(
      city,
      { subject: mine },
      `insert into xinheng.consent (subject, unit, purpose, expires_at${more}) values ($1, $2, $3, now() + interval '1 day'${value})`,
      [subject, bank, employment],
    )
  await insert(mine)
  await assert.rejects(insert(mine, ', given_at', `, now() - interval '1 day'`), { code: '42501' })
  await assert.rejects(insert(theirs), { code: '42501' })
  await assert.rejects(asApp(city, { subject: mine }, `update xinheng.consent set expires_at = 'infinity'`), {
    code: '42501',
  })
})
