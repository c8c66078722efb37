import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { addDays, formatDay, formatInstant, today } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { useSession } from '../../session.tsx'
import { Area, Select } from '../../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../../ui/note.tsx'
import { PeriodFields, periodQuery, type Days } from '../period-fields.tsx'
import { PlaceSelect, usePlaceChoice } from '../place-select.tsx'
import { Adding } from './adding.tsx'
import { BulletinSheet, type Issue } from './bulletin-sheet.tsx'
import { EntryForm } from './entry-form.tsx'
import { useMay, usePlan } from './plan.ts'
import '../../style/supervision.css'

const VIEWS = ['live', 'issued'] as const
const TONES = { draft: 'warn', publish: 'good', reject: '' } as const

/** The bulletin: live, for every unit or one; and those that were issued, as they were. */
export function BulletinPage() {
  const { t } = useWords()
  const [view, setView] = useState<(typeof VIEWS)[number]>('live')
  const [opened, setOpened] = useState<number>()
  if (opened !== undefined) return <OneIssue num={opened} onBack={() => setOpened(undefined)} />
  return (
    <div className="stack-l">
      <fieldset className="row plain no-print">
        <legend className="visually-hidden">{t('bulletin.view')}</legend>
        {VIEWS.map((one) => (
          <button
            type="button"
            key={one}
            className={`button ${one === view ? '' : 'second'}`}
            aria-pressed={one === view}
            onClick={() => setView(one)}
          >
            {t(`bulletin.${one}`)}
          </button>
        ))}
      </fieldset>
      {view === 'live' ? <Live /> : <Issues onOpen={setOpened} />}
    </div>
  )
}

