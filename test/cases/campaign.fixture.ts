import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { makeOrganisationCode } from '#domain/identity/synthetic.ts'
import type { Answer, Client } from '#test/api.ts'
import { withCity, type City } from '#test/guarantees/city.fixture.ts'
import { at } from './listing.fixture.ts'

/** Public bodies of nowhere (fictional division), by a letter. */
export const bodyCode = (letter: string): string =>
  makeOrganisationCode({ division: '990000', body: `MA999${letter}00`.slice(0, 8) })
export const ARREARS = 'hz-government-arrears'
export const UNTIL = '2026-06-30'

export const ok = (answer: Answer): Answer => {
  assert.equal(answer.status, 200, answer.text)
  return answer
}

/** One record of a public body's bad faith, from the court. */
export const owes = async (city: City, letter: string, kind = '拖欠账款', decided = '2026-01-15', document = '1') =>
  ok(
    await city.report(
      {
        item: 'government-faith',
        number: bodyCode(letter),
        name: `衡州市测试${letter}镇人民政府`,
        decided,
        document: `（2026）测${letter}执${document}号`,
        values: { SXLX: kind, LXQK: '' },
      },
      'demo-court',
    ),
  )

/** The desks of the unit that leads, of one that takes part, and of one that does not; an agent of the first body. */
export async function withCampaigns(t: TestContext) {
  const city = await withCity(t)
  await city.setTime(at('2026-03-02'))
  const lead = {
    clerk: await city.staff('clerk', 'demo-development'),
    reviewer: await city.staff('reviewer', 'demo-development'),
  }
  const checker = {
    clerk: await city.staff('clerk', 'demo-finance'),
    reviewer: await city.staff('reviewer', 'demo-finance'),
  }
  const stranger = await city.staff('clerk', 'demo-health')
  const propose = (client: Client = lead.clerk, body: object = {}) =>
    client.call('proposeCampaign', {
      body: { problem: ARREARS, since: '2025-03-02', until: UNTIL, scope: '机关、事业单位拖欠账款', ...body },
    })
  /** proposed and opened; its number */
  const open = async (body: object = {}): Promise<number> => {
    const { num } = ok(await propose(lead.clerk, body)).body
    ok(await lead.reviewer.call('decideCampaign', { params: { num }, body: { kind: 'open' } }))
    return num
  }
  const draw = (num: number, client: Client = lead.clerk) => client.call('drawCampaign', { params: { num } })
  const cases = async (num: number, client: Client = lead.clerk) =>
    ok(await client.call('campaignCases', { params: { num } })).body.cases as {
      organisation: string
      case?: string
      name?: string
      unit?: { id: string }
      state?: { kind: string }
      records: number
      due?: string
      window?: string
      undone: boolean
    }[]
  const give = (num: number, organisation: string, unit = 'demo-finance', client: Client = lead.clerk) =>
    client.call('giveOutCase', { params: { num }, body: { organisation, unit } })
  /** a body's own account in its own file, signed in */
  const bodyOf = (letter: string) => city.person(bodyCode(letter), 'organisation')
  return { city, lead, checker, stranger, propose, open, draw, cases, give, bodyOf }
}
