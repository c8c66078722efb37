import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maySend } from '#domain/catalog.ts'
import { isRefusal } from '#domain/refusal.ts'
import { submitRecord } from '#operations/intake/record.ts'
import { valuesOf, withCity } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'

const LIMIT = 60_000

test('twenty files to be held at once on a pool of eight connections: all are held, none waits for ever', async (t) => {
  const city = await withCity(t, { poolSize: 8, workers: 2 })
  const { system } = city
  const { units } = system.reference.pack
  const places = ['enforcement', 'honour'].flatMap((item) =>
    units.filter((unit) => maySend(city.item(item), unit)).map((unit) => ({ item, unit: unit.id })),
  )
  assert.ok(places.length > 2)
  const { account: actor } = await city.staff('clerk', places[0]?.unit ?? '')
  const send = async (at: number): Promise<number> => {
    const { item, unit } = places[at % places.length] ?? { item: '', unit: '' }
    const values = valuesOf(city, { item, number: citizenNumber(at + 1), name: '测甲', decided: city.today() })
    const sent = await submitRecord(system, { item, unit, actor, values })
    // two files of one item and unit at once: the second is told so, and sent again
    if (isRefusal(sent) && sent.code === 'intake-busy') return send(at)
    assert.ok(!isRefusal(sent) && sent.status === 'held', JSON.stringify(sent))
    return sent.held
  }
  const late = AbortSignal.timeout(LIMIT)
  const stuck = new Promise<never>((_, reject) =>
    late.addEventListener('abort', () => reject(new Error('they wait for each other'))),
  )
  const held = await Promise.race([Promise.all(Array.from({ length: 20 }, (_, at) => send(at))), stuck])
  assert.equal(new Set(held).size, 20)
  assert.equal(await city.count('held_file'), 20)
  assert.equal(await city.count('record'), 0)
})