function Live() {
  const { t, pick } = useWords()
  const [days, setDays] = useState<Days>({ from: addDays(today(), -90), until: today() })
  const [unit, setUnit] = useState('')
  const plan = usePlan()
  const may = useMay()
  const place = usePlaceChoice()
  const query = { ...periodQuery(days), ...place.query, ...(unit ? { unit } : {}) }
  const live = useQuery({
    queryKey: ['supervision', 'bulletin', query],
    queryFn: ({ signal }) => call('bulletin', { query }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <div className="bulletin-tools no-print">
        <PeriodFields value={days} onValue={setDays} />
        <PlaceSelect
          {...place}
          setOf={(of) => {
            // a unit of another place is none of this one's
            setUnit('')
            place.setOf(of)
          }}
        />
        <Select label={t('bulletin.unit')} value={unit} onChange={({ target }) => setUnit(target.value)}>
          <option value="">{t('bulletin.everyUnit')}</option>
          {plan.data?.units.map(({ id, name }) => (
            <option key={id} value={id}>
              {pick(name)}
            </option>
          ))}
        </Select>
        <button type="button" className="button second" onClick={() => print()}>
          {t('bulletin.print')}
        </button>
      </div>
      <div className="adding-list no-print">
        <Prepare days={days} />
        {may.office && plan.data ? (
          <Adding title={t('supervise.addRegister')}>
            {(done) => <EntryForm kind="register" fields={['count', 'text']} about={plan.data.groups} onSaved={done} />}
          </Adding>
        ) : null}
      </div>
      {live.isPending ? <Skeleton lines={9} /> : null}
      {live.isError ? <Failure error={live.error} onRetry={() => void live.refetch()} /> : null}
      {live.data ? <BulletinSheet figures={live.data} whole={unit === ''} /> : null}
    </>
  )
}

/** What the unit of whoever is signed in may do with bulletins: as in migration 0100. */
function useOffice(): { prepares: boolean; decides: boolean } {
  const { who } = useSession()
  const has = (...roles: string[]) => who.office !== undefined && who.roles.some((role) => roles.includes(role))
  return { prepares: has('clerk', 'admin'), decides: has('reviewer', 'admin') }
}

function Prepare({ days }: { days: Days }) {
  const { t } = useWords()
  const client = useQueryClient()
  const { prepares } = useOffice()
  const [note, setNote] = useState('')
  const save = useMutation({
    mutationFn: () => call('draftBulletin', { body: { from: days.from, until: days.until, note } }),
    onSuccess: () => {
      setNote('')
      void client.invalidateQueries({ queryKey: ['supervision', 'bulletins'] })
    },
  })
  if (!prepares) return null
  return (
    <div className="no-print">
      <div className="live" aria-live="polite">
        {save.isSuccess ? <Note tone="good" title={t('bulletin.saved')} /> : null}
      </div>
      <details className="fold card adding">
        <summary>{t('bulletin.prepare')}</summary>
        <div className="stack form-width">
          <p className="soft">{t('bulletin.prepareText')}</p>
          <Area label={t('bulletin.note')} value={note} maxLength={2000} onText={setNote} />
          {save.isError ? <Failure error={save.error} alert /> : null}
          <div>
            <button
              type="button"
              className="button"
              disabled={save.isPending || !days.from || !days.until}
              onClick={() => save.mutate()}
            >
              {t('bulletin.save')}
            </button>
          </div>
        </div>
      </details>
    </div>
  )
}

const nameOf = (t: ReturnType<typeof useWords>['t'], { num, number, at, decidedAt }: Issue): string =>
  number === undefined
    ? t('bulletin.draft', { num })
    : t('bulletin.number', { year: (decidedAt ?? at).slice(0, 4), number })

function Issues({ onOpen }: { onOpen: (num: number) => void }) {
  const { t, pick, language } = useWords()
  const list = useQuery({
    queryKey: ['supervision', 'bulletins'],
    queryFn: ({ signal }) => call('bulletins', {}, signal),
  })
  if (list.isPending) return <Skeleton lines={5} />
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  const { bulletins } = list.data
  if (bulletins.length === 0)
    return (
      <Empty icon="file" title={t('bulletin.issuedEmpty')}>
        <p>{t('bulletin.issuedEmptyText')}</p>
      </Empty>
    )
  return (
    <ul className="stack">
      {bulletins.map((issue) => (
        <li key={issue.num} className="card issue">
          <div className="stack-s grow">
            <p className="row-tight">
              <span className={`tag ${TONES[issue.state]}`}>{t(`bulletin.state_${issue.state}`)}</span>
              <strong>{nameOf(t, issue)}</strong>
            </p>
            <p className="soft small num">
              {issue.place ? `${pick(issue.place.name)} · ` : ''}
              {formatDay(issue.from, language)} – {formatDay(issue.until, language)} · {pick(issue.author)} ·{' '}
              {formatInstant(issue.at, language)}
            </p>
            {issue.reason ? <p className="soft small">{issue.reason}</p> : null}
          </div>
          <button type="button" className="button second" onClick={() => onOpen(issue.num)}>
            {t('bulletin.open')}
            <span className="visually-hidden"> {nameOf(t, issue)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function OneIssue({ num, onBack }: { num: number; onBack: () => void }) {
  const { t } = useWords()
  const issue = useQuery({
    queryKey: ['supervision', 'bulletins', num],
    queryFn: ({ signal }) => call('bulletinIssue', { params: { num } }, signal),
  })
  return (
    <div className="stack-l">
      <div className="row no-print">
        <button type="button" className="button quiet" onClick={onBack}>
          {t('bulletin.back')}
        </button>
        <button type="button" className="button second" onClick={() => print()}>
          {t('bulletin.print')}
        </button>
      </div>
      {issue.isPending ? <Skeleton lines={9} /> : null}
      {issue.isError ? <Failure error={issue.error} onRetry={() => void issue.refetch()} /> : null}
      {issue.data ? (
        <>
          <Decide issue={issue.data.bulletin} />
          <BulletinSheet figures={issue.data.figures} issue={issue.data.bulletin} whole />
        </>
      ) : null}
    </div>
  )
}

function Decide({ issue }: { issue: Issue }) {
  const { t } = useWords()
  const client = useQueryClient()
  const { decides } = useOffice()
  const [reason, setReason] = useState('')
  const decide = useMutation({
    mutationFn: (kind: 'publish' | 'reject') =>
      call('decideBulletin', {
        params: { num: issue.num },
        body: { kind, ...(reason.trim() ? { reason: reason.trim() } : {}) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['supervision', 'bulletins'] }),
  })
  if (issue.state !== 'draft')
    return (
      <div className="live no-print" aria-live="polite">
        {decide.isSuccess ? <Note tone="good" title={t('bulletin.decided')} /> : null}
      </div>
    )
  if (issue.mine || !decides)
    return (
      <Note tone="brand" title={t('bulletin.state_draft')}>
        {t('bulletin.waiting')}
      </Note>
    )
  return (
    <section className="card stack form-width no-print" aria-label={t('bulletin.state_draft')}>
      <Area label={t('bulletin.reason')} value={reason} maxLength={500} onText={setReason} />
      {decide.isError ? <Failure error={decide.error} alert /> : null}
      <div className="row">
        <button type="button" className="button" disabled={decide.isPending} onClick={() => decide.mutate('publish')}>
          {t('bulletin.publish')}
        </button>
        <button
          type="button"
          className="button grave"
          disabled={decide.isPending}
          onClick={() => decide.mutate('reject')}
        >
          {t('bulletin.reject')}
        </button>
      </div>
    </section>
  )
}
