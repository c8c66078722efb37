import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rightsOf } from './listing.ts'
import { joinText, splitText } from './two-languages.ts'

test('words made from a rule come apart again, also those of older documents; what is in one language stands in both', () => {
  for (const hearing of [true, false]) {
    const rights = rightsOf({ hearing })
    assert.deepEqual(splitText(joinText(rights)), rights)
    assert.deepEqual(splitText(rights.zh + rights.en), rights)
  }
  for (const text of ['逾期未改正，情节严重；照片为证。', '证据A。另有B', 'Only English.', ''])
    assert.deepEqual(splitText(text), { zh: text, en: text })
})
