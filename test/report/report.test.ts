import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCode } from '#domain/report.ts'
import { splitSeal, verifyReport } from '#domain/report-seal.ts'
import { makeSigner, parseVerifierKey, formatVerifierKey } from '#domain/note.ts'
import { citizenNumber } from '#test/people.ts'
import { FIRM, MATTER } from '#test/guarantees/city.fixture.ts'
import { textOf, withReports } from './report.fixture.ts'

const NUMBER = citizenNumber(1)
const NAME = '测甲乙'
const PERMIT = { item: 'permit-person', decided: '2026-03-01', number: NUMBER, name: NAME, document: '衡许〔2026〕8号' }
const PENALTY = {
  item: 'penalty-person',
  decided: '2026-03-02',
  number: NUMBER,
  name: NAME,
  document: '衡罚〔2026〕9号',
}

test('G4, B14: a report is a logged look-up, the same bytes each time, and says what is on file', async (t) => {
  const city = await withReports(t)
  await city.setTime('2026-04-01T02:00:00Z')
  await city.report(PERMIT)
  await city.setTime('2026-04-01T02:10:00Z')
  const person = await city.person(NUMBER)
  const before = await city.count('access')
  const issued = await person.call('issueMyReport', { body: { kind: 'personal' } })
  assert.equal(issued.status, 200, issued.text)
  assert.equal((await city.count('access')) - before, 1)
  assert.equal(readCode(issued.body.code)?.length, 20)
  // not before its look-up is in the ledger
  const early = await person.call('reportFile', { params: { report: issued.body.report }, body: {} })
  assert.equal(early.body.code, 'proof-pending', early.text)

  const file = await city.file(person, issued.body.report)
  const text = textOf(file)
  for (const part of [
    NAME,
    '个人公共信用信息报告',
    'Public credit report',
    PERMIT.document,
    '2026-03-01',
    issued.body.code,
    '本人查询',
  ])
    assert.ok(text.includes(part), part)
  assert.ok(!text.includes(NUMBER), 'the number is masked')
  // a record that came later, and an hour later: the same report, byte by byte
  await city.setTime('2026-04-01T03:00:00Z')
  await city.report(PENALTY)
  await city.setTime('2026-04-01T03:10:00Z')
  assert.equal((await person.call('myArchive')).body.records.length, 2)
  assert.ok(file.equals(await city.file(person, issued.body.report)))
  const verdict = await verifyReport(file, city.key)
  assert.equal(verdict.result, 'genuine')
  assert.ok(verdict.result === 'genuine' && verdict.facts.at === issued.body.at)
  // the report before the second record, asked for as of then, says the same of the records
  const again = await person.call('issueMyReport', { body: { kind: 'personal', at: issued.body.at } })
  const other = textOf(await city.file(person, again.body.report))
  assert.ok(!other.includes(PENALTY.document) && other.includes(PERMIT.document))
})

test('a change of any byte is found; so is another key, a seal cut off, and a seal of another report', async (t) => {
  const city = await withReports(t)
  await city.report(PERMIT)
  const person = await city.person(NUMBER)
  const [one, two] = [
    await person.call('issueMyReport', { body: { kind: 'personal' } }),
    await person.call('issueMyReport', { body: { kind: 'personal' } }),
  ]
  const file = await city.file(person, one.body.report)
  assert.equal((await verifyReport(file, city.key)).result, 'genuine')
  const parts = splitSeal(file)
  assert.ok(parts)
  // spread over the whole file, and every byte of the seal's beginning
  const places = [
    ...Array.from({ length: 60 }, (_, at) => Math.floor((at * (file.length - 1)) / 59)),
    ...Array.from({ length: 40 }, (_, at) => parts.pdf.length + at * 7),
  ]
  for (const place of places) {
    const altered = Buffer.from(file)
    altered[place] = (altered[place] ?? 0) ^ 1
    assert.notEqual((await verifyReport(altered, city.key)).result, 'genuine', `byte ${place}`)
  }
  assert.equal((await verifyReport(Buffer.concat([file, Buffer.from('\n')]), city.key)).result, 'altered')
  assert.equal((await verifyReport(Buffer.from(parts.pdf), city.key)).result, 'no-report')
  const stranger = await makeSigner('ledger.example/report', new Uint8Array(32).fill(7))
  const key = await parseVerifierKey(formatVerifierKey(stranger))
  assert.ok(key)
  assert.equal((await verifyReport(file, key)).result, 'unknown-key')
  const other = splitSeal(await city.file(person, two.body.report))
  assert.ok(other)
  const mixed = Buffer.concat([parts.pdf, file.subarray(parts.pdf.length)])
  assert.equal((await verifyReport(mixed, city.key)).result, 'genuine')
  const swapped = Buffer.concat([other.pdf, file.subarray(parts.pdf.length)])
  assert.equal((await verifyReport(swapped, city.key)).result, 'altered')
})

