import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import {
  appendLeaves,
  EMPTY_ROOT,
  leafHash,
  nodeHash,
  proveConsistency,
  proveInclusion,
  rootOfLeaves,
  rootOfTree,
} from './merkle.ts'
import { hashLeaf, sha256, verifyConsistency, verifyInclusion } from './merkle-verify.ts'
import type { ReadTile } from './tile.ts'

// The reference tree of Certificate Transparency (merkle_tree_test.cc, later transparency-dev/merkle testonly).
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const INCLUSION: { index: number; size: number; hashes: string[] }[] = [
  { index: 0, size: 1, hashes: [] },
  {
    index: 0,
    size: 8,
    hashes: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    index: 5,
    size: 8,
    hashes: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  { index: 2, size: 3, hashes: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
  {
    index: 1,
    size: 5,
    hashes: [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
]
const CONSISTENCY: { from: number; to: number; hashes: string[] }[] = [
  { from: 1, to: 1, hashes: [] },
  {
    from: 1,
    to: 8,
    hashes: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    from: 6,
    to: 8,
    hashes: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    from: 2,
    to: 5,
    hashes: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
]

const unhex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const at = (hashes: Uint8Array, i: number): Uint8Array => hashes.subarray(i * 32, (i + 1) * 32)
const isPrefix = (short: Uint8Array, long: Uint8Array): boolean =>
  Buffer.compare(short, long.subarray(0, short.length)) === 0
const refuseToRead: ReadTile = (level, index) => assert.fail(`tile ${level}/${index} should not be read`)

/** `count` different leaf hashes. */
function leavesOf(count: number): Uint8Array {
  return Buffer.concat(Array.from({ length: count }, (_, i) => leafHash(Buffer.from(String(i)))))
}

/** A tree kept in tiles, built in batches of the given sizes, as the store keeps it. */
async function grow(leaves: Uint8Array, batches: number[]) {
  const stored = new Map<string, Uint8Array>()
  const read: ReadTile = (level, index, width) => {
    const bytes = stored.get(`${level}/${index}`)
    assert.ok(bytes !== undefined && bytes.length >= width * 32, `tile ${level}/${index} has ${width} hashes`)
    return bytes
  }
  let size = 0
  let root = EMPTY_ROOT
  for (const batch of batches) {
    const grown = await appendLeaves(read, size, leaves.subarray(size * 32, (size + batch) * 32))
    for (const { level, index, bytes } of grown.tiles) {
      const before = stored.get(`${level}/${index}`)
      assert.notEqual(before?.length, 8192, 'a full tile is final')
      assert.ok(before === undefined || isPrefix(before, bytes), 'a tile only grows')
      stored.set(`${level}/${index}`, bytes)
    }
    ;({ size, root } = grown)
  }
  return { stored, read, size, root }
}

/** Sizes with the edges of tiles among them. */
const size = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.constantFrom(255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 66_000),
)
const bit = fc.nat(255)
const flip = (hash: Uint8Array, position: number): Uint8Array =>
  hash.map((byte, i) => (i === position >> 3 ? byte ^ (1 << (position & 7)) : byte))
const all = leavesOf(66_000)
const whole = await grow(all, [66_000])

describe('the reference tree of RFC 6962', () => {
  const leaves = Buffer.concat(LEAVES.map((leaf) => leafHash(unhex(leaf))))

  test('has the published roots', async () => {
    const { read } = await grow(leaves, [8])
    for (const [count, root] of ROOTS.entries()) {
      assert.equal(hex(rootOfLeaves(leaves.subarray(0, count * 32))), root)
      assert.equal(hex(await rootOfTree(read, count)), root)
    }
    assert.equal(hex(EMPTY_ROOT), ROOTS[0])
  })

  test('hashes leaves and nodes apart', async () => {
    const leaf = '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56'
    assert.equal(hex(leafHash(Buffer.from('L123456'))), leaf)
    assert.equal(hex(await hashLeaf(sha256, Buffer.from('L123456'))), leaf)
    const bytes = Uint8Array.from({ length: 64 }, (_, i) => i)
    const node = '1a378704c17da31e2d05b6d121c2bb2c7d76f6ee6fa8f983e596c2d034963c57'
    assert.equal(hex(nodeHash(bytes.subarray(0, 32), bytes.subarray(32))), node)
  })

  test('has the published inclusion proofs', async () => {
    const { read } = await grow(leaves, [3, 5])
    for (const { index, size: count, hashes } of INCLUSION) {
      const proof = await proveInclusion(read, index, count)
      assert.deepEqual(proof.hashes.map(hex), hashes)
      assert.ok(await verifyInclusion(sha256, at(leaves, index), proof, unhex(ROOTS[count] ?? '')))
    }
  })

  test('has the published consistency proofs', async () => {
    const { read } = await grow(leaves, [3, 5])
    for (const { from, to, hashes } of CONSISTENCY) {
      const proof = await proveConsistency(read, from, to)
      assert.deepEqual(proof.map(hex), hashes)
      const heads = [from, to].map((count) => ({ size: count, root: unhex(ROOTS[count] ?? '') })) as [never, never]
      assert.ok(await verifyConsistency(sha256, ...heads, proof))
    }
  })
})

describe('any tree', () => {
  test('grows to the same tiles and root in whatever batches', async () => {
    const batches = fc.array(fc.oneof(fc.nat(40), fc.integer({ min: 200, max: 900 })), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(batches, async (sizes) => {
        const total = sizes.reduce((sum, n) => sum + n, 0)
        const leaves = all.subarray(0, total * 32)
        const [grown, once] = [await grow(leaves, sizes), await grow(leaves, [total])]
        assert.equal(grown.size, total)
        assert.equal(hex(grown.root), hex(rootOfLeaves(leaves)))
        assert.deepEqual([...grown.stored.keys()].toSorted(), [...once.stored.keys()].toSorted())
        for (const [key, tile] of once.stored) assert.ok(isPrefix(tile, grown.stored.get(key) ?? tile), key)
      }),
      { numRuns: 60 },
    )
  })

  test('reads one partial tile a level to grow', async () => {
    const { read } = await grow(all, [65_800])
    const asked: string[] = []
    const counting: ReadTile = (level, index, width) => {
      asked.push(`${level}/${index}/${width}`)
      return read(level, index, width)
    }
    await appendLeaves(counting, 65_800, at(all, 65_800))
    assert.deepEqual([...new Set(asked)].toSorted(), ['0/257/8', '1/1/1', '2/0/1'])
    await appendLeaves(refuseToRead, 0, all)
  })

  test('proves every leaf, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), fc.nat(), bit, fc.nat(), async (count, i, j, position, which) => {
        const [index, other] = [i % count, j % count]
        const root = await rootOfTree(whole.read, count)
        if (count <= 600) assert.equal(hex(root), hex(rootOfLeaves(all.subarray(0, count * 32))))
        const leaf = at(all, index)
        const proof = await proveInclusion(whole.read, index, count)
        assert.ok(await verifyInclusion(sha256, leaf, proof, root))
        assert.ok(!(await verifyInclusion(sha256, flip(leaf, position), proof, root)))
        assert.ok(!(await verifyInclusion(sha256, leaf, proof, flip(root, position))))
        assert.ok(!(await verifyInclusion(sha256, leaf, { ...proof, hashes: [...proof.hashes, leaf] }, root)))
        assert.equal(await verifyInclusion(sha256, leaf, { ...proof, index: other }, root), other === index)
        if (proof.hashes.length > 0) {
          const spoiled = proof.hashes.map((h, k) => (k === which % proof.hashes.length ? flip(h, position) : h))
          assert.ok(!(await verifyInclusion(sha256, leaf, { ...proof, hashes: spoiled }, root)))
          assert.ok(!(await verifyInclusion(sha256, leaf, { ...proof, hashes: proof.hashes.slice(1) }, root)))
        }
      }),
    )
  })

  test('proves that it only grew', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), bit, fc.nat(), async (count, i, position, which) => {
        const from = { size: i % (count + 1), root: await rootOfTree(whole.read, i % (count + 1)) }
        const to = { size: count, root: await rootOfTree(whole.read, count) }
        const proof = await proveConsistency(whole.read, from.size, to.size)
        assert.ok(await verifyConsistency(sha256, from, to, proof))
        assert.ok(!(await verifyConsistency(sha256, { ...from, root: flip(from.root, position) }, to, proof)))
        assert.ok(!(await verifyConsistency(sha256, from, to, [...proof, to.root])))
        if (from.size === 0) return
        assert.ok(!(await verifyConsistency(sha256, from, { ...to, root: flip(to.root, position) }, proof)))
        if (proof.length === 0) return
        const spoiled = proof.map((h, k) => (k === which % proof.length ? flip(h, position) : h))
        assert.ok(!(await verifyConsistency(sha256, from, to, spoiled)))
        assert.ok(!(await verifyConsistency(sha256, from, to, proof.slice(1))))
      }),
    )
  })

  test('refuses what is not a proof', async () => {
    const head = { size: 3, root: EMPTY_ROOT }
    assert.ok(!(await verifyInclusion(sha256, EMPTY_ROOT, { index: 0, size: 0, hashes: [] }, EMPTY_ROOT)))
    assert.ok(!(await verifyInclusion(sha256, EMPTY_ROOT, { index: -1, size: 1, hashes: [] }, EMPTY_ROOT)))
    assert.ok(!(await verifyInclusion(sha256, new Uint8Array(3), { index: 0, size: 1, hashes: [] }, new Uint8Array(3))))
    assert.ok(!(await verifyConsistency(sha256, head, { ...head, size: 2 }, [])))
    await assert.rejects(proveInclusion(refuseToRead, 3, 3), RangeError)
    await assert.rejects(proveConsistency(refuseToRead, 4, 3), RangeError)
    await assert.rejects(appendLeaves(refuseToRead, 0, new Uint8Array(31)), RangeError)
  })
})
