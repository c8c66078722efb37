import { displayClassAt, displayClassesOf, inForce, maySend, unitMatches } from '#domain/catalog.ts'
import { markOf } from '#domain/pack-words.ts'
import type { Item, Pack } from '#domain/pack.ts'
import type { Text } from '#domain/refusal.ts'

const UNITS: Record<string, Text> = {
  Y: { zh: '年', en: ' year' },
  M: { zh: '个月', en: ' month' },
  D: { zh: '天', en: ' day' },
}

/** A display period in words: P3Y is 3年, 3 years. */
function periodText(period: string): Text {
  const [, count = '', unit = ''] = /^P(\d+)([YMD])$/.exec(period) ?? []
  const words = UNITS[unit]
  if (!words) throw new Error(`not a display period: ${period}`)
  return { zh: `${count}${words.zh}`, en: `${count}${words.en}${count === '1' ? '' : 's'}` }
}

/** How long records of an item are shown, class by class, as the pack has it on a date. */
function displayText(pack: Pack, item: Item, date: string): Text {
  const parts = displayClassesOf(item).flatMap((id) => {
    const found = displayClassAt(pack, id, date)
    if (!found) return []
    const most = periodText(found.most)
    const mark = markOf(found.basis)
    return [{ zh: `${found.name.zh}：最长${most.zh}${mark.zh}`, en: `${found.name.en}: at most ${most.en}${mark.en}` }]
  })
  return { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') }
}

/** The catalogue as the public reads it (R3): what is in force on a date. Item texts only, nobody's data. */
export function describeCatalog(pack: Pack, date: string) {
  const units = pack.units.filter((unit) => inForce(unit, date))
  return {
    pack: { id: pack.id, name: pack.name, version: pack.version },
    units: units.map(({ id, name, kind }) => ({ id, name, kind })),
    purposes: pack.purposes
      .filter((purpose) => inForce(purpose, date))
      .map(({ id, name, ground, subjects, longestConsent, units: patterns }) => ({
        id,
        name,
        ground,
        subjects,
        ...(longestConsent === undefined ? {} : { longestConsent }),
        units: units.filter((unit) => patterns.some((pattern) => unitMatches(pattern, unit))).map((unit) => unit.id),
      })),
    items: pack.items
      .filter((item) => inForce(item, date))
      .map((item) => ({
        id: item.id,
        name: item.name,
        class: item.class,
        subject: item.subject,
        nature: item.nature,
        sources: units.filter((unit) => maySend(item, unit)).map(({ id }) => id),
        review: item.review === true,
        fields: item.fields.map(({ id, name, type, required, sensitivity }) => ({
          id,
          name,
          type,
          required: required === true,
          sensitivity,
        })),
        basis: item.basis.map(({ document, article, unverified }) => ({
          document,
          ...(article === undefined ? {} : { article }),
          ...(unverified === undefined ? {} : { unverified }),
        })),
        display: displayText(pack, item, date),
      })),
  }
}