test('B13: whoever holds the code learns whether anything changed, and nothing about whom; the issuer sees the check', async (t) => {
  const city = await withReports(t)
  await city.setTime('2026-04-01T02:00:00Z')
  await city.report(PERMIT)
  await city.setTime('2026-04-01T02:10:00Z')
  const person = await city.person(NUMBER)
  const { body: issued } = await person.call('issueMyReport', { body: { kind: 'personal' } })
  const { body: special } = await person.call('issueMyReport', {
    body: { kind: 'no-violations', from: '2023-04-01', to: '2026-04-01' },
  })
  const check = (code: string, digest?: string) =>
    city.nobody.call('checkReport', { body: { code, ...(digest && { digest }) } })
  const file = await city.file(person, issued.report)
  const verdict = await verifyReport(file, city.key)
  assert.ok(verdict.result === 'genuine')
  const answer = await check(issued.code.toLowerCase().replaceAll('-', ' '), verdict.facts.digest)
  assert.deepEqual(answer.body, {
    kind: 'personal',
    at: issued.at,
    changed: false,
    digest: verdict.facts.digest,
    same: true,
  })
  assert.equal((await check(issued.code, '0'.repeat(64))).body.same, false)
  assert.equal((await check('0000-0000-0000-0000-0000')).status, 404)
  assert.equal((await check('short')).status, 404)
  // a favourable record changes the one and not the other
  await city.report({ ...PERMIT, document: '衡许〔2026〕10号', decided: '2026-03-05' })
  assert.equal((await check(issued.code)).body.changed, true)
  assert.equal((await check(special.code)).body.changed, false)
  await city.report(PENALTY)
  assert.equal((await check(special.code)).body.changed, true)
  const { body: list } = await person.call('reports')
  assert.equal(list.reports.find((one: { report: string }) => one.report === issued.report).checks, 1)
  assert.equal(list.reports.length, 2)
})

test('B13: the end of a term is a change, though nothing happens on that day', async (t) => {
  const city = await withReports(t)
  await city.setTime('2026-04-01T02:00:00Z')
  await city.report(PENALTY)
  await city.setTime('2026-04-01T02:10:00Z')
  const person = await city.person(NUMBER)
  const until: string = (await person.call('myArchive')).body.records[0].until
  const { body: issued } = await person.call('issueMyReport', { body: { kind: 'personal' } })
  const changed = async () => (await city.nobody.call('checkReport', { body: { code: issued.code } })).body.changed
  const eve = Temporal.PlainDate.from(until).subtract({ days: 1 }).toString()
  await city.setTime(`${eve}T23:59:59+08:00`)
  assert.equal(await changed(), false)
  await city.setTime(`${until}T00:00:00+08:00`)
  assert.equal(await changed(), true)
})

