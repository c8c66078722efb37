import { describePassedOver } from '#cli/commands/start.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { openPool } from '#store/db.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'
import { roleUrl } from '#store/migrate.ts'
import { withApi, type Client } from '#test/api.ts'
import { liveOn } from '../cases/case.fixture.ts'
import { findingsOf } from '../guarantees/verify.fixture.ts'
import { commitment, commitmentFile } from '#test/people.ts'

// A pack edited at the desk: draft, check, comparison, dry run, submission, another person's approval, its day. All over HTTP.

const BASIS = '[ { document: 衡州市公共信用信息目录（演示）, rank: local-policy } ]'
/** The commitment may be seen by nobody from a day on: what a lower layer may always do. */
const narrowed = (from: string) => `narrow:
  - item: commitment
    from: '${from}'
    see: []
    basis: ${BASIS}
`

test('drafted, checked, compared, approved by another and in force from its day: recorded, walled, in the ledger', async (t) => {
  const api = await withApi(t)
  const day = (add: number) => Temporal.Now.plainDateISO('Asia/Shanghai').add({ days: add }).toString()
  const [author, second, auditor, clerk, officer] = await Promise.all([
    api.as('admin', 'demo-development'),
    api.as('admin', 'demo-development'),
    api.as('auditor'),
    api.as('clerk'),
    api.as('officer', 'demo-approval'),
  ])
  const row = commitment(1)
  const send = (rows: Parameters<typeof commitmentFile>[0]) =>
    clerk.call('intake', {
      query: { item: 'commitment' },
      body: commitmentFile(rows),
      headers: { 'content-type': 'text/csv' },
    })
  const look = async () =>
    (await officer.call('lookUp', { body: { number: row.number, purpose: 'approval', matter: '审1' } })).body.records
      .length
  assert.equal((await send([row])).status, 200)
  assert.equal(await look(), 1)

  const open = async (who: Client, title: string): Promise<number> => {
    const answer = await who.call('openDraft', { body: { layer: 'demo', title } })
    assert.equal(answer.status, 200, answer.text)
    return answer.body.draft
  }
  const read = async (draft: number, who = author) => (await who.call('draft', { params: { draft } })).body
  const save = async (draft: number, name: string, text: string | null, who = author) =>
    who.call('saveDraft', { params: { draft }, body: { step: (await read(draft)).step, name, text } })
  const step = async (draft: number, kind: string, who = author, more: object = {}) =>
    who.call('stepDraft', { params: { draft }, body: { kind, step: (await read(draft)).step, ...more } })
  const edit = async (draft: number, version: string, from: string) => {
    const pack = (await read(draft)).files.find(({ name }: { name: string }) => name === 'pack.yaml').text
    await save(draft, 'pack.yaml', pack.replace(/version: .*/, `version: '${version}'`))
    return save(draft, 'desk.yaml', narrowed(from))
  }

  // a draft begins with the layer as it is; other layers than those in use have none
  const draft = await open(author, '承诺不再共享')
  const another = await api.as('admin', 'demo-market')
  const elsewhere = await another.call('openDraft', { body: { layer: 'demo', title: '别的单位' } })
  assert.equal(elsewhere.body.code, 'not-allowed', 'the administrator of any unit is not the office')
  assert.equal((await author.call('openDraft', { body: { layer: 'hunan', title: '湖南' } })).body.code, 'draft-layer')
  assert.deepEqual((await read(draft)).problems, [])
  assert.equal((await step(draft, 'submit')).body.code, 'draft-same-version')
  // what is wrong is told at its file and line, and cannot be submitted
  const widened = await save(draft, 'desk.yaml', narrowed('2030-01-01').replace('see: []', 'refuseAbove: 0.9'))
  assert.deepEqual(
    widened.body.problems.map(({ code, file, line }: { code: string; file: string; line: number }) => [
      code,
      file,
      line,
    ]),
    [['refusal-widened', 'policy/demo/desk.yaml', 4]],
  )
  assert.equal((await step(draft, 'submit')).body.code, 'draft-unsound')
  assert.equal((await save(draft, 'desk.yaml', 'narrow: [')).body.problems[0].code, 'yaml')
  assert.equal((await save(draft, '../x.yaml', 'a: 1')).body.code, 'draft-file-name')
  assert.equal((await save(draft, 'pack.yaml', null)).body.code, 'draft-file-name')
  assert.deepEqual((await edit(draft, '2026.2', day(30))).body.problems, [])
  // another administrator does not write in it, and who saw an older step does not either
  assert.equal((await save(draft, 'desk.yaml', 'x: 1', second)).status, 403)
  assert.equal(
    (await author.call('saveDraft', { params: { draft }, body: { step: 1, name: 'desk.yaml', text: 'x: 1' } })).body
      .code,
    'draft-not-possible',
  )
  const changes = (await auditor.call('draftDiff', { params: { draft } })).body.differences
  assert.deepEqual(
    changes.map(({ section, id, change }: { section: string; id: string; change: string }) => [section, id, change]),
    [['items', 'commitment', 'changed']],
  )
  assert.ok(
    changes[0].changes.some(({ en }: { en: string }) => en.startsWith('who may see it:')),
    changes[0].changes[0].en,
  )
  const dry = await author.call('draftDryRun', { params: { draft } })
  assert.deepEqual([dry.status, dry.body.pack.version], [200, '2026.2'])

  // submitted and approved: never by its author, never by an auditor, nothing between the two
  assert.equal((await step(draft, 'submit', author, { effective: day(-1) })).body.code, 'draft-too-early')
  const submitted = await step(draft, 'submit', author, { effective: day(30) })
  assert.equal(submitted.status, 200, submitted.text)
  assert.equal((await save(draft, 'desk.yaml', narrowed(day(40)))).body.code, 'draft-not-possible')
  assert.equal((await step(draft, 'approve')).body.code, 'draft-own')
  assert.equal((await step(draft, 'approve', auditor)).status, 403)
  assert.equal((await step(draft, 'return', second)).body.code, 'reason-missing')
  assert.equal((await step(draft, 'return', second, { note: '请说明' })).status, 200)
  assert.equal((await step(draft, 'submit', author, { effective: day(30) })).status, 200)

  // two drafts of the same layer: the other was made after the same load, and has to be submitted again
  const other = await open(author, '另一草案')
  await edit(other, '2026.3', day(60))
  assert.equal((await step(other, 'submit', author, { effective: day(60) })).status, 200)
  const approved = await step(draft, 'approve', second, { note: '同意' })
  assert.deepEqual([approved.status, approved.body.state, approved.body.effective], [200, 'approve', day(30)])
  assert.equal((await step(other, 'approve', second)).body.code, 'draft-base-moved')
  assert.equal((await step(other, 'withdraw')).status, 200)
  assert.equal((await step(draft, 'withdraw')).body.code, 'draft-not-possible', 'what is approved stays')
  // one made after it cannot take effect before it
  const early = await open(author, '更早生效')
  await edit(early, '2026.4', day(20))
  assert.equal((await step(early, 'submit', author, { effective: day(20) })).body.code, 'draft-too-early')

  // nothing runs on its day: the first look-up of the day is judged by it, the last of the day before is not
  const version = async () => (await api.nobody.call('catalog')).body.pack.version
  const states = async () =>
    (await auditor.call('packs')).body.versions.map(
      ({ version: of, state }: { version: string; state: string }) => `${of} ${state}`,
    )
  assert.deepEqual([await version(), await look(), await states()], ['2026.1', 1, ['2026.2 coming', '2026.1 in-force']])
  await liveOn(api, day(29), '23:59')
  assert.deepEqual([await version(), await look()], ['2026.1', 1])
  assert.equal((await send([commitment(2)])).status, 200)
  await liveOn(api, day(30), '00:00')
  assert.deepEqual([await look(), await version(), await states()], [0, '2026.2', ['2026.2 in-force', '2026.1 past']])
  assert.equal((await send([commitment(3)])).status, 200)
  // an update of the program that changes the layer afterwards is not passed over in silence, until somebody has seen to it
  const passedOver = async () => (await auditor.call('packs')).body.passedOver
  assert.deepEqual(await passedOver(), [])
  await api.owner.query(`update xinheng.pack_draft set folder = sha256('as the program had it then') where num = $1`, [
    draft,
  ])
  assert.deepEqual(await passedOver(), [{ layer: 'demo', draft, title: '承诺不再共享' }])
  assert.match(describePassedOver(await passedOver()), /没有生效[^]*demo {2}草案 draft \d+ {2}承诺不再共享/)
  assert.equal(describePassedOver([]), '')
  await api.owner.query(`update xinheng.pack_draft set folder = null where num = $1`, [draft])
  assert.deepEqual(await passedOver(), [], 'of a draft from before: the files that it was begun with')
  const { rows } = await api.owner.query(
    `select p.version, encode(p.digest, 'hex') as digest from xinheng.submission s join xinheng.pack p on p.num = s.pack order by s.num`,
  )
  assert.deepEqual(
    rows.map((one) => one.version),
    ['2026.1', '2026.1', '2026.2'],
    'each submission names the pack that judged it',
  )
  assert.equal(rows[2]?.digest, approved.body.digest, 'with the digest that was submitted and approved')
  assert.deepEqual(await findingsOf(api), [])

  // every step is in the ledger; edited with the owner's rights, it is named
  const pool = openPool(roleUrl(api.url, 'xinheng_sequencer', api.keys), { max: 1 })
  t.after(() => pool.end())
  const log = await getLedgerSigner(api.keys, 'ledger.example/xinheng')
  await sequenceAll({ pool, keys: api.keys, signer: log }, '-infinity')
  const ledger = async () =>
    (await verifyLedger({ pool: api.owner, keys: api.keys, log, grace: -86_400 })).findings.map((one) =>
      JSON.stringify(one),
    )
  assert.deepEqual(await ledger(), [])
  const inOne = async (sql: string) => {
    const client = await api.owner.connect()
    try {
      for (const one of ['begin', 'set local session_replication_role = replica', sql, 'commit'])
        await client.query(one)
    } finally {
      client.release()
    }
  }
  const edits: [sql: string, back: string][] = [
    [
      `update xinheng.pack_draft_step set note = 'x' where kind = 'approve'`,
      `update xinheng.pack_draft_step set note = '同意' where kind = 'approve'`,
    ],
    [`update xinheng.pack_draft set title = title || 'x'`, `update xinheng.pack_draft set title = left(title, -1)`],
    [
      `update xinheng.pack_draft_step set files = files || '{"x.yaml": ""}' where files is not null`,
      `update xinheng.pack_draft_step set files = files - 'x.yaml' where files is not null`,
    ],
  ]
  for (const [sql, back] of edits) {
    await inOne(sql)
    assert.ok(
      (await ledger()).some((one) => one.includes('"altered","table":"pack_draft_step"')),
      sql,
    )
    await inOne(back)
  }
  await inOne(`update xinheng.pack_load set effective = effective - interval '1 day'`)
  assert.ok((await ledger()).some((one) => one.includes('"altered","table":"pack_load"')))
  await inOne(`update xinheng.pack_load set effective = effective + interval '1 day'`)

  // walls: whoever writes past the application finds the same answers
  const author1 = `(select author from xinheng.pack_draft where num = ${draft})`
  const refusedBy = async (
    sql: string,
    state: string,
    db: { query: (sql: string) => Promise<unknown> } = api.owner,
  ) => {
    const error: unknown = await db.query(sql).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    assert.ok(error instanceof Error && 'code' in error, `let in: ${sql}`)
    assert.equal(error.code, state, `${sql}: ${error.message}`)
  }
  const copy = (of: number, put: Record<string, string>) => {
    const columns = [
      'draft',
      'step',
      'kind',
      'after',
      'by_author',
      'actor',
      'author',
      'pack',
      'digest',
      'effective',
      'base',
      'note',
    ]
    return `insert into xinheng.pack_draft_step (${columns.join(', ')}) select ${columns.map((one) => put[one] ?? one).join(', ')}
      from xinheng.pack_draft_step where draft = ${of} order by step desc limit 1`
  }
  await step(early, 'submit', author, { effective: day(70) })
  const approve = {
    step: 'step + 1',
    kind: `'approve'`,
    after: `'submit'`,
    by_author: 'false',
    actor: String(second.account),
  }
  await refusedBy(copy(early, { ...approve, actor: author1 }), '23514')
  await refusedBy(copy(early, { ...approve, by_author: 'true', actor: author1 }), '23503')
  await refusedBy(copy(early, { ...approve, effective: `effective + 1` }), '23503')
  await refusedBy(copy(early, { ...approve, digest: `sha256('x')` }), '23503')
  await refusedBy(copy(early, { ...approve, after: `'save'` }), '23503')
  await liveOn(api, day(71))
  await refusedBy(copy(early, approve), '23514')
  assert.equal((await step(early, 'approve', second)).body.code, 'draft-too-early', 'its day has passed')
  for (const sql of [
    copy(early, approve),
    `insert into xinheng.pack_load (pack) select pack from xinheng.pack_load limit 1`,
    `update xinheng.pack_draft_step set note = 'x'`,
    `delete from xinheng.pack_draft_step`,
    `update xinheng.pack set version = 'x'`,
    `select xinheng.apply_pack(1::smallint)`,
  ])
    await refusedBy(sql, '42501', api.system.pool)
})
