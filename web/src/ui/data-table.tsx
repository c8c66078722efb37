import { Fragment, useId, useState, type ReactNode } from 'react'
import { textOf, viewRows, type Column, type DataTable as Table, type TableView } from '#domain/data-table.ts'
import { formatDay, formatInstant, formatNumber, formatPercent } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Empty } from './note.tsx'
import { TableTools, type ExportInput } from './table-tools.tsx'
import { TableWrap } from './table-wrap.tsx'
import { useNarrow } from './narrow.ts'
import '../style/table.css'

const STEP = 100

export type Picking<row> = {
  picked: ReadonlySet<string>
  onPicked: (picked: ReadonlySet<string>) => void
  /** rows that may be picked; all unless given */
  may?: (row: row) => boolean
}

type Props<row> = {
  table: Table<row>
  rows: readonly row[]
  rowKey: (row: row) => string
  /** what the table's route was asked, so that an export asks the same; absent: the table is not exported */
  input?: ExportInput
  sort?: { column: string; down: boolean }
  /** a cell that is more than text; undefined: its text will do */
  renderCell?: (column: string, row: row) => ReactNode
  /** what one can do with a row */
  renderActions?: (row: row) => ReactNode
  /** what opens under a row; undefined where nothing is open */
  renderDetail?: (row: row) => ReactNode
  picking?: Picking<row>
  /** what stands there when a part of the table holds nothing */
  empty?: ReactNode
}

