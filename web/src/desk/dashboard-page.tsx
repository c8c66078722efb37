import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CASE_FIGURES_TABLE, SERIES_TABLES, UNIT_FIGURES_TABLE, type SeriesRow } from '#contract/tables-figures.ts'
import { call, type Input, type Reply } from '../api.ts'
import { addDays, formatNumber, formatPercent, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'
import { PlaceSelect, usePlaceChoice } from './place-select.tsx'
import { Chart } from './chart.tsx'
import type { Bars } from './echart.ts'
import { PeriodFields, periodQuery } from './period-fields.tsx'

type Figures = Reply<'dashboard'>
/** So many bars can be read; the table has them all. */
const BARS = 14

/** The figures of the desk, as charts and as tables. */
export function DashboardPage() {
  const { t } = useWords()
  const [days, setDays] = useState({ from: addDays(today(), -365), until: today() })
  const place = usePlaceChoice()
  const query = { ...periodQuery(days), ...place.query }
  const figures = useQuery({
    queryKey: ['dashboard', query],
    queryFn: ({ signal }) => call('dashboard', { query }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="stack-l">
      <PeriodFields value={days} onValue={setDays} />
      {figures.data?.scope === 'all' ? <PlaceSelect {...place} /> : null}
      {figures.isPending ? <Skeleton lines={9} /> : null}
      {figures.isError ? <Failure error={figures.error} onRetry={() => void figures.refetch()} /> : null}
      {figures.data && isEmpty(figures.data) ? (
        <Empty icon="chart" title={t('dashboard.empty')}>
          <p>{t('dashboard.emptyText')}</p>
        </Empty>
      ) : null}
      {figures.data && !isEmpty(figures.data) ? (
        <>
          <p className="soft">{t(figures.data.scope === 'all' ? 'dashboard.ofAll' : 'dashboard.ofUnit')}</p>
          <Charts figures={figures.data} query={query} />
        </>
      ) : null}
    </div>
  )
}

const isEmpty = ({ items, units, cases, recalls, measures }: Figures): boolean =>
  [items, units, cases, recalls, measures].every(({ length }) => length === 0)

function Charts({ figures, query }: { figures: Figures; query: Input<'dashboard'>['query'] }) {
  const { t, pick, language } = useWords()
  const number = (value: number) => formatNumber(value, language)
  const input = { query }
  const one = (kind: Bars['kind'], rows: readonly SeriesRow[]): Bars => ({
    kind,
    names: rows.slice(0, BARS).map(({ name }) => pick(name)),
    series: [{ name: t('dashboard.count'), values: rows.slice(0, BARS).map(({ count }) => count), tone: 'brand' }],
    write: number,
  })
  const plain = (id: keyof typeof SERIES_TABLES, kind: Bars['kind'], rows: readonly SeriesRow[]) => (
    <Chart
      title={t(`dashboard.${id}`)}
      chart={
        kind === 'ring'
          ? { ...one(kind, rows), series: [{ name: '', values: rows.map(({ count }) => count) }] }
          : one(kind, rows)
      }
      empty={rows.length === 0}
    >
      <DataTable table={SERIES_TABLES[id]} rows={rows} rowKey={({ name }) => name.zh} input={input} />
    </Chart>
  )
  const months = figures.months.map(({ month, count }) => ({ name: { zh: month, en: month }, count }))
  const units = figures.units.slice(0, BARS)
  const { cases } = figures
  const casesShown = cases.some(({ inTime, late, silent }) =>
    [inTime, late, silent].some((count) => count !== null && count > 0),
  )
  return (
    <div className="figure-grid">
      {plain('months', 'columns', months)}
      {plain('classes', 'ring', figures.classes)}
      {plain('items', 'bars', figures.items)}
      <Chart
        title={t('dashboard.units')}
        note={t('dashboard.unitsNote')}
        empty={units.length === 0}
        chart={{
          kind: 'bars',
          names: units.map(({ unit }) => pick(unit.name)),
          series: [
            { name: t('dashboard.refusedRate'), values: units.map(({ refusedRate }) => refusedRate), tone: 'bad' },
            { name: t('dashboard.lateRate'), values: units.map(({ lateRate }) => lateRate), tone: 'warn' },
          ],
          write: (value) => formatPercent(value, language),
        }}
      >
        <DataTable table={UNIT_FIGURES_TABLE} rows={figures.units} rowKey={({ unit }) => unit.id} input={input} />
      </Chart>
      <Chart
        title={t('dashboard.cases')}
        note={t('dashboard.casesNote')}
        empty={!casesShown}
        chart={{
          kind: 'columns',
          names: cases.map(({ name }) => pick(name)),
          series: [
            { name: t('dashboard.inTime'), values: cases.map(({ inTime }) => inTime), tone: 'good' },
            { name: t('dashboard.late'), values: cases.map(({ late }) => late), tone: 'warn' },
            { name: t('dashboard.silent'), values: cases.map(({ silent }) => silent), tone: 'bad' },
          ],
          write: number,
        }}
      >
        <DataTable table={CASE_FIGURES_TABLE} rows={cases} rowKey={({ name }) => name.zh} input={input} />
      </Chart>
      {plain('recalls', 'bars', figures.recalls)}
      {plain('measures', 'bars', figures.measures)}
    </div>
  )
}
