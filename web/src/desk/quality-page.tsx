import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { QUALITY_TABLE } from '#contract/tables.ts'
import { call } from '../api.ts'
import { addDays, formatPercent, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'
import { PeriodFields, periodQuery } from './period-fields.tsx'

const RATES = ['refusedRate', 'wrongCodeRate', 'duplicateRate', 'lateRate', 'completeness'] as const

/** How well each unit reports. */
export function QualityPage() {
  const { t } = useWords()
  const [days, setDays] = useState({ from: addDays(today(), -90), until: today() })
  const quality = useQuery({
    queryKey: ['quality', days],
    queryFn: ({ signal }) => call('quality', { query: periodQuery(days) }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="stack-l">
      <PeriodFields value={days} onValue={setDays} />
      {quality.isPending ? <Skeleton lines={7} /> : null}
      {quality.isError ? <Failure error={quality.error} onRetry={() => void quality.refetch()} /> : null}
      {quality.data?.units.length === 0 ? (
        <Empty icon="chart" title={t('quality.empty')}>
          <p>{t('quality.emptyText')}</p>
        </Empty>
      ) : null}
      {quality.data && quality.data.units.length > 0 ? (
        <DataTable
          table={QUALITY_TABLE}
          rows={quality.data.units}
          rowKey={({ unit }) => unit.id}
          input={{ query: periodQuery(days) }}
          renderCell={(column, row) => {
            const rate = RATES.find((one) => one === column)
            return rate ? <Rate value={row[rate]} /> : undefined
          }}
        />
      ) : null}
    </div>
  )
}

/** A rate with a plain bar under it. */
function Rate({ value }: { value: number | null }) {
  const { t, language } = useWords()
  if (value === null) return <span className="soft">{t('shared.unknown')}</span>
  return (
    <span className="rate">
      <span className="num">{formatPercent(value, language)}</span>
      <span className="span-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(100, Math.max(0, value * 100))}%` }} />
      </span>
    </span>
  )
}
