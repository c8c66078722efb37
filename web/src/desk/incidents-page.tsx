import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Input as CallInput } from '../api.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Area, Input } from '../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { IncidentFile } from './incident-file.tsx'
import { IncidentState } from './incident-state.tsx'

/** Incidents: open one, go to one. */
export function IncidentsPage() {
  const { t, language } = useWords()
  const [open, setOpen] = useState<number>()
  const incidents = useQuery({ queryKey: ['incidents'], queryFn: ({ signal }) => call('incidents', {}, signal) })
  if (open !== undefined) return <IncidentFile num={open} onBack={() => setOpen(undefined)} />
  if (incidents.isPending) return <Skeleton />
  if (incidents.isError) return <Failure error={incidents.error} onRetry={() => void incidents.refetch()} />
  return (
    <div className="stack-l">
      <OpenIncident />
      {incidents.data.incidents.length === 0 ? (
        <Empty icon="flag" title={t('incidents.empty')}>
          <p>{t('incidents.emptyText')}</p>
        </Empty>
      ) : (
        <ul className="stack">
          {incidents.data.incidents.map((incident) => (
            <li key={incident.incident} className="card row-between">
              <div className="stack-s">
                <h2 className="h-small">{incident.title}</h2>
                <p className="faint num">
                  {formatInstant(incident.openedAt, language)} · {t('incidents.affected')}{' '}
                  {formatNumber(incident.affected, language)} · {t('incidents.notified')}{' '}
                  {formatNumber(incident.notified, language)}
                </p>
              </div>
              <div className="row">
                <IncidentState state={incident.state} />
                <button
                  type="button"
                  className="button second"
                  aria-label={`${t('incidents.view')} · ${incident.title}`}
                  onClick={() => setOpen(incident.incident)}
                >
                  {t('incidents.view')}
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Opens an incident; whom it touches is answered from the log of look-ups. */
function OpenIncident() {
  const { t, language } = useWords()
  const client = useQueryClient()
  const [title, setTitle] = useState('')
  const [suspicion, setSuspicion] = useState('')
  const [actor, setActor] = useState('')
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [tried, setTried] = useState(false)
  const open = useMutation({
    mutationFn: (body: CallInput<'openIncident'>['body']) => call('openIncident', { body }),
    onSuccess: () => {
      setTitle('')
      setSuspicion('')
      setTried(false)
      void client.invalidateQueries({ queryKey: ['incidents'] })
    },
  })
  const missing = (value: string) => (tried && !value.trim() ? t('incidents.missing') : undefined)

  function submit(): void {
    setTried(true)
    if (!title.trim() || !suspicion.trim() || !from || !until) return
    open.mutate({
      title: title.trim(),
      suspicion: suspicion.trim(),
      from: `${from}:00+08:00`,
      until: `${until}:00+08:00`,
      ...(actor.trim() ? { actor: actor.trim() } : {}),
    })
  }

  return (
    <>
      <div className="live" aria-live="polite">
        {open.data ? (
          <Note tone="good" title={t('incidents.opened', { affected: formatNumber(open.data.affected, language) })} />
        ) : null}
      </div>
      <details className="fold card">
        <summary>{t('incidents.open')}</summary>
        <div className="stack form-width">
          <Input
            label={t('incidents.name')}
            value={title}
            maxLength={200}
            wrong={missing(title)}
            onChange={(event) => setTitle(event.target.value)}
          />
          <Area
            label={t('incidents.suspicion')}
            hint={t('incidents.suspicionHint')}
            value={suspicion}
            maxLength={4000}
            wrong={missing(suspicion)}
            onText={setSuspicion}
          />
          <Input
            label={t('incidents.actor')}
            value={actor}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setActor(event.target.value)}
          />
          <div className="field-pair">
            <Input
              type="datetime-local"
              label={t('incidents.from')}
              value={from}
              wrong={missing(from)}
              onChange={(event) => setFrom(event.target.value)}
            />
            <Input
              type="datetime-local"
              label={t('incidents.until')}
              value={until}
              wrong={missing(until)}
              onChange={(event) => setUntil(event.target.value)}
            />
          </div>
          {open.isError ? <Failure error={open.error} alert /> : null}
          <div>
            <button type="button" className="button" disabled={open.isPending} onClick={submit}>
              {t(open.isPending ? 'incidents.opening' : 'incidents.open')}
            </button>
          </div>
        </div>
      </details>
    </>
  )
}
