import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { REVIEW_NAMES, UNUSUAL_TABLE, type UnusualRow } from '#contract/tables.ts'
import { call } from '../api.ts'
import { addDays, formatInstant, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Link } from '../router.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Area, Choices } from '../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { AccountLosses } from './account-losses.tsx'
import { PeriodFields, periodQuery, type Days } from './period-fields.tsx'

const TONES = { 'in-order': 'good', explained: 'good', incident: 'bad' } as const
const OUTCOMES = ['in-order', 'explained', 'incident'] as const
const WORDS = { 'in-order': 'inOrder', explained: 'explained', incident: 'incident' } as const
type Outcome = (typeof OUTCOMES)[number]

/** Look-ups and exports that somebody should look at; what came of it is kept with its reason. */
export function UnusualPage() {
  const { t, pick } = useWords()
  const client = useQueryClient()
  const [days, setDays] = useState({ from: addDays(today(), -30), until: today() })
  const [open, setOpen] = useState<string>()
  const [told, setTold] = useState<{ incident?: number | undefined }>()
  const unusual = useQuery({
    queryKey: ['unusual', days],
    queryFn: ({ signal }) => call('unusual', { query: periodQuery(days) }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="stack-l">
      <AccountLosses />
      <PeriodFields value={days} onValue={setDays} />
      <div className="live" aria-live="polite">
        {told ? (
          <Note tone="good" title={t(told.incident === undefined ? 'unusual.done' : 'unusual.doneIncident')}>
            {told.incident === undefined ? null : <Link to="/desk/incidents">{t('unusual.toIncident')}</Link>}
          </Note>
        ) : null}
      </div>
      {unusual.isPending ? <Skeleton lines={7} /> : null}
      {unusual.isError ? <Failure error={unusual.error} onRetry={() => void unusual.refetch()} /> : null}
      {unusual.data?.flags.length === 0 ? (
        <Empty icon="shield" title={t('unusual.empty')}>
          <p>{t('unusual.emptyText')}</p>
        </Empty>
      ) : null}
      {unusual.data && unusual.data.flags.length > 0 ? (
        <DataTable
          table={UNUSUAL_TABLE}
          rows={unusual.data.flags}
          rowKey={({ key }) => key}
          input={{ query: periodQuery(days) }}
          sort={{ column: 'at', down: true }}
          renderCell={(column, { review }) =>
            column === 'review' ? (
              <span className={`tag ${review ? TONES[review.outcome] : 'warn'}`}>
                {review ? pick(REVIEW_NAMES[review.outcome]) : t('unusual.waits')}
              </span>
            ) : undefined
          }
          renderActions={(row: UnusualRow) => (
            <button
              type="button"
              className="button second"
              aria-expanded={open === row.key}
              aria-label={`${t(row.review ? 'unusual.look' : 'unusual.review')} ${pick(row.actor)} ${pick(row.why)}`}
              onClick={() => setOpen(open === row.key ? undefined : row.key)}
            >
              {t(row.review ? 'unusual.look' : 'unusual.review')}
            </button>
          )}
          renderDetail={(row: UnusualRow) =>
            open === row.key ? (
              <Review
                row={row}
                days={days}
                onDone={(incident) => {
                  setOpen(undefined)
                  setTold({ incident })
                  for (const key of ['unusual', 'work', 'incidents']) void client.invalidateQueries({ queryKey: [key] })
                }}
              />
            ) : null
          }
        />
      ) : null}
    </div>
  )
}

/** One group: why it is here, its numbers, what was found of it or the form to say so. */
function Review({
  row,
  days,
  onDone,
}: {
  row: UnusualRow
  days: Days
  onDone: (incident: number | undefined) => void
}) {
  const { t, pick, language } = useWords()
  const [outcome, setOutcome] = useState<Outcome>('in-order')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const save = useMutation({
    mutationFn: () =>
      call('reviewUnusual', { body: { key: row.key, ...periodQuery(days), outcome, reason: reason.trim() } }),
    onSuccess: ({ incident }) => onDone(incident),
  })
  return (
    <div className="stack form-width">
      <p>
        <strong>{pick(row.why)}</strong>
      </p>
      <p className="soft">
        {t('unusual.between', { from: formatInstant(row.at, language), until: formatInstant(row.last, language) })}
      </p>
      <details className="fold">
        <summary>{t(row.flag === 'mass-export' ? 'unusual.exports' : 'unusual.accesses')}</summary>
        <p className="num soft">{row.accesses.join(t('shared.list'))}</p>
      </details>
      {row.review ? (
        <Note tone="calm" title={pick(REVIEW_NAMES[row.review.outcome])}>
          <p>{row.review.reason}</p>
          <p className="faint">
            {pick(row.review.by)} · {formatInstant(row.review.at, language)}
          </p>
          {row.review.incident === undefined ? null : <Link to="/desk/incidents">{t('unusual.toIncident')}</Link>}
        </Note>
      ) : (
        <>
          <Choices
            legend={t('unusual.outcome')}
            name={`outcome-${row.key}`}
            value={outcome}
            onValue={(value) => setOutcome(OUTCOMES.find((one) => one === value) ?? 'in-order')}
            options={OUTCOMES.map((value) => {
              const word = WORDS[value]
              return { value, title: t(`unusual.outcome_${word}`), text: t(`unusual.outcomeText_${word}`) }
            })}
          />
          <Area
            label={t('unusual.reason')}
            hint={t('unusual.reasonHint')}
            value={reason}
            maxLength={1000}
            wrong={tried && !reason.trim() ? t('unusual.reasonMissing') : undefined}
            onText={setReason}
          />
          {save.isError ? <Failure error={save.error} alert /> : null}
          <div>
            <button
              type="button"
              className={`button ${outcome === 'incident' ? 'grave' : ''}`}
              disabled={save.isPending}
              onClick={() => {
                setTried(true)
                if (reason.trim()) save.mutate()
              }}
            >
              {t(outcome === 'incident' ? 'unusual.saveIncident' : 'unusual.save')}
            </button>
          </div>
        </>
      )}
    </div>
  )
}
