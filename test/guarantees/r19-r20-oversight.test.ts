import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAccount } from '#operations/accounts.ts'
import { citizenNumber } from '#test/people.ts'
import { FIRM, MATTER, withCity, type City } from './city.fixture.ts'

// R19: unusual look-ups are shown to the auditor. R20: an incident knows whom it concerns, tells them, and is closed once.

const NUMBER = citizenNumber(1)

/** Rows of the access log as if they had happened: the gate's own are covered by G4. */
const looked = (
  city: City,
  of: { actor: number; subject: string; at: string; ground?: number; matter?: string; unit?: string },
) =>
  city.owner.query(
    `insert into xinheng.access (subject, at, actor, unit, purpose, ground, outcome, shown, matter, items) values ($1, $2, $3, $4, $5, $6, 0, 1, $7, '')`,
    [
      of.subject,
      of.at,
      of.actor,
      city.system.reference.unitNum.get(of.unit ?? 'demo-approval'),
      city.system.reference.purposeNum.get('approval'),
      of.ground ?? 1,
      of.matter ?? MATTER,
    ],
  )

test('R19: each of the five kinds is flagged, and what is ordinary is not', async (t) => {
  const city = await withCity(t)
  const auditor = await city.as('auditor')
  const named = async (name: string, zh: string) => {
    const made = await createAccount(
      city.system,
      { actor: null, db: city.owner },
      { name, display: { zh, en: name }, password: 'test-password', unit: 'demo-approval', roles: ['officer'] },
    )
    assert.ok('num' in made)
    return made.num
  }
  const officer = await city.staff('officer', 'demo-approval')
  await officer.call('openMatter', { body: { number: MATTER, title: '许可', purpose: 'approval' } })
  await city.owner.query(`update xinheng.matter set opened_at = '2026-10-01'`)
  const [ouyang, ou, busy, late, stray, many] = [
    await named('ouyang', '欧阳文'),
    await named('ou', '欧文'),
    await named('busy', '忙'),
    await named('late', '晚'),
    await named('stray', '游'),
    await named('many', '广'),
  ]
  await city.report({ item: 'permit-person', decided: '2026-03-01', number: NUMBER, name: '欧阳甲' })
  await city.report({
    item: 'permit-organisation',
    decided: '2026-03-01',
    number: '11990000009900021H',
    name: '欧阳商行',
    document: '许2号',
  })
  const subject = city.subjectOf(NUMBER)
  const wednesday = (time: string) => `2026-11-04T${time}+08:00`
  // ordinary: a live matter, in hours, another family's name
  await looked(city, { actor: ou, subject, at: wednesday('10:00:00') })
  await looked(city, { actor: ouyang, subject, at: wednesday('10:00:00') })
  await looked(city, { actor: late, subject, at: wednesday('20:00:00') })
  await looked(city, { actor: late, subject, at: '2026-11-07T10:00:00+08:00' })
  await looked(city, { actor: stray, subject, at: wednesday('11:00:00'), matter: '没有此事' })
  // across the full hour: one burst
  for (let index = 0; index < 61; index += 1)
    await looked(city, {
      actor: busy,
      subject,
      at: wednesday(`${index < 30 ? '09:59' : '10:01'}:${String(index % 60).padStart(2, '0')}`),
    })
  for (let index = 0; index < 201; index += 1) {
    await looked(city, {
      actor: many,
      subject: city.subjectOf(citizenNumber(index)),
      at: `2026-11-${index < 100 ? '05' : '06'}T${String(9 + (index % 8)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}:00+08:00`,
    })
  }
  const { body } = await auditor.call('unusual', { query: { from: '2026-11-01', until: '2026-11-08' } })
  const flags = body.flags
    .map((one: { flag: string; actor: { zh: string }; count: number }) => `${one.actor.zh} ${one.flag} ${one.count}`)
    .toSorted()
  assert.deepEqual(
    flags,
    ['广 export 201', '忙 volume 61', '晚 hours 1', '晚 hours 1', '欧阳文 own-name 1', '游 no-matter 1'].toSorted(),
  )
  const flagged = body.flags.find((one: { flag: string }) => one.flag === 'volume')
  assert.ok(flagged.why.zh.includes('60') && flagged.why.en.includes('60') && flagged.accesses.length <= 50)
  assert.ok(
    !JSON.stringify(body).includes('欧阳甲') && !JSON.stringify(body).includes(NUMBER),
    'no flag names whom it concerns',
  )
})

