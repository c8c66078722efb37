import type { Static } from 'typebox'
import { wordsOf } from '#domain/code-values.ts'
import type { ArchiveBody, ArchiveRow, Cite, Words } from './shapes.ts'

type Text = Static<typeof Words>
type Source = Static<typeof Cite>

/** A record with its legends put back in: what a page shows. */
export type ArchiveRecordBody = Omit<ArchiveRow, 'display' | 'until' | 'values' | 'item' | 'unit'> & {
  item: string
  itemName: Text
  class: Text
  nature: 'adverse' | 'favourable' | 'neutral'
  source: { unit: string; name: Text }
  basis: Source[]
  display: { class: Text; from: string; until?: string; basis: Source[]; why: Text }
  remedy?: Text
  fields: { id: string; name: Text; value: string; type: string; unit?: Text; shown?: Text; sensitive?: boolean }[]
}

const unknown = (id: string): Text => ({ zh: id, en: id })

/** Puts the legends of an archive back into its records. */
export function expandArchive(archive: ArchiveBody): ArchiveRecordBody[] {
  return archive.records.map(({ item, unit, display, until, values, ...row }) => {
    const legend = archive.items[item]
    const shown = archive.displays[display]
    return {
      ...row,
      item,
      itemName: legend?.name ?? unknown(item),
      class: legend?.class ?? unknown(''),
      nature: legend?.nature ?? 'neutral',
      source: { unit, name: archive.units[unit] ?? unknown(unit) },
      basis: legend?.basis ?? [],
      display: {
        class: shown?.name ?? unknown(display),
        from: row.decided,
        until,
        basis: shown?.basis ?? [],
        why: shown?.why ?? unknown(''),
      },
      remedy: legend?.remedy,
      fields: (legend?.fields ?? []).flatMap(({ codes, ...field }, at) => {
        const value = values[at] ?? ''
        return value === '' ? [] : [{ ...field, value, shown: wordsOf(codes, value) }]
      }),
    }
  })
}
