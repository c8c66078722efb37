import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAccount } from '#operations/accounts.ts'
import { addEntry } from '#operations/supervision/add.ts'
import { decideOnBulletin, draftBulletin } from '#operations/supervision/issue.ts'
import { today } from '#operations/system.ts'
import { accepted, withOffice } from '../operations/office.ts'

// What was said under supervision and the bulletins that were issued are in the tree: whoever edits one with the owner's
// rights is named by `xinheng ledger verify`.

const UNIT = 'demo-development'

test('rows of supervision and issued bulletins are in the ledger: an edit of each is named', async (t) => {
  const office = await withOffice(t)
  const { owner, system } = office
  const day = today(system)
  const reviewer = accepted(
    await createAccount(
      system,
      { actor: null, db: owner },
      { name: 'second', display: { zh: '乙', en: 'B' }, password: 'test-password', unit: UNIT, roles: ['reviewer'] },
    ),
  ).num
  const said = { actor: office.admin, unit: UNIT, kind: 'register', about: 'lawyers' }
  const { entry } = accepted(await addEntry(system, { ...said, content: { count: 58, text: '名册' } }))
  accepted(await addEntry(system, { ...said, replaces: entry, content: { count: 59, text: '更正' } }))
  const drafted = { actor: office.admin, unit: UNIT, from: day, until: day, note: '第一期' }
  const { num } = accepted(await draftBulletin(system, drafted))
  accepted(await decideOnBulletin(system, { actor: reviewer, num, kind: 'publish' }))
  await office.sequence()
  assert.deepEqual(await office.ledger(), [])

  const inOne = async (sql: string, end: 'rollback' | 'commit' = 'commit') => {
    const client = await owner.connect()
    try {
      for (const one of ['begin', 'set local session_replication_role = replica', sql, end]) await client.query(one)
    } finally {
      client.release()
    }
  }
  const kept = (table: string) => `create table public.${table} as table xinheng.${table}`
  await owner.query(kept('supervision'))
  const breaches: [sql: string, back: string, kind: string, table: string][] = [
    [`update xinheng.supervision set content = '{"count": 60}' where num = ${entry}`, '', 'altered', 'supervision'],
    [`update xinheng.supervision set day = day - 1 where num = ${entry}`, '', 'altered', 'supervision'],
    [`delete from xinheng.supervision where replaces = ${entry}`, '', 'deleted', 'supervision'],
    [
      `update xinheng.bulletin set figures = figures || ' '::bytea`,
      `update xinheng.bulletin set figures = substr(figures, 1, length(figures) - 1)`,
      'altered',
      'bulletin',
    ],
    [`update xinheng.bulletin set note = '改了'`, `update xinheng.bulletin set note = '第一期'`, 'altered', 'bulletin'],
    [
      `update xinheng.bulletin_step set kind = 'reject', reason = '撤'`,
      `update xinheng.bulletin_step set kind = 'publish', reason = ''`,
      'altered',
      'bulletin_step',
    ],
  ]
  const columns = 'num, kind, about, unit, day, actor, at, replaces, content, follows, follows_kind'
  const restored = `delete from xinheng.supervision; insert into xinheng.supervision (${columns}) overriding system value select ${columns} from public.supervision`
  for (const [sql, back, kind, table] of breaches) {
    await inOne(sql)
    const found = await office.ledger()
    assert.ok(
      found.some((one) => one.startsWith(`{"kind":"${kind}","table":"${table}"`)),
      `${sql}: ${found.join(' ')}`,
    )
    await inOne(back === '' ? restored : back)
  }
  assert.deepEqual(await office.ledger(), [])
})
