import assert from 'node:assert/strict'
import { test } from 'node:test'
import { erase } from '#operations/erase.ts'
import { acknowledge, listOwnRecalls, listRecalls } from '#operations/recall/recall.ts'
import { withdraw } from '#operations/withdraw.ts'
import { accepted, nameOf, withOffice, type Office } from '#test/operations/office.ts'
import { commitment } from '#test/people.ts'

// What its source takes back, and what is erased, is recalled like what is repaired (G10, B4): whoever was given it is told,
// and nobody else; it stays gone, and the person sees who has acknowledged.

/** Two people looked up by one unit, one of them by nobody else; what each unit was told. */
async function withLooks(t: Parameters<typeof withOffice>[0]): Promise<{
  office: Office
  told: () => Promise<string[]>
  queue: () => Promise<{ recall: string; kind: string }[]>
}> {
  const office = await withOffice(t, 2)
  accepted(await office.lookUp(0))
  accepted(await office.lookUp(1))
  const queue = async () => (await listRecalls(office.system, { actor: office.officer, unit: 'demo-approval' })).recalls
  const told = async () => {
    const { rows } = await office.owner.query<{ told: string }>(
      `select c.kind || ' ' || u.id as told from xinheng.recall c join xinheng.recall_recipient p on p.subject = c.subject
         and p.recall = c.num join xinheng.unit u on u.num = p.unit order by c.num`,
    )
    return rows.map((row) => row.told)
  }
  return { office, told, queue }
}

test('G10: a record that its source withdraws is recalled from whoever was given it; shown no more, refused when sent again', async (t) => {
  const { office, told, queue } = await withLooks(t)
  const { system, clerk, officer } = office
  accepted(await withdraw(system, { actor: clerk, ...nameOf(0), reason: '文书已撤销' }))
  assert.deepEqual(accepted(await office.lookUp(0)).records, [])
  assert.deepEqual(await told(), ['withdrawn demo-approval'], 'that unit, of that record, once')
  const [recall] = await queue()
  assert.equal(recall?.kind, 'withdrawn')
  const person = await office.person(0)
  const mine = async () => (await listOwnRecalls(system, person))[0]?.recipients.map(({ did }) => did)
  assert.deepEqual(await mine(), [undefined], 'not acknowledged yet')
  accepted(await acknowledge(system, { actor: officer, recall: recall?.recall ?? '', did: 'destroyed' }))
  assert.deepEqual(await mine(), ['destroyed'])
  // sent again it is refused and told of to nobody
  await assert.rejects(office.send([commitment(0)]), /refused/)
  assert.deepEqual(accepted(await office.lookUp(0)).records, [])
  assert.equal((await told()).length, 1)
  assert.equal(accepted(await office.lookUp(1)).records.length, 1, 'the other person’s stands')
})

test('G10, G11: a record that is erased is recalled before its content is gone: the notice says which, and nothing of it', async (t) => {
  const { office, told, queue } = await withLooks(t)
  const { system, admin } = office
  const why = { matter: '删〔2026〕7号', reason: '本人申请，个人信息保护法第四十七条' }
  accepted(await erase(system, office.role('xinheng_eraser'), { actor: admin, ...nameOf(0), ...why }))
  assert.deepEqual(await told(), ['erased demo-approval'])
  const [recall] = await queue()
  assert.equal(recall?.kind, 'erased')
  const { document, number, name } = commitment(0)
  for (const secret of [document, number, name]) assert.ok(!JSON.stringify(recall).includes(secret))
  const [own] = await listOwnRecalls(system, await office.person(0))
  assert.equal(own?.recipients[0]?.unit.id, 'demo-approval')
  // withdrawn first and erased then: told of each, for the second time only whoever has looked since, which is nobody
  accepted(await withdraw(system, { actor: office.clerk, ...nameOf(1), reason: '文书已撤销' }))
  accepted(await erase(system, office.role('xinheng_eraser'), { actor: admin, ...nameOf(1), ...why }))
  assert.deepEqual(await told(), ['erased demo-approval', 'withdrawn demo-approval'])
})
