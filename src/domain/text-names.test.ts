import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findNames } from './text-names.ts'

test('a name that stands plainly is found, a masked one and an office without a name are not', () => {
  const named: [string, string[]][] = [
    ['当事人张三丰，未履行判决。', ['张三丰']],
    ['法定代表人：李四。', ['李四']],
    ['姓名：欧阳测试', ['欧阳测试']],
    ['王小明先生主动还款', ['王小明']],
    ['负责人为赵六；店主孙七、会计周八。', ['赵六', '孙七', '周八']],
    ['Mr. Zhang San paid; Ms Li Si did not.', ['Zhang San', 'Li Si']],
  ]
  for (const [text, names] of named) assert.deepEqual(findNames(text), names, text)
  for (const text of [
    '当事人张某，未履行判决。',
    '法定代表人李某甲、王××、赵*。',
    '姓名：张某某',
    '张某先生主动还款',
    '负责人高度重视，当事人应当履行。',
    '某公司法定代表人被限制消费。',
    'Mr. Z. paid.',
    '王府井大街的店主们',
    '',
  ])
    assert.deepEqual(findNames(text), [], text)
})
