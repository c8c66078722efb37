import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expandArchive } from './archive.ts'
import type { ArchiveBody } from './shapes.ts'

const codes = { '01': { zh: '警告', en: 'Warning' }, '03': { zh: '罚款', en: 'Fine' } }
const field = { id: 'CF_CFLB', name: { zh: '处罚类别', en: 'Category' }, type: 'code', codes }

test('codes are shown by their names, joined ones by all of theirs; what no list knows stands as it is', () => {
  const shown = (value: string) => {
    const archive = {
      items: { penalty: { name: { zh: '处罚', en: 'Penalty' }, fields: [field] } },
      displays: {},
      units: {},
      records: [
        { id: '1', item: 'penalty', unit: 'market', display: 'general', decided: '2026-01-05', values: [value] },
      ],
    } as unknown as ArchiveBody
    return expandArchive(archive)[0]?.fields[0]?.shown
  }
  assert.deepEqual(shown('03'), { zh: '罚款', en: 'Fine' })
  assert.deepEqual(shown('01、03'), { zh: '警告、罚款', en: 'Warning, Fine' })
  assert.deepEqual(shown('01、88'), { zh: '警告、88', en: 'Warning, 88' })
  assert.equal(shown('88'), undefined)
  assert.equal(shown('88、99'), undefined)
})
