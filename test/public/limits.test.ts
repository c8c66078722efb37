import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withApi } from '#test/api.ts'

test('tips: a few a minute from one address, then 429 with the time to wait', async (t) => {
  const api = await withApi(t)
  await api.as('clerk', 'demo-development')
  const body = { kind: 'suggestion', text: '建议把公示页面的字再放大一些。' }
  const statuses: number[] = []
  for (let n = 0; n < 8; n += 1) statuses.push((await api.nobody.call('fileTip', { body })).status)
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 200, 429, 429])
})