test('R20: scope from the log, notice in the inbox of each, nothing after the closing, and for auditors only', async (t) => {
  const city = await withCity(t)
  const auditor = await city.as('auditor')
  const suspect = await city.staff('officer', 'demo-approval')
  const numbers = [1, 2, 3].map((index) => citizenNumber(index))
  for (const [index, number] of numbers.entries())
    await city.report({ item: 'permit-person', decided: '2026-03-01', number, name: '测甲', document: `许${index}号` })
  const people = await Promise.all(numbers.map((number) => city.person(number)))
  await city.lookUp(numbers[0] ?? '', { purpose: 'approval', unit: 'demo-approval' })
  await city.lookUp(numbers[1] ?? '', { purpose: 'approval', unit: 'demo-approval' })
  await city.lookUp(numbers[1] ?? '', { purpose: 'approval', unit: 'demo-approval', matter: '' })
  await city.lookUp(numbers[2] ?? '', { purpose: 'approval', unit: 'demo-approval', matter: '' })
  await city.lookUp(numbers[2] ?? '', { purpose: 'approval', unit: 'demo-market' })
  const hour = (by: number) => Temporal.Now.instant().add({ hours: by }).toString()
  const body = { title: '疑似外泄', suspicion: '有人兜售', actor: suspect.name, from: hour(-1), until: hour(1) }
  const opened = await auditor.call('openIncident', { body })
  assert.deepEqual(
    opened.body,
    { incident: opened.body.incident, affected: 2 },
    'refused look-ups and those of others are not of it',
  )
  assert.equal((await auditor.call('openIncident', { body: { ...body, actor: undefined } })).body.affected, 3)
  assert.equal(
    (await auditor.call('openIncident', { body: { ...body, from: hour(-3), until: hour(-2) } })).body.affected,
    0,
  )
  assert.equal((await auditor.call('openIncident', { body: { ...body, actor: 'nobody-here' } })).status, 404)
  assert.equal((await auditor.call('openIncident', { body: { ...body, from: hour(1), until: hour(-1) } })).status, 400)

  const num: number = opened.body.incident
  const step = (kind: string, text: string, who = auditor) =>
    who.call('addIncidentStep', { params: { num }, body: { kind, text } })
  assert.equal((await step('notify-persons', '您的信息可能被不当查询')).body.notified, 2)
  const inbox = async () =>
    Promise.all(
      people.map(async (one) =>
        (await one.call('myNotices')).body.notices.map((notice: { text: { zh: string } }) => notice.text.zh),
      ),
    )
  assert.deepEqual(await inbox(), [['您的信息可能被不当查询'], ['您的信息可能被不当查询'], []])
  await step('notify-authority', '已报告')
  await step('finding', '查明')
  assert.equal((await step('close', '结案')).body.state, 'closed')
  for (const kind of ['notify-persons', 'notify-authority', 'finding', 'close'])
    assert.equal((await step(kind, '再')).status, 404)
  assert.equal((await inbox())[0].length, 1)
  const file = await auditor.call('incident', { params: { num } })
  assert.deepEqual(
    file.body.steps.map((one: { kind: string }) => one.kind),
    ['notify-persons', 'notify-authority', 'finding', 'close'],
  )
  assert.ok(!file.text.includes(numbers[0] ?? 'x') && !file.text.includes(FIRM))

  // the wall: whoever is no auditor gets nothing from the functions, and an incident is closed once
  for (const [sql, values] of [
    [`select * from xinheng.open_incident($1, 'x', 'x', null, now() - interval '1 hour', now())`, []],
    [`select * from xinheng.read_incidents($1)`, []],
    [`select * from xinheng.read_incident_steps($1, $2)`, [num]],
    [`select * from xinheng.review_accesses($1, now() - interval '1 hour', now(), 10)`, []],
  ] as const) {
    assert.equal((await city.system.pool.query(sql, [suspect.account, ...values])).rows.length, 0, sql)
  }
  const { rows } = await city.system.pool.query(
    `select xinheng.add_incident_step($1, $2, 'finding', 'x', '{}', '{}') as n`,
    [suspect.account, num],
  )
  assert.deepEqual(rows, [{ n: null }])
  await assert.rejects(
    city.owner.query(`insert into xinheng.incident_step (incident, by, kind, text) values ($1, $2, 'close', 'x')`, [
      num,
      auditor.account,
    ]),
    { code: '23505' },
  )
})
