import { createHash } from 'node:crypto'
import { refuse, type Refusal } from '#domain/refusal.ts'
import { insertExport, readExports } from '#store/export.ts'
import { findUnit, nameOfUnit, type System } from './system.ts'

/**
 * Puts on record that a table leaves as a file: who, which table, how many rows, and a digest of the bytes (R19). Called
 * before the first byte is sent; where it cannot be recorded, nothing leaves.
 */
export async function recordExport(
  system: System,
  of: { actor: number; table: string; rows: number; file: string },
): Promise<{ num: number } | Refusal> {
  const digest = createHash('sha256').update(of.file).digest()
  const num = await insertExport(system.pool, { actor: of.actor, name: of.table, rows: of.rows, digest })
  return num === undefined ? refuse('not-allowed') : { num }
}

/** The register of exports, newest first: everybody's for an auditor, the own unit's for an administrator. */
export async function listExports(system: System, of: { actor: number; limit: number }) {
  const rows = await readExports(system.pool, of)
  return rows.map(({ num, at, display, unit, name, rows: count }) => ({
    num,
    at,
    by: display,
    unit: {
      ...nameOfUnit(system, unit),
      kind: findUnit(system.reference.pack, nameOfUnit(system, unit).id)?.kind ?? '',
    },
    table: name,
    rows: count,
  }))
}
