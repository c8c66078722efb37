import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expandArchive } from '#contract/archive.ts'
import type { Item, Pack } from '#domain/pack.ts'
import { isRefusal } from '#domain/refusal.ts'
import { createAccount } from '#operations/accounts.ts'
import { readOwnArchive } from '#operations/archive.ts'
import { DEMO_PEOPLE } from '#operations/demo/people.ts'
import { submit } from '#operations/intake/submit.ts'
import { loadIntoDatabase } from '#operations/load-pack.ts'
import { measureQuality } from '#operations/quality.ts'
import { listSubmissions } from '#operations/submissions.ts'
import { openSystem, type System } from '#operations/system.ts'
import { uuidOf } from '#store/cipher.ts'
import { demoPack, withDatabase, type TestDatabase } from '#test/db.ts'

const { wang } = DEMO_PEOPLE
const at = (day: string) => () => Temporal.Instant.from(`${day}T10:00:00+08:00`)

const penalty = (document: string, decided: string, more: object = {}) => ({
  CF_XDR_MC: wang.name,
  CF_XDR_ZJLX: '身份证',
  CF_XDR_ZJHM: wang.number,
  CF_WSH: document,
  CF_CFLB: '罚款',
  CF_NR: '罚款',
  CF_JDRQ: decided,
  CF_CFJG: '衡州市市场监督管理局',
  CF_CFJGDM: '11990000009900021H',
  ...more,
})

async function openDesk({ owner }: TestDatabase, system: System) {
  const open = async (name: string, of: { unit: string; roles: string[] } | { kind: 'citizen'; number: string }) => {
    const made = await createAccount(
      system,
      { actor: null, db: owner },
      { name, display: { zh: name, en: name }, password: 'test-password', ...of },
    )
    assert.ok(!isRefusal(made))
    return made.num
  }
  const actor = await open('clerk', { unit: 'demo-market', roles: ['clerk'] })
  const person = await open('wang', { kind: 'citizen', number: wang.number })
  return {
    async send(rows: object[]) {
      async function* source() {
        yield Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
      }
      const receipt = await submit(system, {
        item: 'penalty-person',
        unit: 'demo-market',
        actor,
        source: source(),
        contentType: 'application/x-ndjson',
      })
      assert.ok(!isRefusal(receipt), JSON.stringify(receipt))
      return receipt
    },
    async read() {
      const archive = await readOwnArchive(system, {
        actor: person,
        subject: uuidOf(system.subjectKey('citizen', wang.number)),
      })
      assert.ok(!isRefusal(archive))
      return expandArchive(archive)
    },
  }
}

test('late reports are counted by working days: seven of them end after the Spring Festival', async (t) => {
  const database = await withDatabase(t, { now: at('2026-02-24') })
  const { send } = await openDesk(database, database.system)
  const receipt = await send(
    ['2026-02-05', '2026-02-06', '2026-02-13', '2026-02-24'].map((day, n) => penalty(`衡罚${n}号`, day)),
  )
  assert.deepEqual([receipt.rows, receipt.refused, receipt.late], [4, 0, 1])
})

test('late reports are unknown, not none, where no official calendar reaches', async (t) => {
  const database = await withDatabase(t, { now: at('2035-03-01') })
  const { system, owner } = database
  const { send } = await openDesk(database, system)
  const receipt = await send([penalty('衡罚1号', '2035-01-04')])
  assert.deepEqual([receipt.rows, receipt.refused, receipt.late], [1, 0, null])
  const [listed] = await listSubmissions(system, 'all', { limit: 1 })
  assert.equal(listed?.late, null)
  const [unit] = await measureQuality(system, 'all', {})
  assert.deepEqual([unit?.rows, unit?.lateRate], [1, null])
  // where it is known it is a share of the rows it is known of
  await owner.query('update xinheng.submission set late_rows = 1')
  assert.equal((await measureQuality(system, 'all', {}))[0]?.lateRate, 1)
})

test('several penalties of one decision: stored in the order of the list, shown by their names', async (t) => {
  const database = await withDatabase(t)
  const { send, read } = await openDesk(database, database.system)
  const day = Temporal.Now.plainDateISO('Asia/Shanghai').subtract({ days: 3 }).toString()
  const receipt = await send([penalty('衡罚1号', day, { CF_CFLB: '吊销许可证件；罚款,警告', CF_SY: '经查' })])
  assert.equal(receipt.refused, 0)
  assert.equal(
    (await send([penalty('衡罚1号', day, { CF_CFLB: '罚款、警告、吊销许可证件', CF_SY: '经查' })])).duplicates,
    1,
    'the same in another order',
  )
  const [record] = await read()
  const field = record?.fields.find(({ id }) => id === 'CF_CFLB')
  assert.equal(field?.value, '01、03、08')
  assert.deepEqual(field?.shown, { zh: '警告、罚款、吊销许可证件', en: 'Warning, Fine, Revocation of a licence' })
  assert.match(record?.display.class.zh ?? '', /严重/, 'the longest of the three classes')
})

/** The demo pack with a field added to the penalties of persons from a day on. */
async function packWithMore(from: string): Promise<Pack> {
  const pack = structuredClone(await demoPack())
  pack.items = pack.items.flatMap((item): Item[] => {
    if (item.id !== 'penalty-person') return [item]
    const fields: Item['fields'] = [
      ...item.fields,
      { id: 'CF_DD', name: { zh: '处罚地点', en: 'Place' }, type: 'text', sensitivity: 'internal' },
    ]
    return [
      { ...item, until: from },
      { ...item, fields, from },
    ]
  })
  return pack
}

test('rows of two versions of an item in one file, new and corrected: each by its own fields', async (t) => {
  const database = await withDatabase(t)
  const now = Temporal.Now.plainDateISO('Asia/Shanghai')
  const from = now.subtract({ days: 10 }).toString()
  await loadIntoDatabase(database.url, await packWithMore(from), now.toString())
  const system = await openSystem({ ownerUrl: database.url, keys: database.keys, poolSize: 4, lanes: 1 })
  t.after(() => system.close())
  const { send, read } = await openDesk(database, system)
  const [before, after] = [now.subtract({ days: 20 }).toString(), now.subtract({ days: 5 }).toString()]
  const rows = (content: string) => [
    penalty('衡罚1号', before, { CF_NR: content, CF_DD: '东衡区' }),
    penalty('衡罚2号', after, { CF_NR: content, CF_DD: '西衡区' }),
  ]
  assert.deepEqual([(await send(rows('罚款一'))).new, (await send(rows('罚款二'))).versions], [2, 2])
  const seen = (await read()).filter(({ state }) => state === 'shown')
  const values = (id: string) =>
    seen
      .toSorted((a, b) => (a.decided < b.decided ? -1 : 1))
      .map(({ fields }) => fields.find((field) => field.id === id)?.value)
  assert.deepEqual(values('CF_NR'), ['罚款二', '罚款二'])
  assert.deepEqual(values('CF_DD'), [undefined, '西衡区'], 'not collected before it was in the catalogue')
  assert.deepEqual(values('CF_CFJG'), ['衡州市市场监督管理局', '衡州市市场监督管理局'])
})
