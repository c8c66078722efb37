import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCitizenNumber } from '#domain/identity/synthetic.ts'
import { isRefusal } from '#domain/refusal.ts'
import { submitRecord } from '#operations/intake/record.ts'
import { submit } from '#operations/intake/submit.ts'
import { uuidOf } from '#store/cipher.ts'
import { withCity, valuesOf } from '#test/guarantees/city.fixture.ts'

// B11: a file raises exactly what as many single records raise: the records and their versions, who is told and by what, the
// recalls of what a row corrects and whom they reach, and the refusals of what was refuted, with what they quote (B5).

/** As many as take some seconds; 50 000, as the promise says it, with XINHENG_BULK=50000. */
const PEOPLE = Number(process.env['XINHENG_BULK'] ?? 600)
/** Of each hundred people: on file before and given to the court, corrected by the row; and refuted before. */
const KNOWN = (index: number) => index % 100 < 4
const REFUTED = (index: number) => index % 100 < 2
const HAS_ACCOUNT = (index: number) => index % 10 < 3
const HAS_PHONE = (index: number) => index % 10 === 0
const DAY = '2026-10-12'

test('a file of penalties raises exactly the records, notices, recalls, marks and refusals that single ones would', async (t) => {
  const city = await withCity(t, { poolSize: 4 })
  const { system, owner } = city
  const source = city.sourceOf('penalty-person')
  const clerk = await city.staff('clerk', source)
  const reviewer = await city.staff('reviewer', source)
  const officer = await city.staff('officer', 'demo-court')
  const request = { item: 'penalty-person', unit: source, actor: clerk.account }
  // the same people twice: who comes in by file, who one by one
  const number = (way: number, index: number) => {
    const at = way * PEOPLE + index
    const birth = Temporal.PlainDate.from('1970-01-01').add({ days: at % 9_000 })
    return makeCitizenNumber({ division: '990101', birth: birth.toString(), sequence: 1 + Math.floor(at / 9_000) })
  }
  const subjects = [0, 1].map((way) =>
    Array.from({ length: PEOPLE }, (_, index) => uuidOf(system.subjectKey('citizen', number(way, index)))),
  )
  const values = (way: number, index: number, says: string) =>
    valuesOf(city, {
      item: 'penalty-person',
      number: number(way, index),
      decided: DAY,
      document: `衡罚〔2026〕${index}号`,
      values: { CF_NR: says, CF_CFJGDM: '', CF_CFLB: ['01', '03', '08'][index % 3] ?? '' },
    })
  const lines = (way: number, of: (index: number) => boolean, says: string) =>
    async function* () {
      for (let index = 0; index < PEOPLE; index += 1)
        if (of(index)) yield Buffer.from(`${JSON.stringify(values(way, index, says))}\n`)
    }
  const file = (way: number, of: (index: number) => boolean, says: string) =>
    submit(system, { ...request, source: lines(way, of, says)(), contentType: 'application/x-ndjson' })

  await city.setTime('2026-10-13T08:00:00+08:00')
  for (const way of [0, 1]) {
    const before = await file(way, KNOWN, '先前')
    assert.ok(!isRefusal(before) && before.refused === 0, JSON.stringify(before))
    // accounts and the phones they gave
    for (const [kind, of] of [
      ['account', HAS_ACCOUNT],
      ['contact', HAS_PHONE],
    ] as const) {
      const some = subjects[way]?.filter((_, index) => of(index))
      await owner.query(
        kind === 'account'
          ? `insert into xinheng.account (name, display, roles, subject, password)
             select gen_random_uuid()::text, '{}', '{person}', s, '' from unnest($1::uuid[]) s`
          : `insert into xinheng.contact (subject, channel, at, sealed) select s, 'sms', xinheng.instant(), '\\x01' from unnest($1::uuid[]) s`,
        [some],
      )
    }
  }
  await city.setTime('2026-10-13T09:00:00+08:00')
  const known = Array.from({ length: PEOPLE }, (_, index) => index)
    .filter(KNOWN)
    .slice(0, 40)
  for (const way of [0, 1])
    for (const index of known) {
      const look = await city.lookUp(number(way, index))
      assert.equal(look.body.records.length, 1, look.text)
    }
  // refuted by a decision on an objection, and under objection still
  for (const way of [0, 1])
    for (const index of known) {
      const person = await owner.query<{ num: number }>('select num from xinheng.account where subject = $1::uuid', [
        subjects[way]?.[index],
      ])
      const actor = person.rows[0]?.num
      if (actor === undefined) continue
      const { rows } = await owner.query<{ num: bigint; outcome: number }>(
        `select t.outcome, t.num from xinheng.record r join xinheng.submission s on s.num = r.submission, xinheng.take_step($1::integer, r.subject,
           'objection', 'open', null, 1::smallint, r.nk, r.unit, 0::bigint, s.pack, null, '2026-10-20', '2026-11-02', '') t where r.subject = $2::uuid`,
        [actor, subjects[way]?.[index]],
      )
      assert.equal(rows[0]?.outcome, 0)
      if (!REFUTED(index)) continue
      const done = await owner.query<{ outcome: number }>(
        `select outcome from xinheng.take_step($1::integer, $2::uuid, 'objection', 'uphold-withdraw', $3::bigint, 2::smallint, 0::bigint,
           0::smallint, 0::bigint, 1::smallint, null, null, null, '')`,
        [reviewer.account, subjects[way]?.[index], rows[0]?.num],
      )
      assert.equal(done.rows[0]?.outcome, 0)
    }
  await city.setTime('2026-10-14T09:00:00+08:00')

  const startFile = performance.now()
  const bulk = await file(0, () => true, '现在')
  assert.ok(!isRefusal(bulk), JSON.stringify(bulk))
  const startSingles = performance.now()
  const quotes: string[] = []
  for (let index = 0; index < PEOPLE; index += 1) {
    const one = await submitRecord(system, { ...request, values: values(1, index, '现在') })
    if (isRefusal(one))
      quotes.push(...('receipt' in one ? (one.receipt?.problems ?? []) : []).map((p) => `${index} ${p.code}`))
  }
  const end = performance.now()
  t.diagnostic(
    `${PEOPLE} by file in ${Math.round(startSingles - startFile)} ms, one by one in ${Math.round(end - startSingles)} ms`,
  )
  assert.deepEqual(
    bulk.problems.map(({ row, code }) => `${row - 1} ${code}`),
    quotes,
  )
  assert.ok(quotes.length > 0 && quotes.every((text) => text.endsWith('refuted-earlier')))

  // whoever runs it, as often as there is something to tell
  await city.setTime('2026-10-14T10:00:00+08:00')
  for (;;) {
    const { rows } = await owner.query<{ submissions: number; letters: number }>(
      `select submissions, letters from xinheng.draw_notices('2026-01-01')`,
    )
    if ((rows[0]?.submissions ?? 0) + (rows[0]?.letters ?? 0) === 0) break
  }
  /** What is there of each person, in their order, without what only numbers it. */
  const raised = async (way: number) => {
    const { rows } = await owner.query<Record<string, unknown>>(
      `select
         (select array_agg((r.nk & 1023, r.decided, r.item, r.unit, octet_length(r.sealed) > 0)::text order by r.nk) from xinheng.record r where r.subject = p.s) as records,
         (select count(*) from xinheng.told_records(p.s)) as told,
         (select array_agg((n.nk & 1023, n.title)::text order by n.num) from xinheng.notice n where n.subject = p.s) as notices,
         (select array_agg((l.unit, l.why)::text order by l.num) from xinheng.letter l where l.subject = p.s) as letters,
         (select array_agg((c.kind, c.day, c.action is null, (select array_agg((q.kind, q.unit, q.matter)::text order by q.unit)
            from xinheng.recall_recipient q where q.subject = c.subject and q.recall = c.num))::text order by c.num) from xinheng.recall c where c.subject = p.s) as recalls,
         octet_length(coalesce(xinheng.marks(p.s, xinheng.instant()), '')) > 0 as marked,
         (select array_agg(h is not null) from unnest(xinheng.hidden(p.s, xinheng.today())) h) as hidden
       from unnest($1::uuid[]) with ordinality p (s, at) order by p.at`,
      [subjects[way]],
    )
    return rows
  }
  const [byFile, single] = [await raised(0), await raised(1)]
  assert.deepEqual(byFile, single)
  const count = (key: string) => byFile.filter((row) => Array.isArray(row[key])).length
  t.diagnostic(
    `notices of ${count('notices')}, letters to ${count('letters')}, recalls of ${count('recalls')}, marks on ${byFile.filter((row) => row['marked']).length}`,
  )
  assert.ok(byFile.every((row) => Array.isArray(row['records'])))
  // everybody held to something is told of it: in the inbox, by the phone they gave, or on paper
  assert.ok(count('letters') > PEOPLE / 2 && count('recalls') > 0 && byFile.some((row) => row['marked'] === true))
  assert.ok(byFile.every((row) => row['hidden'] !== null || Number(row['told']) === 1))
  assert.ok(officer.account > 0)
})
