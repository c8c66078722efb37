import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { choicesOf, type DataTable, type TableView } from '#domain/data-table.ts'
import { saveFile } from '../api.ts'
import { formatNumber, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Icon } from './icon.tsx'
import { Failure } from './note.tsx'

export type ExportInput = {
  query?: Record<string, unknown>
  params?: Record<string, unknown>
  body?: Record<string, unknown>
}

type Props<row> = {
  table: DataTable<row>
  rows: readonly row[]
  view: TableView
  onView: (view: TableView) => void
  shown: number
  input: ExportInput | undefined
  narrow: boolean
}

/** Above a table: words to find, columns to choose by, on a phone the order; and the file. */
export function TableTools<row>({ table, rows, view, onView, shown, input, narrow }: Props<row>) {
  const { t, pick, language } = useWords()
  const columns = table.columns.filter(({ fileOnly }) => !fileOnly)
  const choices = columns
    .filter(({ choice }) => choice)
    .map((column) => ({ column, values: choicesOf(column, rows, language) }))
    .filter(({ column, values }) => values.length > 1 || Boolean(view.chosen?.[column.id]))
  return (
    <div className="table-tools no-print">
      <label className="table-find">
        <Icon name="search" size={18} />
        <span className="visually-hidden">{t('table.find', { table: pick(table.name) })}</span>
        <input
          type="search"
          className="input"
          placeholder={t('table.findHint')}
          value={view.text ?? ''}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => onView({ ...view, text: event.target.value })}
        />
      </label>
      {choices.map(({ column, values }) => (
        <Choice
          key={column.id}
          label={pick(column.name)}
          all={t('table.all', { name: pick(column.name) })}
          values={values.map((value) => ({ value, text: value }))}
          value={view.chosen?.[column.id] ?? ''}
          onValue={(value) => onView({ ...view, chosen: { ...view.chosen, [column.id]: value } })}
        />
      ))}
      {narrow ? (
        <Choice
          label={t('table.order')}
          all={t('table.orderNone')}
          values={columns.flatMap(({ id, name }) => [
            { value: `${id} up`, text: t('table.up', { name: pick(name) }) },
            { value: `${id} down`, text: t('table.down', { name: pick(name) }) },
          ])}
          value={view.sort ? `${view.sort.column} ${view.sort.down ? 'down' : 'up'}` : ''}
          onValue={(value) => {
            const [column = '', way] = value.split(' ')
            onView({ ...view, sort: column === '' ? undefined : { column, down: way === 'down' } })
          }}
        />
      ) : null}
      <p className="faint table-count" aria-live="polite">
        {t('table.count', { shown: formatNumber(shown, language), total: formatNumber(rows.length, language) })}
      </p>
      {input ? <Export table={table} view={view} input={input} /> : null}
    </div>
  )
}

function Choice(props: {
  label: string
  all: string
  values: { value: string; text: string }[]
  value: string
  onValue: (value: string) => void
}) {
  const id = useId()
  return (
    <>
      <label htmlFor={id} className="visually-hidden">
        {props.label}
      </label>
      <select
        id={id}
        className="input table-choice"
        value={props.value}
        onChange={(event) => props.onValue(event.target.value)}
      >
        <option value="">{props.all}</option>
        {props.values.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </>
  )
}

/** Saves the table as it is filtered and ordered; the export is on record before the file comes. */
export function Export<row>({ table, view, input }: { table: DataTable<row>; view: TableView; input: ExportInput }) {
  const { t, language } = useWords()
  const save = useMutation({
    mutationFn: () =>
      saveFile(
        'exportTable',
        {
          body: {
            table: table.id,
            language,
            input,
            view: {
              ...(view.filter ? { filter: view.filter } : {}),
              ...(view.text ? { text: view.text } : {}),
              ...(view.chosen ? { chosen: { ...view.chosen } } : {}),
              ...(view.sort ? { sort: view.sort } : {}),
            },
          },
        },
        { file: `${table.name[language]}-${today()}.csv`, header: 'x-export' },
      ),
  })
  const [num = '', rows = ''] = save.data?.split(' ') ?? []
  return (
    <>
      <button
        type="button"
        className="button second table-export"
        disabled={save.isPending}
        title={t('table.exportHint')}
        onClick={() => save.mutate()}
      >
        <Icon name="download" size={18} />
        {t(save.isPending ? 'table.exporting' : 'table.export')}
      </button>
      <output className="table-told">
        {save.isSuccess ? t('table.exported', { rows: formatNumber(Number(rows), language), num }) : null}
      </output>
      {save.isError ? (
        <div className="table-failed">
          <Failure error={save.error} alert />
        </div>
      ) : null}
    </>
  )
}
