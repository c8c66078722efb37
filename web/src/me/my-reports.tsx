import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addressOf, ApiError, call, callHeaders, type Reply } from '../api.ts'
import { addDays, dayOf, formatInstant, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Choices, Input } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'

const KINDS = ['personal', 'noViolations'] as const
type Report = Reply<'reports'>['reports'][number]

/** Saves the file of a report; it is made again from the archive, the same bytes each time. */
async function download(report: Report): Promise<void> {
  const name = 'reportFile'
  const response = await fetch(addressOf(name, { params: { report: report.report } }), {
    method: 'POST',
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { ...callHeaders(), accept: 'application/pdf', 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => {
    throw new ApiError('offline')
  })
  if (!response.ok) throw new ApiError('fault', response.status)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = `credit-report-${dayOf(report.at)}.pdf`
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Reports of oneself: issue one, save it again, see how often its code was checked. */
export function MyReports() {
  const { t } = useWords()
  const client = useQueryClient()
  const [kind, setKind] = useState<string>('personal')
  const now = today()
  const [from, setFrom] = useState(() => addDays(now, -3 * 365))
  const [to, setTo] = useState(now)
  const reports = useQuery({ queryKey: ['reports'], queryFn: ({ signal }) => call('reports', {}, signal) })
  const issue = useMutation({
    mutationFn: () =>
      call('issueMyReport', {
        body: kind === 'personal' ? { kind: 'personal' } : { kind: 'no-violations', from, to },
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['reports'] }),
  })
  if (reports.isPending) return <Skeleton lines={6} />
  if (reports.isError) return <Failure error={reports.error} onRetry={() => void reports.refetch()} />
  return (
    <div className="stack-l">
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault()
          issue.mutate()
        }}
      >
        <Choices
          legend={t('me.reportKind')}
          name="kind"
          options={KINDS.map((one) => ({ value: one, title: t(`me.report.${one}`), text: t(`me.reportText.${one}`) }))}
          value={kind}
          onValue={setKind}
        />
        {kind === 'personal' ? null : (
          <div className="field-pair">
            <Input
              label={t('me.reportFrom')}
              type="date"
              value={from}
              max={to}
              onChange={(event) => setFrom(event.target.value)}
            />
            <Input
              label={t('me.reportTo')}
              type="date"
              value={to}
              max={now}
              onChange={(event) => setTo(event.target.value)}
            />
          </div>
        )}
        {issue.isError ? <Failure error={issue.error} alert /> : null}
        <div className="row">
          <button type="submit" className="button" disabled={issue.isPending}>
            {t(issue.isPending ? 'me.reportMaking' : 'me.reportIssue')}
          </button>
        </div>
      </form>
      {reports.data.reports.length === 0 ? (
        <Empty icon="file" title={t('me.reportsEmpty')} />
      ) : (
        <ul className="stack">
          {reports.data.reports.map((report) => (
            <li key={report.report}>
              <ReportCard report={report} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function ReportCard({ report }: { report: Report }) {
  const { t, language } = useWords()
  const save = useMutation({ mutationFn: () => download(report) })
  const kind = report.kind === 'no-violations' ? 'noViolations' : 'personal'
  return (
    <article className="card stack-s">
      <h2 className="h-small">{t(`me.report.${kind}`)}</h2>
      <p className="faint">{formatInstant(report.at, language)}</p>
      <p>
        {t('me.reportCode')} <span className="num">{report.code}</span>
      </p>
      <p className="soft">{t('me.reportChecks', { count: report.checks })}</p>
      {save.isError ? <Failure error={save.error} alert /> : null}
      <div className="row">
        <button type="button" className="button second" disabled={save.isPending} onClick={() => save.mutate()}>
          <Icon name="download" />
          {t('me.reportSave')}
        </button>
      </div>
    </article>
  )
}
