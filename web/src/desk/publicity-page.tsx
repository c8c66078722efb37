import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PUBLICITY_LATE_TABLE, PUBLICITY_TABLE } from '#contract/tables.ts'
import { call } from '../api.ts'
import { addDays, formatDay, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { PeriodFields, periodQuery } from './period-fields.tsx'

/** The publicity clock: what was published in time, what late, and of what it is unknown. */
export function PublicityPage() {
  const { t, language } = useWords()
  const [days, setDays] = useState({ from: addDays(today(), -90), until: today() })
  const board = useQuery({
    queryKey: ['publicity', days],
    queryFn: ({ signal }) => call('publicity', { query: periodQuery(days) }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="stack-l">
      <PeriodFields value={days} onValue={setDays} />
      {board.isPending ? <Skeleton lines={7} /> : null}
      {board.isError ? <Failure error={board.error} onRetry={() => void board.refetch()} /> : null}
      {board.data ? (
        <>
          <Note
            tone="calm"
            title={
              board.data.today.lastInTime
                ? t('publicity.today', { day: formatDay(board.data.today.lastInTime, language) })
                : t('publicity.todayUnknown')
            }
          />
          {board.data.units.length === 0 ? (
            <Empty icon="clock" title={t('publicity.empty')} />
          ) : (
            <DataTable
              table={PUBLICITY_TABLE}
              rows={board.data.units}
              rowKey={(row) => `${row.unit.id} ${row.item.id}`}
              input={{ query: periodQuery(days) }}
            />
          )}
          <div className="stack">
            <h2>{t('publicity.lateOnes')}</h2>
            {board.data.late.length === 0 ? <p className="soft">{t('publicity.noneLate')}</p> : null}
            {board.data.late.length > 0 ? (
              <DataTable
                table={PUBLICITY_LATE_TABLE}
                rows={board.data.late}
                rowKey={({ record }) => `${record.organisation.code} ${record.id}`}
                input={{ query: periodQuery(days) }}
              />
            ) : null}
          </div>
        </>
      ) : null}
    </div>
  )
}
