import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCalendar } from '#domain/calendar.ts'
import { datesOf, remediesOf } from '#domain/case.ts'
import {
  deriveGrants,
  displayClassAt,
  displayClassesOf,
  inForce,
  isWithinLevel,
  itemAt,
  maySend,
} from '#domain/catalog.ts'
import { listAt } from '#domain/listing.ts'
import { MACHINES } from '#domain/machines.ts'
import { measureAt, tasksOf } from '#domain/measure.ts'
import { addPeriod } from '#domain/period.ts'
import { publicGrants, publishedItems, publishedLists } from '#domain/publication.ts'
import { findRepairRule, findRepairWay } from '#domain/repair.ts'
import { deriveReference } from '#operations/load-pack.ts'
import { checkPack, loadPack } from '#operations/pack-load.ts'

// The policy cases under each pack: whatever the place, its own items, units, terms, lists and measures give an answer to
// every case the program knows. Units and items are found by what they are, never by the demo's names.

const DAYS = ['2026-03-02', '2026-12-31'] as const
const upper = await loadPack('national')

for (const id of ['national', 'tianjin', 'tianjin-baodi', 'hunan', 'shandong', 'qingdao', 'demo']) {
  test(`policy cases under ${id}`, async () => {
    assert.deepEqual(await checkPack(id), [])
    const pack = await loadPack(id)
    const calendar = makeCalendar(pack.calendar)
    for (const day of DAYS) {
      const items = pack.items.filter((item) => inForce(item, day))
      const units = pack.units.filter((unit) => inForce(unit, day))
      assert.ok(items.length > 0)

      // display: every class an item may have is in force and not longer than the national one of its name
      for (const item of items)
        for (const name of displayClassesOf(item)) {
          const display = displayClassAt(pack, name, day)
          assert.ok(display && display.for.includes(item.nature), `${item.id} ${name}`)
          const above = displayClassAt(upper, display.within ?? name, day)
          if (above) assert.ok(addPeriod(day, display.most) <= addPeriod(day, above.most), `${name} is longer`)
          if (display.least) assert.ok(addPeriod(day, display.least) <= addPeriod(day, display.most), name)
        }
      // an adverse item says its remedy, and names a document; nothing that is published is of a person
      for (const item of items.filter(({ nature }) => nature === 'adverse')) {
        assert.ok(item.remedy, item.id)
        assert.ok(
          item.fields.some(({ role }) => role === 'document-number'),
          item.id,
        )
      }
      for (const { id: published } of publishedItems(pack, day)) {
        const item = itemAt(pack, published, day)
        assert.equal(item?.subject, 'organisation')
        const open = publicGrants(pack, day).get(published) ?? []
        for (const field of item?.fields ?? [])
          if (open.includes(field.id)) assert.equal(field.sensitivity, 'open', field.id)
      }
      for (const list of publishedLists(pack, day)) assert.ok(list.publish.basis.length > 0, list.id)

      // purposes: what a unit sees of an item is within a grant of it; what nobody is granted, nobody sees
      const { visible } = deriveReference(pack, day)
      for (const unit of units)
        for (const purpose of pack.purposes.filter((one) => inForce(one, day)))
          for (const granted of deriveGrants(pack, purpose.id, unit, day)) {
            const item = itemAt(pack, granted.item, day)
            const level =
              item?.see.filter(({ purposes }) => purposes.includes(purpose.id)).map((grant) => grant.level) ?? []
            assert.ok(
              level.some((limit) => isWithinLevel(granted.level, limit)),
              `${unit.id} ${purpose.id} ${granted.item}`,
            )
          }
      for (const { unit } of visible)
        assert.ok(
          units.some((one) => one.id === unit),
          `${unit} is abolished`,
        )

      // steps: every term that a case needs is there and ends after the day; every decision has somewhere to go
      for (const machine of Object.values(MACHINES))
        for (const step of machine.steps) {
          const dates = datesOf(pack, calendar, step, day)
          assert.ok(!('missing' in dates), `${machine.id} ${step.kind}: ${JSON.stringify(dates)}`)
          for (const end of [dates.due, dates.hides, dates.window]) assert.ok(end === undefined || end > day, step.kind)
        }
      const remedies = remediesOf(pack, calendar, day)
      assert.equal(remedies.length, 2)
      assert.ok(remedies.every(({ until }) => until !== undefined && until > day))

      // repair: of every adverse class there is a rule, and it is never sooner than the least time, never without an end
      for (const item of items.filter(({ nature }) => nature === 'adverse'))
        for (const display of displayClassesOf(item)) {
          const rule = findRepairRule(pack, display, day)
          assert.ok(rule, `${item.id} ${display}`)
          const way = findRepairWay(pack, { display, decided: day, since: day, marks: [], adverse: true }, day)
          const least = displayClassAt(pack, display, day)?.least
          if (way?.from !== undefined && least !== undefined) assert.ok(way.from >= addPeriod(day, least), display)
        }

      // lists and measures: process before an entry, a listed measure for each, each carried out by somebody who exists
      for (const list of pack.lists.filter((one) => inForce(one, day))) {
        assert.equal(listAt(pack, list.id, day)?.id, list.id)
        const item = itemAt(pack, list.item, day)
        assert.ok(item, list.item)
        assert.ok(list.subjects.includes(item.subject), list.id)
        if (list.origin === 'determined' && list.kind !== 'red' && list.kind !== 'exemplar')
          assert.ok(list.window !== undefined && list.removal.length > 0, `${list.id} without a window`)
        for (const subject of list.subjects)
          for (const { unit } of tasksOf(pack, { list: list.id, subject, day }))
            assert.ok(
              units.some((one) => one.id === unit.id),
              list.id,
            )
      }
      for (const measure of pack.measures.filter((one) => inForce(one, day))) {
        assert.equal(measureAt(pack, measure.id, day)?.id, measure.id)
        assert.ok(
          measure.basis.some(({ rank }) => rank !== 'central-policy' && rank !== 'local-policy'),
          measure.id,
        )
        assert.notEqual(measure.remedy.zh, '')
      }
      for (const { id: incentive, requires } of pack.incentives.filter((one) => inForce(one, day)))
        assert.ok(requires.lists ?? requires.items ?? requires.clean, incentive)

      // a place that names its units has a source for what it gathers of persons and organisations alike
      if (units.length > 0)
        for (const subject of ['person', 'organisation'] as const)
          assert.ok(
            items.some((item) => item.subject === subject && units.some((unit) => maySend(item, unit))),
            subject,
          )
    }
  })
}
