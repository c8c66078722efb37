import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withCity } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { at, enter, YOUTH } from './listing.fixture.ts'

const NUMBER = citizenNumber(8)
const MATTER = '审〔2026〕8号'

/** An officer with a matter at hand. */
async function withMatter(t: Parameters<typeof withCity>[0], unit = 'demo-approval', purpose = 'approval') {
  const city = await withCity(t)
  await city.setTime(at('2026-03-10'))
  const officer = await city.staff('officer', unit)
  const opened = await officer.call('openMatter', { body: { number: MATTER, title: '许可', purpose } })
  assert.equal(opened.status, 200, opened.text)
  const aid = (number = NUMBER) => officer.call('aid', { params: { number: MATTER }, body: { number } })
  return { city, officer, aid }
}
type Aid = { id: string; kind: string; reason: { zh: string }; records: string[] }

test('R37: three years without a bad record, counting only what is usable that day; the reason is said, and the look-up is logged', async (t) => {
  const { city, aid } = await withMatter(t)
  const clean = await aid()
  const given = clean.body.incentives as Aid[]
  assert.ok(given.some(({ kind }) => kind === 'papers-follow') && !given.some(({ kind }) => kind === 'green-channel'))
  assert.ok(given.every(({ reason, records }) => reason.zh === '3年内没有当日可用的不良记录' && records.length === 0))
  assert.ok(!/score|分数|\d{3}/.test(JSON.stringify(clean.body.incentives).replaceAll(/〔\d+〕\d+号/g, '')))
  const person = await city.person(NUMBER)
  const [look] = (await person.call('myAccesses')).body.accesses
  assert.deepEqual([look.num ?? look.access, look.matter], [clean.body.access, MATTER])

  await city.report({ item: 'penalty-person', number: NUMBER, decided: '2026-03-02', values: { CF_CFLB: '03' } })
  await city.setTime(at('2026-03-11'))
  const refused = await aid()
  assert.equal(refused.body.code, 'incentive-none')
  assert.match(refused.body.remedy.zh, /不得据此增加条件或者拒绝/)
  // at the end of its term it is not there, and counts no more (G5)
  await city.setTime(at('2027-03-01'))
  assert.equal((await aid()).body.code, 'incentive-none')
  await city.setTime(at('2027-03-02'))
  assert.equal((await aid()).body.incentives.length, given.length)
})

test('R37: an entry on the youth list brings the green channel, beside a bad record too, and no longer than it runs', async (t) => {
  const { city, aid } = await withMatter(t)
  await enter(city, 'demo-youth', YOUTH, '2026-06-10')
  await city.report({
    item: 'penalty-person',
    number: YOUTH.number,
    name: YOUTH.name,
    decided: '2026-03-02',
    values: { CF_CFLB: '03' },
  })
  await city.setTime(at('2026-06-11'))
  const given = (await aid(YOUTH.number)).body.incentives as Aid[]
  assert.ok(given.some(({ id }) => id === 'green-channel') && !given.some(({ id }) => id === 'papers-follow'))
  assert.ok(given.every(({ reason, records }) => reason.zh === '有当日可用的守信记录' && records.length === 1))
  // the person sees the same, and where; nobody else's benefits are theirs
  const own = await (await city.person(YOUTH.number)).call('myBenefits')
  const channel = own.body.benefits.find(({ id }: Aid) => id === 'green-channel')
  assert.ok(channel.units.some(({ id }: { id: string }) => id === 'demo-approval'))
  assert.equal(channel.reason.zh, '有当日可用的守信记录')
  const other = (await (await city.person(NUMBER)).call('myBenefits')).body.benefits as Aid[]
  assert.ok(!other.some(({ id }) => id === 'green-channel') && other.some(({ id }) => id === 'papers-follow'))
  await city.setTime(at('2027-06-10'))
  const later = (await aid(YOUTH.number)).body.incentives as Aid[]
  assert.ok(later.some(({ id }) => id === 'papers-follow') && !later.some(({ id }) => id === 'green-channel'))
})

test('R37: only within the powers of the unit, and only in a matter that is open', async (t) => {
  const { officer, aid } = await withMatter(t, 'demo-court', 'judicial')
  assert.equal((await aid()).body.code, 'incentive-not-for-unit')
  assert.equal((await officer.call('aid', { params: { number: '无此事项' }, body: { number: NUMBER } })).status, 404)
  await officer.call('closeMatter', { params: { number: MATTER } })
  assert.equal((await aid()).status, 404)
})