/** A table of the desk: sorted by its heads, filtered, exported on record; on a phone each row is a card. */
export function DataTable<row>(props: Props<row>) {
  const { table, rows, rowKey, picking } = props
  const { t, language, pick } = useWords()
  const narrow = useNarrow()
  const [view, setView] = useState<TableView>({ sort: props.sort, filter: firstOf(table, rows) })
  const [most, setMost] = useState(STEP)
  const id = useId()
  const columns = table.columns.filter(({ fileOnly }) => !fileOnly)
  const shown = viewRows(table, rows, view, language)
  const asked = Boolean(view.text?.trim()) || Object.values(view.chosen ?? {}).some(Boolean)
  const sortBy = (column: string) =>
    setView({ ...view, sort: { column, down: view.sort?.column === column && !view.sort.down } })
  const mayPick = shown.filter((row) => picking?.may?.(row) ?? true).map(rowKey)
  const allPicked = picking !== undefined && mayPick.length > 0 && mayPick.every((key) => picking.picked.has(key))
  const width = columns.length + (props.renderActions ? 1 : 0) + (picking ? 1 : 0)

  function toggle(keys: string[], on: boolean): void {
    if (!picking) return
    const picked = new Set(picking.picked)
    for (const key of keys) {
      if (on) picked.add(key)
      else picked.delete(key)
    }
    picking.onPicked(picked)
  }

  return (
    <div className="stack">
      <Filters table={table} rows={rows} view={view} onView={setView} />
      <TableTools
        table={table}
        rows={rows}
        view={view}
        onView={(next) => {
          setView(next)
          setMost(STEP)
        }}
        shown={shown.length}
        input={props.input}
        narrow={narrow}
      />
      {shown.length === 0 && !asked && props.empty ? props.empty : null}
      {shown.length === 0 && (asked || !props.empty) ? (
        <Empty icon="search" title={t('table.none')}>
          <p>{t('table.noneText')}</p>
        </Empty>
      ) : null}
      {shown.length > 0 ? (
        <TableWrap label={pick(table.name)}>
          <table className="table folds sortable">
            <thead>
              <tr>
                {picking ? (
                  <th scope="col" className="pick">
                    <label className="pick-box">
                      <input
                        type="checkbox"
                        checked={allPicked}
                        disabled={mayPick.length === 0}
                        aria-label={t('table.pickAll')}
                        onChange={(event) => toggle(mayPick, event.target.checked)}
                      />
                    </label>
                  </th>
                ) : null}
                {columns.map((column) => (
                  <Head
                    key={column.id}
                    column={column}
                    sort={view.sort?.column === column.id ? (view.sort.down ? 'descending' : 'ascending') : undefined}
                    onSort={narrow ? undefined : () => sortBy(column.id)}
                  />
                ))}
                {props.renderActions ? (
                  <th scope="col">
                    <span className="visually-hidden">{t('table.actions')}</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {shown.slice(0, most).map((row) => {
                const key = rowKey(row)
                const detail = props.renderDetail?.(row)
                const head = columns.find((column) => column.head) ?? columns[0]
                const named = head ? textOf(head, row, language) : key
                return (
                  <Fragment key={key}>
                    <tr className={detail === undefined || detail === null ? '' : 'open'}>
                      {picking ? (
                        <td className="pick">
                          {(picking.may?.(row) ?? true) ? (
                            <label className="pick-box">
                              <input
                                type="checkbox"
                                checked={picking.picked.has(key)}
                                aria-label={t('table.pickOne', { name: named })}
                                onChange={(event) => toggle([key], event.target.checked)}
                              />
                              {narrow ? <span>{t('table.pick')}</span> : null}
                            </label>
                          ) : null}
                        </td>
                      ) : null}
                      {columns.map((column) => (
                        <Cell key={column.id} column={column} row={row} content={props.renderCell?.(column.id, row)} />
                      ))}
                      {props.renderActions ? <td className="act">{props.renderActions(row)}</td> : null}
                    </tr>
                    {detail === undefined || detail === null ? null : (
                      <tr className="detail">
                        <td colSpan={width}>{detail}</td>
                      </tr>
                    )}
                  </Fragment>
                )
              })}
            </tbody>
          </table>
        </TableWrap>
      ) : null}
      {shown.length > most ? (
        <div className="row">
          <button type="button" className="button second" aria-describedby={id} onClick={() => setMost(most + STEP)}>
            {t('table.more')}
          </button>
          <span className="faint" id={id}>
            {t('table.showing', { shown: formatNumber(most, language), total: formatNumber(shown.length, language) })}
          </span>
        </div>
      ) : null}
    </div>
  )
}

/** The part that one sees first: the first that holds something. */
const firstOf = <row,>({ filters = [] }: Table<row>, rows: readonly row[]): string | undefined =>
  (filters.find(({ fits }) => rows.some(fits)) ?? filters[0])?.id

/** The parts of a table, with how many rows each holds. */
function Filters<row>(props: {
  table: Table<row>
  rows: readonly row[]
  view: TableView
  onView: (view: TableView) => void
}) {
  const { t, pick, language } = useWords()
  const { table, rows, view, onView } = props
  if (!table.filters?.length) return null
  return (
    <fieldset className="row plain no-print">
      <legend className="visually-hidden">{t('table.filter', { table: pick(table.name) })}</legend>
      {table.filters.map(({ id, name, fits }) => (
        <button
          type="button"
          key={id}
          className={`button ${id === view.filter ? '' : 'second'}`}
          aria-pressed={id === view.filter}
          onClick={() => onView({ ...view, filter: id })}
        >
          {pick(name)} · {formatNumber(rows.filter(fits).length, language)}
        </button>
      ))}
    </fieldset>
  )
}

const isNumber = ({ kind }: { kind: string }) => kind === 'number' || kind === 'share'

function Head<row>(props: {
  column: Column<row>
  sort: 'ascending' | 'descending' | undefined
  onSort: (() => void) | undefined
}) {
  const { pick } = useWords()
  const { column, sort, onSort } = props
  return (
    <th scope="col" className={isNumber(column) ? 'num' : ''} aria-sort={sort}>
      {onSort ? (
        <button type="button" className="sort" onClick={onSort}>
          {pick(column.name)}
          <svg width="10" height="14" viewBox="0 0 10 14" aria-hidden="true" focusable="false">
            <path className={sort === 'ascending' ? 'on' : ''} d="M5 1 9 6H1Z" />
            <path className={sort === 'descending' ? 'on' : ''} d="M5 13 1 8h8Z" />
          </svg>
        </button>
      ) : (
        pick(column.name)
      )}
    </th>
  )
}

function Cell<row>({ column, row, content }: { column: Column<row>; row: row; content: ReactNode }) {
  const { pick } = useWords()
  const written = useWritten(column, row)
  const shown = content === undefined ? written : <span className="cell">{content}</span>
  const className = isNumber(column) ? 'num' : column.kind === 'words' ? 'words' : 'nowrap'
  return column.head ? (
    <th scope="row" className={className}>
      {shown}
    </th>
  ) : (
    <td className={className} data-label={pick(column.name)}>
      {shown}
    </td>
  )
}

/** A cell as people read it: dates in words, numbers grouped. */
function useWritten<row>(column: Column<row>, row: row): string {
  const { t, pick, language } = useWords()
  const value = column.value(row)
  if (value === null) return t('shared.unknown')
  if (value === undefined || value === '') return ''
  if (typeof value === 'object') return pick(value)
  switch (column.kind) {
    case 'number':
      return formatNumber(Number(value), language)
    case 'share':
      return formatPercent(Number(value), language)
    case 'day':
      return formatDay(String(value), language)
    case 'instant':
      return formatInstant(String(value), language)
    case 'words':
      return String(value)
  }
}
