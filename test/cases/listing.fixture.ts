import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Client } from '#test/api.ts'
import { FIRM, FIRM_NAME, withCity, type City } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'

export const at = (day: string, time = '10:00') => `${day}T${time}:00+08:00`

/** What each test of lists says of a person or a firm. */
export type Whom = {
  list: string
  criterion: string
  number: string
  kind?: string
  name: string
  of?: string
  facts?: string
  document?: string
}
export const OWES: Whom = {
  list: 'serious-wages-organisation',
  criterion: 'wages-employer',
  number: FIRM,
  kind: 'organisation',
  name: FIRM_NAME,
}
export const SAFETY: Whom = {
  list: 'serious-work-safety-person',
  criterion: 'work-safety-person',
  number: citizenNumber(1),
  name: '测甲',
}
export const YOUTH: Whom = { list: 'red-youth', criterion: 'youth-volunteer', number: citizenNumber(2), name: '测乙' }

/** A city with the two people of one determining unit at their desks. */
export async function withLists(
  t: TestContext,
  unit: string,
  day = '2026-03-02',
  options: Parameters<typeof withCity>[1] = {},
) {
  const city = await withCity(t, options)
  await city.setTime(at(day))
  return { city, ...(await deskOf(city, unit)) }
}

/** The clerk and the second person of a unit, and how they take steps. */
export async function deskOf(city: City, unit: string) {
  const [clerk, reviewer] = [await city.staff('clerk', unit), await city.staff('reviewer', unit)]
  const propose = (whom: Whom) => clerk.call('propose', { body: { facts: '经查证的事实', ...whom } })
  return { clerk, reviewer, propose }
}

export const stepOf = (client: Client, id: string, step: number, kind: string, content: object = {}) =>
  client.call('stepCase', { params: { case: id }, body: { kind, step, content } })
export const ownStepOf = (client: Client, id: string, step: number, kind: string, content: object = {}) =>
  client.call('stepMyCase', { params: { case: id }, body: { kind, step, content } })

/** The whole lawful way to an entry that takes effect on `day`; its case and step. */
export async function enter(city: City, unit: string, whom: Whom, day: string): Promise<{ id: string; step: number }> {
  const { clerk, reviewer, propose } = await deskOf(city, unit)
  const ok = (answer: Awaited<ReturnType<typeof propose>>) => {
    assert.equal(answer.status, 200, answer.text)
    return answer
  }
  const before = Temporal.PlainDate.from(day).subtract({ days: 40 }).toString()
  await city.setTime(at(before))
  const id = ok(await propose(whom)).body.case as string
  if (whom.list.startsWith('red') || whom.list.startsWith('exemplar')) {
    ok(await stepOf(reviewer, id, 1, 'check', { reason: '已核实' }))
    ok(await stepOf(clerk, id, 2, 'publicise'))
    await city.setTime(at(day))
    ok(await stepOf(reviewer, id, 3, 'determine', { reason: '公示无异议', document: '团字〔2026〕1号' }))
    return { id, step: 4 }
  }
  ok(await stepOf(clerk, id, 1, 'notify', { facts: whom.facts ?? '经查证的事实' }))
  ok(await stepOf(clerk, id, 2, 'serve', { document: '送达回证1号' }))
  await city.setTime(at(day))
  ok(await stepOf(reviewer, id, 3, 'determine', { reason: '情节严重', document: '衡列字〔2026〕1号' }))
  return { id, step: 4 }
}
