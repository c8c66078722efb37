import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { WORK_TABLE, type WorkRow } from '#contract/tables.ts'
import { call } from '../api.ts'
import { formatDay, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Link } from '../router.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'

const FILTERS = ['all', 'late', 'today'] as const
type Filter = (typeof FILTERS)[number]
const TONES = { all: '', late: 'bad', today: 'warn' } as const

/** What waits for whoever is signed in: due today, late, and the rest; each line leads to where it is done. */
export function WorkPage() {
  const { t, pick, language } = useWords()
  const [filter, setFilter] = useState<Filter>('all')
  const work = useQuery({
    queryKey: ['work'],
    queryFn: ({ signal }) => call('work', {}, signal),
    staleTime: 0,
  })
  if (work.isPending) return <Skeleton lines={8} />
  if (work.isError) return <Failure error={work.error} onRetry={() => void work.refetch()} />
  const { day, lines, more } = work.data
  if (lines.length === 0)
    return (
      <Empty icon="check" title={t('work.empty')}>
        <p>{t('work.emptyText')}</p>
      </Empty>
    )
  const fits: Record<Filter, (line: WorkRow) => boolean> = {
    all: () => true,
    late: ({ late }) => late,
    today: ({ late, due }) => !late && due === day,
  }
  return (
    <div className="stack-l">
      <fieldset className="waiting plain">
        <legend className="visually-hidden">{t('work.filter')}</legend>
        {FILTERS.map((one) => (
          <button
            type="button"
            key={one}
            className={lines.some(fits[one]) ? TONES[one] : ''}
            aria-pressed={one === filter}
            onClick={() => setFilter(one)}
          >
            <strong className="num">{formatNumber(lines.filter(fits[one]).length, language)}</strong>
            {t(`work.${one}`)}
          </button>
        ))}
      </fieldset>
      <DataTable
        table={WORK_TABLE}
        rows={lines.filter(fits[filter])}
        rowKey={(line) => `${line.source} ${line.title.zh} ${line.since ?? ''} ${line.due ?? ''}`}
        input={{}}
        renderCell={(column, line) =>
          column === 'title' ? (
            <Link to={line.path}>{pick(line.title)}</Link>
          ) : column === 'due' ? (
            <Due line={line} day={day} />
          ) : undefined
        }
      />
      {more.length > 0 ? (
        <ul className="stack-s">
          {more.map(({ area, path, count }) => (
            <li key={path}>
              <Link to={path}>{t('work.more', { area: pick(area), number: formatNumber(count, language) })}</Link>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function Due({ line, day }: { line: WorkRow; day: string }) {
  const { t, language } = useWords()
  return (
    <>
      {line.due ? formatDay(line.due, language) : ''}
      {line.late ? <span className="tag bad">{t('work.late')}</span> : null}
      {!line.late && line.due === day ? <span className="tag warn">{t('work.today')}</span> : null}
    </>
  )
}
