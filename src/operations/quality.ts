import { readQuality } from '#store/submissions.ts'
import { unitsOfReach, type Reach } from './submissions.ts'
import { findUnit, type System } from './system.ts'

const rate = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000)

/**
 * Quality of what the units sent between two civil dates (R1, R7), from the receipts alone: shares of refused rows,
 * of wrong numbers and codes, of duplicates and of late reports, and how many of the cells were filled.
 */
export async function measureQuality(system: System, reach: Reach, period: { from?: string; until?: string }) {
  const { reference } = system
  const rows = await readQuality(system.pool, { units: unitsOfReach(system, reach), ...period })
  return rows.flatMap((row) => {
    const unit = findUnit(reference.pack, reference.unitId.get(row.unit) ?? '')
    if (!unit) return []
    const read = Number(row.rows)
    return [
      {
        unit: { id: unit.id, name: unit.name, kind: unit.kind },
        submissions: Number(row.submissions),
        rows: read,
        accepted: Number(row.accepted),
        refusedRate: rate(Number(row.refused), read),
        wrongCodeRate: rate(Number(row.wrong_code), read),
        duplicateRate: rate(Number(row.duplicates), read),
        completeness: rate(Number(row.filled), Number(row.cells)),
        // unknown unless some of it was sent while the official calendar reached (R7)
        lateRate: row.late_known ? rate(Number(row.late), Number(row.late_of)) : null,
      },
    ]
  })
}
