import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findForbidden, FORBIDDEN_WORDS } from './pack-forbidden.ts'

test('found however it is written', () => {
  const cases = [
    '治安管理处罚决定书',
    '治 安 管 理 处 罚',
    'bloodType',
    'blood_type',
    'Blood-Type',
    'ＤＮＡ 样本',
    'genes',
    'Religion',
    '既往病史',
    'minors',
  ]
  for (const text of cases) assert.ok(findForbidden(text, FORBIDDEN_WORDS), text)
})

test('not found inside other words', () => {
  const cases = [
    'General penalty',
    'minor',
    'generation',
    '行政处罚',
    '生物安全',
    '医疗卫生',
    '食品药品',
    '治理安排',
    'irregular',
  ]
  for (const text of cases) assert.equal(findForbidden(text, FORBIDDEN_WORDS), undefined, text)
})