test('B3, B13: a suspension by silence is a change on the day it begins, though nothing happens on that day', async (t) => {
  const city = await withReports(t)
  await city.setTime('2026-04-01T02:00:00Z')
  await city.report({ ...PENALTY, values: { CF_CFLB: '04' } })
  await city.setTime('2026-04-01T02:10:00Z')
  const person = await city.person(NUMBER)
  const [record] = (await person.call('myArchive')).body.records
  const filed = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: record.id, content: { statement: '与事实不符' } },
  })
  assert.equal(filed.status, 200, filed.text)
  await city.setTime('2026-04-01T02:20:00Z')
  const [{ state }] = (await person.call('myCases')).body.cases
  const { body: issued } = await person.call('issueMyReport', { body: { kind: 'personal' } })
  const changed = async () => (await city.nobody.call('checkReport', { body: { code: issued.code } })).body.changed
  const eve = Temporal.PlainDate.from(state.silence).subtract({ days: 1 }).toString()
  await city.setTime(`${eve}T23:59:59+08:00`)
  assert.equal(await changed(), false)
  await city.setTime(`${state.silence}T00:00:00+08:00`)
  assert.equal(await changed(), true)
})

test('the special report: kinds and period searched; only what is usable that day counts (G5)', async (t) => {
  const city = await withReports(t)
  await city.setTime('2026-04-01T02:00:00Z')
  await city.report(PENALTY)
  await city.setTime('2026-04-01T02:10:00Z')
  const person = await city.person(NUMBER)
  const make = async (body: object) => {
    const issued = await person.call('issueMyReport', { body: { kind: 'no-violations', ...body } })
    assert.equal(issued.status, 200, issued.text)
    return textOf(await city.file(person, issued.body.report)).replaceAll('\n', '')
  }
  const found = await make({ from: '2023-04-01', to: '2026-04-01' })
  assert.ok(found.includes('有1条有效的') || found.includes('有 1 条有效的'), found.slice(0, 400))
  assert.ok(found.includes(PENALTY.document) && found.includes(city.item('penalty-person').name.zh))
  const before = await make({ from: '2023-04-01', to: '2026-03-01' })
  assert.ok(before.includes('未见有效的') && !before.includes(PENALTY.document))
  await city.setTime('2031-04-01T02:00:00Z')
  const after = await make({ from: '2023-04-01', to: '2026-04-01' })
  assert.ok(after.includes('未见有效的') && !after.includes(PENALTY.document))
  // a court is told how many there were and how they ended, and on which ground they are not listed
  const court = await city.staff('court', 'demo-court')
  const past = await court.call('issueReport', { body: { kind: 'personal', number: NUMBER, matter: MATTER } })
  assert.equal(past.status, 200, past.text)
  const admitted = textOf(await city.file(court, past.body.report, NUMBER)).replaceAll('\n', '')
  assert.ok(admitted.includes('仅供复核机关和法院') && !admitted.includes(PENALTY.document))
  for (const body of [
    {},
    { from: '2026-04-01' },
    { from: '2026-04-02', to: '2026-04-01' },
    { from: '2026-01-01', to: '2031-04-02' },
  ])
    assert.equal(
      (await person.call('issueMyReport', { body: { kind: 'no-violations', ...body } })).body.code,
      'report-period',
    )
  const none = { kind: 'no-violations', from: '2026-02-30', to: '2026-04-01' }
  assert.equal((await person.call('issueMyReport', { body: none })).status, 400, 'a day that is none')
  assert.equal((await person.call('issueMyReport', { body: { kind: 'organisation' } })).body.code, 'report-kind')
})

