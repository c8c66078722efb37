import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseTilePath, readHashes, tilePath, tilesOf, tileWidth } from './tile.ts'

test('tile paths are those of the specification', () => {
  assert.equal(tilePath(0, 1_234_067), 'tile/0/x001/x234/067')
  assert.equal(tilePath(0, 0), 'tile/0/000')
  assert.equal(tilePath(1, 999, 17), 'tile/1/999.p/17')
  assert.equal(tilePath(2, 1000), 'tile/2/x001/000')
  for (const wrong of [
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/001/000',
    'tile/0/x000/001',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/entries/000',
    '/tile/0/000',
    'tile/0/000/',
    'tile/-1/000',
    `tile/0/${'x999/'.repeat(6)}999`,
  ]) {
    assert.equal(parseTilePath(wrong), undefined, wrong)
  }
})

test('a path names the tile it was made for', () => {
  const tile = fc.record({ level: fc.nat(63), index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) })
  fc.assert(
    fc.property(tile, ({ level, index, width }) => {
      assert.deepEqual(parseTilePath(tilePath(level, index, width)), { level, index, width })
    }),
  )
})

test('the tiles of the specification’s example: 70 000 leaves', () => {
  const tiles = [...tilesOf(70_000)]
  const count = (level: number, width: number) => tiles.filter((t) => t.level === level && t.width === width).length
  assert.deepEqual([count(0, 256), count(0, 112), count(1, 256), count(1, 17), count(2, 1)], [273, 1, 1, 1, 1])
  assert.equal(tiles.length, 277)
  assert.deepEqual(
    [...tilesOf(256)],
    [
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ],
  )
  assert.deepEqual([...tilesOf(0)], [])
  assert.equal(tileWidth(0, 274, 70_000), 0)
})

test('a stored tile that is too short is named', async () => {
  const short = () => new Uint8Array(32)
  await assert.rejects(readHashes(short, 0, 300, 2, 400), /tile\/0\/001 has 32 bytes/)
})
