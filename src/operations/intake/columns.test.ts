import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '#domain/refusal.ts'
import { mapHeader, plainName } from './columns.ts'

const fields = [
  { id: 'CF_XDR_MC', name: { zh: '行政相对人名称', en: 'Name' }, aliases: ['姓名'], required: true },
  { id: 'CF_NR_FK', name: { zh: '罚款金额（万元）', en: 'Fine' } },
  { id: 'BZ', name: { zh: '备注', en: 'Remark' } },
]
const map = (...header: string[]) => {
  const result = mapHeader(header, fields)
  return isRefusal(result) ? `${result.code}:${result.field ?? ''}` : result
}

test('official, Chinese, English names and aliases, in any order, with extra and missing columns', () => {
  assert.deepEqual(map('备注', '内部编号', 'cf_xdr_mc'), {
    fieldOf: [2, -1, 0],
    columnOf: [2, -1, 0],
    ignored: ['内部编号'],
  })
  assert.deepEqual(map('姓名', 'Fine', ''), { fieldOf: [0, 1, -1], columnOf: [0, 1, -1], ignored: [] })
})

test('what departments add to a name does not matter', () => {
  for (const name of [
    '\ufeffCF_XDR_MC',
    ' 行政 相对人名称*',
    '＊行政相对人名称',
    '行政相对人名称（必填）',
    'ＣＦ＿ＸＤＲ＿ＭＣ',
    '行政相对人名称\n',
    '行政相对人名称：',
  ]) {
    assert.deepEqual(map(name), { fieldOf: [0], columnOf: [0, -1, -1], ignored: [] }, name)
  }
  assert.equal(plainName('罚款金额(万元)'), plainName('罚款金额 （万元）'))
})

test('a unit is part of the name: yuan do not pass for ten thousand yuan', () => {
  assert.deepEqual(map('姓名', '罚款金额(元)'), { fieldOf: [0, -1], columnOf: [0, -1, -1], ignored: ['罚款金额(元)'] })
})

test('refusals', () => {
  assert.equal(map('a', 'b'), 'no-header:')
  assert.equal(map('备注'), 'missing-column:CF_XDR_MC')
  assert.equal(map('姓名', 'CF_XDR_MC'), 'duplicate-column:CF_XDR_MC')
})