test('G12: within a matter by those who may; what the purpose does not open is admitted; another’s report is not there', async (t) => {
  const city = await withReports(t)
  await city.report(PERMIT)
  await city.report({ item: 'permit-organisation', decided: '2026-03-01', number: FIRM })
  const officer = await city.staff('officer', 'demo-approval')
  const person = await city.person(NUMBER)
  const stranger = await city.person(citizenNumber(2))
  const ask = { kind: 'personal', number: NUMBER, purpose: 'approval', matter: MATTER }
  const issued = await officer.call('issueReport', { body: ask })
  assert.equal(issued.status, 200, issued.text)
  const text = textOf(await city.file(officer, issued.body.report, NUMBER)).replaceAll('\n', '')
  assert.ok(
    text.includes(MATTER) && text.includes('未授权') && !text.includes(NAME),
    'masked, and what is left out is said',
  )
  // the person sees both look-ups: the issue and the file
  const { body: looks } = await person.call('myAccesses')
  assert.equal(looks.accesses.filter((one: { matter: string }) => one.matter === MATTER).length, 2)
  const refused = [
    [await officer.call('issueReport', { body: { ...ask, matter: '' } }), 'no-matter'],
    [await officer.call('issueReport', { body: { ...ask, at: '2026-01-01T00:00:00Z' } }), 'not-allowed'],
    [await (await city.staff('clerk', 'demo-approval')).call('issueReport', { body: ask }), 'not-allowed'],
    [await stranger.call('reportFile', { params: { report: issued.body.report }, body: {} }), 'not-found'],
    [await person.call('reportFile', { params: { report: issued.body.report }, body: {} }), 'not-found'],
    [
      await officer.call('reportFile', { params: { report: issued.body.report }, body: { number: citizenNumber(2) } }),
      'not-found',
    ],
  ] as const
  for (const [answer, code] of refused) assert.equal(answer.body.code, code, answer.text)
  const firm = await officer.call('issueReport', {
    body: { ...ask, kind: 'organisation', idKind: 'organisation', number: FIRM },
  })
  assert.equal(firm.status, 200, firm.text)
  // an officer may not read the past: once something changed, the paper they have is all there is
  await city.report({ ...PERMIT, document: '衡许〔2026〕11号', decided: '2026-03-06' })
  const changed = await officer.call('reportFile', { params: { report: issued.body.report }, body: { number: NUMBER } })
  assert.equal(changed.body.code, 'report-remade', changed.text)
  // a court may: as of any instant
  const court = await city.staff('court', 'demo-court')
  const past = await court.call('issueReport', {
    body: { kind: 'personal', number: NUMBER, matter: MATTER, at: issued.body.at },
  })
  assert.equal(past.status, 200, past.text)
  assert.ok(!textOf(await city.file(court, past.body.report, NUMBER)).includes('衡许〔2026〕11号'))
})

test('wall: no report without its own answered look-up; nothing of the table is readable', async (t) => {
  const city = await withReports(t)
  await city.report(PERMIT)
  const person = await city.person(NUMBER)
  const { body: issued } = await person.call('issueMyReport', { body: { kind: 'personal' } })
  const { rows } = await city.owner.query('select subject, access from xinheng.report where num = $1', [issued.report])
  const issue = (actor: number, access: string, subject: string = rows[0].subject) =>
    city.system.pool.query(
      `select xinheng.issue_report($1::integer, '00000000000000000000', 'personal', now(), 'self', $2::uuid, '', $3::bigint, '', '',
         null, null, null, 'x', sha256(''), sha256(''), 'infinity') as num`,
      [actor, subject, access],
    )
  // used up, another's, none
  assert.equal((await issue(person.account, String(rows[0].access))).rows[0].num, null)
  assert.equal((await issue(person.account, '999999')).rows[0].num, null)
  await person.call('myArchive')
  const { rows: last } = await city.owner.query('select max(num)::text as num from xinheng.access')
  assert.equal((await issue((await city.staff('officer', 'demo-approval')).account, last[0].num)).rows[0].num, null)
  // their own answered look-up, of somebody else; a look-up of theirs that was refused
  assert.equal((await issue(person.account, last[0].num, city.subjectOf(citizenNumber(2)))).rows[0].num, null)
  const officer = await city.staff('officer', 'demo-approval')
  assert.equal(
    (await officer.call('lookUp', { body: { number: NUMBER, purpose: 'approval', matter: '' } })).body.code,
    'no-matter',
  )
  const { rows: refused } = await city.owner.query('select max(num)::text as num from xinheng.access')
  assert.equal((await issue(officer.account, refused[0].num)).rows[0].num, null)
  assert.notEqual((await issue(person.account, last[0].num)).rows[0].num, null)
  for (const table of ['report', 'report_check'])
    await assert.rejects(city.system.pool.query(`select from xinheng.${table}`), /permission denied/)
})
