import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Area, Choices } from '../ui/field.tsx'
import { Failure, Note, Skeleton } from '../ui/note.tsx'
import { IncidentState } from './incident-state.tsx'

const KINDS = [
  { id: 'notify-persons', word: 'incidents.notifyPersons' },
  { id: 'notify-authority', word: 'incidents.notifyAuthority' },
  { id: 'finding', word: 'incidents.finding' },
  { id: 'close', word: 'incidents.close' },
] as const
type Kind = (typeof KINDS)[number]['id']
const isKind = (text: string): text is Kind => KINDS.some(({ id }) => id === text)

/** One incident: the suspicion, its scope, what was done, the next step. */
export function IncidentFile({ num, onBack }: { num: number; onBack: () => void }) {
  const { t, pick, language } = useWords()
  const client = useQueryClient()
  const [kind, setKind] = useState<Kind>('notify-persons')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const file = useQuery({
    queryKey: ['incident', num],
    queryFn: ({ signal }) => call('incident', { params: { num } }, signal),
  })
  const step = useMutation({
    mutationFn: (body: { kind: Kind; text: string }) => call('addIncidentStep', { params: { num }, body }),
    onSuccess: () => {
      setText('')
      setTried(false)
      void client.invalidateQueries({ queryKey: ['incident', num] })
      void client.invalidateQueries({ queryKey: ['incidents'] })
    },
  })
  const nameOf = (id: string) => {
    const known = KINDS.find((one) => one.id === id)
    return known ? t(known.word) : id
  }
  const back = (
    <div>
      <button type="button" className="button quiet" onClick={onBack}>
        {t('incidents.back')}
      </button>
    </div>
  )
  if (file.isPending) return <Skeleton />
  if (file.isError)
    return (
      <div className="stack">
        {back}
        <Failure error={file.error} onRetry={() => void file.refetch()} />
      </div>
    )
  const incident = file.data
  return (
    <div className="stack-l form-width">
      {back}
      <article className="card stack">
        <header className="look-head">
          <h2>{incident.title}</h2>
          <IncidentState state={incident.state} />
        </header>
        <p className="pre-line">{incident.suspicion}</p>
        <dl className="inline-facts">
          <div>
            <dt>{t('incidents.affected')}</dt>
            <dd className="num">{formatNumber(incident.affected, language)}</dd>
          </div>
          <div>
            <dt>{t('incidents.from')}</dt>
            <dd>{formatInstant(incident.from, language)}</dd>
          </div>
          <div>
            <dt>{t('incidents.until')}</dt>
            <dd>{formatInstant(incident.until, language)}</dd>
          </div>
        </dl>
      </article>
      <section className="stack" aria-labelledby="steps">
        <h2 id="steps">{t('incidents.steps')}</h2>
        {incident.steps.length === 0 ? <p className="soft">{t('incidents.stepsEmpty')}</p> : null}
        <ol className="stack">
          {incident.steps.map((done) => (
            <li key={`${done.at}-${done.kind}`} className="step">
              <p>
                <strong>{nameOf(done.kind)}</strong>
              </p>
              <p className="pre-line">{done.text}</p>
              <p className="faint">
                {pick(done.by)} · {formatInstant(done.at, language)}
              </p>
            </li>
          ))}
        </ol>
      </section>
      <div className="live" aria-live="polite">
        {step.isSuccess ? <Note tone="good" title={t('incidents.saved')} /> : null}
      </div>
      {incident.state === 'closed' ? null : (
        <section className="card stack" aria-labelledby="add-step">
          <h2 id="add-step">{t('incidents.addStep')}</h2>
          <Choices
            legend={t('incidents.kind')}
            name="kind"
            value={kind}
            onValue={(value) => isKind(value) && setKind(value)}
            options={KINDS.map(({ id, word }) => ({
              value: id,
              title: t(word),
              ...(id === 'notify-persons' ? { text: t('incidents.notifyPersonsText') } : {}),
            }))}
          />
          <Area
            label={t('incidents.text')}
            value={text}
            maxLength={4000}
            wrong={tried && !text.trim() ? t('incidents.missing') : undefined}
            onText={setText}
          />
          {step.isError ? <Failure error={step.error} alert /> : null}
          <div>
            <button
              type="button"
              className="button"
              disabled={step.isPending}
              onClick={() => {
                setTried(true)
                if (text.trim()) step.mutate({ kind, text: text.trim() })
              }}
            >
              {t('incidents.save')}
            </button>
          </div>
        </section>
      )}
    </div>
  )
}
