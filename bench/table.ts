/** One row of design.md, "Measures of speed". `id` is what `--only` names. */
export type Row = {
  id: string
  name: string
  unit: string
  better: 'higher' | 'lower'
  reach: number
  aim: number
}

/** A measured row. `noise` is the spread of the repetitions, `detail` what else was seen. */
export type Measured = { id: string; value: number; noise?: [least: number, most: number]; detail?: string }

export const ROWS: readonly Row[] = [
  row('intake', 'intake, file to visible, 20 records a subject', '× COPY', 'higher', 0.7, 0.95),
  row('first-load', 'intake, first load, 1 record a subject', '× COPY', 'higher', 0.4, 0.7),
  row('memory', 'intake memory, peak', 'MB', 'lower', 400, 200),
  row('look-up', 'audited look-up over HTTP, signed in', '× bare driver', 'higher', 0.4, 0.55),
  row('record-bytes', 'bytes per record, all tables and indexes, 20 records a subject', 'bytes', 'lower', 320, 250),
  row('look-up-bytes', 'bytes per look-up, ledger included', 'bytes', 'lower', 350, 250),
  row('tail-hot', 'look-up p99, 20 million against 1 million, hot', '×', 'lower', 1.5, 1.1),
  row('tail-cold', 'look-up p99, 20 million against 1 million, cold after restart, compacted', '×', 'lower', 2, 1.3),
  row('dry-run', 'dry run of a rule over 1 million people', '× scan', 'lower', 2, 1.2),
  row('start', 'warm start to first page', 's', 'lower', 3, 1),
]

function row(id: string, name: string, unit: string, better: Row['better'], reach: number, aim: number): Row {
  return { id, name, unit, better, reach, aim }
}

const attained = ({ better }: Row, value: number, mark: number): boolean =>
  better === 'higher' ? value >= mark : value <= mark

const short = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)

/** The table as text; a row without a measure says so. */
export function formatTable(rows: readonly Row[], measured: readonly Measured[]): string {
  const lines = rows.map((of) => {
    const found = measured.find(({ id }) => id === of.id)
    const value = found === undefined ? '–' : short(found.value)
    const noise = found?.noise === undefined ? '' : `${short(found.noise[0])}–${short(found.noise[1])}`
    const verdict =
      found === undefined
        ? 'not measured'
        : attained(of, found.value, of.aim)
          ? 'aim'
          : attained(of, found.value, of.reach)
            ? 'reach'
            : 'MISSED'
    return [of.name, value, noise, of.unit, short(of.reach), short(of.aim), verdict]
  })
  const table = [['what', 'value', 'spread', 'unit', 'reach', 'aim', ''], ...lines]
  const widths = table[0]!.map((_, at) => Math.max(...table.map((line) => line[at]!.length)))
  return table
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** For machines: what was measured, in the order of the table. */
export const toJson = (rows: readonly Row[], measured: readonly Measured[]) =>
  rows.flatMap(({ id, name, unit, better, reach, aim }) =>
    measured
      .filter((one) => one.id === id)
      .map(({ value }) => ({ name, value: Number(value.toPrecision(4)), unit, better, reach, aim })),
  )

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
