import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../api.ts'
import { addDays, formatNumber, formatPercent, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'
import { PeriodFields, periodQuery } from './period-fields.tsx'
import { TableWrap } from '../ui/table-wrap.tsx'

type Unit = Reply<'quality'>['units'][number]
const RATES = [
  { key: 'refusedRate', word: 'quality.refusedRate' },
  { key: 'wrongCodeRate', word: 'quality.wrongCodeRate' },
  { key: 'duplicateRate', word: 'quality.duplicateRate' },
  { key: 'lateRate', word: 'quality.lateRate' },
  { key: 'completeness', word: 'quality.completeness' },
] as const

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
      {quality.data && quality.data.units.length > 0 ? <Table units={quality.data.units} /> : null}
    </div>
  )
}

function Table({ units }: { units: Unit[] }) {
  const { t, pick, language } = useWords()
  return (
    <TableWrap label={t('quality.title')}>
      <table className="table folds">
        <thead>
          <tr>
            <th scope="col">{t('quality.unit')}</th>
            <th scope="col" className="num">
              {t('quality.submissions')}
            </th>
            <th scope="col" className="num">
              {t('quality.rows')}
            </th>
            <th scope="col" className="num">
              {t('quality.accepted')}
            </th>
            {RATES.map(({ key, word }) => (
              <th scope="col" key={key}>
                {t(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {units.map((row) => (
            <tr key={row.unit.id}>
              <th scope="row">{pick(row.unit.name)}</th>
              <td className="num" data-label={t('quality.submissions')}>
                {formatNumber(row.submissions, language)}
              </td>
              <td className="num" data-label={t('quality.rows')}>
                {formatNumber(row.rows, language)}
              </td>
              <td className="num" data-label={t('quality.accepted')}>
                {formatNumber(row.accepted, language)}
              </td>
              {RATES.map(({ key, word }) => (
                <td key={key} data-label={t(word)}>
                  <Rate value={row[key]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
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
