import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api.ts'
import { addDays, formatDay, formatNumber, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { TableWrap } from '../ui/table-wrap.tsx'
import { PeriodFields, periodQuery } from './period-fields.tsx'

/** The publicity clock: what was published in time, what late, and of what it is unknown. */
export function PublicityPage() {
  const { t, pick, language } = useWords()
  const [days, setDays] = useState({ from: addDays(today(), -90), until: today() })
  const board = useQuery({
    queryKey: ['publicity', days],
    queryFn: ({ signal }) => call('publicity', { query: periodQuery(days) }, signal),
    placeholderData: keepPreviousData,
  })
  const number = (value: number) => formatNumber(value, language)
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
            <TableWrap label={t('publicity.title')}>
              <table className="table folds">
                <thead>
                  <tr>
                    <th scope="col">{t('publicity.unit')}</th>
                    <th scope="col">{t('publicity.item')}</th>
                    <th scope="col" className="num">
                      {t('publicity.inTime')}
                    </th>
                    <th scope="col" className="num">
                      {t('publicity.late')}
                    </th>
                    <th scope="col" className="num">
                      {t('publicity.unknown')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {board.data.units.map((row) => (
                    <tr key={`${row.unit.id} ${row.item.id}`}>
                      <th scope="row">{pick(row.unit.name)}</th>
                      <td data-label={t('publicity.item')}>{pick(row.item.name)}</td>
                      <td className="num" data-label={t('publicity.inTime')}>
                        {number(row.inTime)}
                      </td>
                      <td className="num" data-label={t('publicity.late')}>
                        {number(row.late)}
                      </td>
                      <td className="num" data-label={t('publicity.unknown')}>
                        {number(row.unknown)}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableWrap>
          )}
          <div className="stack">
            <h2>{t('publicity.lateOnes')}</h2>
            {board.data.late.length === 0 ? <p className="soft">{t('publicity.noneLate')}</p> : null}
            {board.data.late.length > 0 ? (
              <TableWrap label={t('publicity.lateOnes')}>
                <table className="table folds">
                  <thead>
                    <tr>
                      <th scope="col">{t('publicity.document')}</th>
                      <th scope="col">{t('publicity.organisation')}</th>
                      <th scope="col">{t('publicity.unit')}</th>
                      <th scope="col">{t('publicity.decided')}</th>
                      <th scope="col">{t('publicity.due')}</th>
                      <th scope="col" className="num">
                        {t('publicity.days')}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {board.data.late.map(({ record, unit, due, days: over }) => (
                      <tr key={`${record.organisation.code} ${record.id}`}>
                        <th scope="row">{record.document ?? record.id}</th>
                        <td data-label={t('publicity.organisation')}>{record.organisation.name}</td>
                        <td data-label={t('publicity.unit')}>{pick(unit)}</td>
                        <td className="nowrap" data-label={t('publicity.decided')}>
                          {formatDay(record.decided, language)}
                        </td>
                        <td className="nowrap" data-label={t('publicity.due')}>
                          {formatDay(due, language)}
                        </td>
                        <td className="num" data-label={t('publicity.days')}>
                          {number(over)}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </TableWrap>
            ) : null}
          </div>
        </>
      ) : null}
    </div>
  )
}
