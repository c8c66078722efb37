import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyCheckpoint } from '#domain/checkpoint.ts'
import { sha256, verifyConsistency, verifyInclusion } from '#domain/merkle-verify.ts'
import { rootOfTree } from '#domain/merkle.ts'
import { fromBase64, parseVerifierKey } from '#domain/note.ts'
import { tilePath } from '#domain/tile.ts'
import { openLedgerLog } from '#operations/ledger-log.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { openPool } from '#store/db.ts'
import { roleUrl } from '#store/migrate.ts'
import { withApi } from '#test/api.ts'
import { citizenNumber } from '#test/people.ts'

test('anyone verifies the ledger with what is published; a person, their own look-up; the name never changes', async (t) => {
  const sequencers: { end: () => Promise<void> }[] = []
  t.after(() => Promise.all(sequencers.map((pool) => pool.end())))
  const api = await withApi(t)
  const pool = openPool(roleUrl(api.url, 'xinheng_sequencer', api.keys), { max: 1 })
  sequencers.push(pool)
  assert.equal((await api.nobody.fetch('/ledger/checkpoint')).status, 404)
  const signer = await openLedgerLog(api.owner, api.keys, 'ledger.example/heng')
  assert.equal((await openLedgerLog(api.owner, api.keys, 'another.example')).name, 'ledger.example/heng')
  await assert.rejects(
    openLedgerLog(api.owner, {
      ...api.keys,
      signing: (await import('node:crypto'))
        .generateKeyPairSync('ed25519')
        .privateKey.export({ type: 'pkcs8', format: 'pem' }),
    }),
  )
  const number = citizenNumber(4321)
  const [person, officer] = [await api.person(number), await api.as('officer', 'demo-approval')]
  const look = async (times: number) => {
    for (let n = 0; n < times; n += 1)
      await officer.call('lookUp', { body: { number, purpose: 'approval', matter: `审${n}` } })
    await sequenceAll({ pool, keys: api.keys, signer }, 3600)
  }
  const checkpoint = async () => {
    const response = await api.nobody.fetch('/ledger/checkpoint')
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain/)
    assert.match(response.headers.get('cache-control') ?? '', /max-age=5/)
    const key = await parseVerifierKey((await (await api.nobody.fetch('/ledger/key')).text()).trim())
    assert.ok(key)
    const read = await verifyCheckpoint(await response.text(), key)
    assert.ok(!('fault' in read))
    return read
  }
  const tile = async (level: number, index: number, width: number) => {
    const response = await api.nobody.fetch(`/ledger/${tilePath(level, index, width)}`)
    assert.equal(response.status, 200, tilePath(level, index, width))
    assert.equal(response.headers.get('content-type'), 'application/octet-stream')
    assert.equal(response.headers.get('cache-control')?.includes('immutable'), width === 256)
    return new Uint8Array(await response.arrayBuffer())
  }
  await look(40)
  const first = await checkpoint()
  await look(260)
  const second = await checkpoint()
  assert.ok(second.size > 256 && first.size < second.size)
  for (const { size, root } of [first, second])
    assert.deepEqual(Buffer.from(await rootOfTree(tile, size)), Buffer.from(root))
  const growth = (await api.nobody.call('consistency', { query: { from: first.size } })).body
  const hashes = growth.hashes.map((hash: string) => fromBase64(hash))
  assert.ok(await verifyConsistency(sha256, first, second, hashes))
  assert.equal((await api.nobody.call('consistency', { query: { from: 7_777_777 } })).status, 404)
  for (const path of ['tile/0/001.p/256', 'tile/9/000', 'tile/entries/000', 'tile/0/x000/000', 'tile/0/777']) {
    assert.equal((await api.nobody.fetch(`/ledger/${path}`)).status, 404, path)
  }

  const seen = (await person.call('myAccesses')).body.accesses.findLast(({ matter }: { matter: string }) =>
    matter.startsWith('审'),
  )
  const proof = (await person.call('myProof', { params: { access: seen.access } })).body
  const hex = (text: string) => Buffer.from(text, 'hex')
  assert.ok(
    await verifyInclusion(
      sha256,
      hex(proof.leaf),
      { index: proof.index, size: second.size, hashes: proof.proof.map(hex) },
      second.root,
    ),
  )
  assert.match(hex(proof.row).toString(), /"matter":"审/)
  const other = await api.person(citizenNumber(4322))
  assert.equal((await other.call('myProof', { params: { access: seen.access } })).status, 404)
  await officer.call('lookUp', { body: { number, purpose: 'approval', matter: '审新' } })
  const fresh = (await person.call('myAccesses')).body.accesses.find(
    ({ matter }: { matter: string }) => matter === '审新',
  )
  const pending = await person.call('myProof', { params: { access: fresh.access } })
  assert.deepEqual([pending.status, pending.body.code], [409, 'proof-pending'])
})
