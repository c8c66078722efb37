import { makeCitizenNumber } from '#domain/identity/synthetic.ts'

let next = 0

/** A citizen number of nobody (fictional division), another at each call; with an index, the same for the same index. */
export function citizenNumber(index: number = (next += 1) + 500): string {
  const day = Temporal.PlainDate.from('1970-01-01').add({ days: index % 9_000 })
  return makeCitizenNumber({ division: '990101', birth: day.toString(), sequence: 1 + (index % 900) })
}

export type CommitmentRow = { name: string; number: string; document: string; decided: string }

/** The n-th row of a commitment file (item `commitment`), which the demo market bureau may send. */
export const commitment = (index: number): CommitmentRow => ({
  name: `测${String.fromCodePoint(0x4e00 + (index % 500))}`,
  number: citizenNumber(index),
  document: `承诺〔2026〕${index}号`,
  decided: '2026-03-01',
})

const HEADER = ['XM', 'ZJHM', 'CNLX', 'CNSX', 'CNBH', 'CNRQ', 'SLDW']

export const commitmentValues = ({ name, number, document, decided }: CommitmentRow): Record<string, string> =>
  Object.fromEntries(
    HEADER.map((id, at) => [
      id,
      [name, number, '告知承诺', '食品经营许可', document, decided, '衡州市市场监督管理局'][at] ?? '',
    ]),
  )

/** A CSV file of commitments, as the market bureau sends it. */
export const commitmentFile = (rows: readonly CommitmentRow[]): string =>
  [HEADER, ...rows.map((row) => Object.values(commitmentValues(row)))].map((cells) => `${cells.join(',')}\r\n`).join('')
