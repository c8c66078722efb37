import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { joinLegends } from '../archive.ts'
import { call, saveFile, type Reply } from '../api.ts'
import { formatTime, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { LargeType } from '../me/large-type.tsx'
import { RecordCard } from '../record-card.tsx'
import { Choices, Input, Select } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { CounterContacts } from './counter-contacts.tsx'
import { CounterFiling } from './counter-filing.tsx'
import { IdentifierFields, type Identifier } from './identifier-fields.tsx'

type Presence = Reply<'openCounter'>
const NOBODY: Identifier = { kind: 'citizen', number: '' }
const DOCUMENTS = ['identity-card', 'passport', 'permit', 'electronic'] as const
const DOCUMENT_WORDS = {
  'identity-card': 'counter.card',
  passport: 'counter.passport',
  permit: 'counter.permit',
  electronic: 'counter.electronic',
} as const

/** The counter of the service hall: for one person at a time, who is present. */
export function CounterPage() {
  const [presence, setPresence] = useState<Presence>()
  return presence ? (
    <Present key={presence.presence} presence={presence} onNext={() => setPresence(undefined)} />
  ) : (
    <Opening onOpen={setPresence} />
  )
}

/** Document, form, and that the person is there. Nothing of it is kept by the browser. */
function Opening({ onOpen }: { onOpen: (presence: Presence) => void }) {
  const { t } = useWords()
  const [identifier, setIdentifier] = useState(NOBODY)
  const [document, setDocument] = useState<(typeof DOCUMENTS)[number]>('identity-card')
  const [form, setForm] = useState('')
  const [there, setThere] = useState(false)
  const [tried, setTried] = useState(false)
  const open = useMutation({
    mutationFn: () =>
      call('openCounter', {
        body: { idKind: identifier.kind, number: identifier.number.trim(), document, form: form.trim() },
      }),
    onSuccess: onOpen,
    gcTime: 0,
  })
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (identifier.number.trim() && form.trim() && there) open.mutate()
  }
  return (
    <form className="stack-l form-width" onSubmit={submit} noValidate autoComplete="off">
      <Note tone="calm" icon="eye">
        <p>{t('counter.told')}</p>
      </Note>
      <IdentifierFields value={identifier} onValue={setIdentifier} wrong={tried} personsOnly />
      <div className="field-pair">
        <Select
          label={t('counter.document')}
          value={document}
          onChange={(event) => setDocument(DOCUMENTS.find((one) => one === event.target.value) ?? 'identity-card')}
        >
          {DOCUMENTS.map((one) => (
            <option key={one} value={one}>
              {t(DOCUMENT_WORDS[one])}
            </option>
          ))}
        </Select>
        <Input
          label={t('counter.form')}
          hint={t('counter.formHint')}
          wrong={tried && !form.trim() ? t('counter.formMissing') : undefined}
          value={form}
          maxLength={48}
          onChange={(event) => setForm(event.target.value)}
        />
      </div>
      <div className="field">
        <label className="check">
          <input type="checkbox" checked={there} onChange={(event) => setThere(event.target.checked)} />
          {t('counter.confirm')}
        </label>
        {tried && !there ? <span className="wrong">{t('counter.confirmMissing')}</span> : null}
      </div>
      {open.isError ? <Failure error={open.error} alert /> : null}
      <div>
        <button type="submit" className="button" disabled={open.isPending}>
          {t(open.isPending ? 'counter.opening' : 'counter.open')}
        </button>
      </div>
    </form>
  )
}

/** While the person is present: their file, a report, what they want to file. */
function Present({ presence, onNext }: { presence: Presence; onNext: () => void }) {
  const { t } = useWords()
  const params = { presence: presence.presence }
  const read = useMutation({ mutationFn: () => call('counterArchive', { params }), gcTime: 0 })
  const close = useMutation({ mutationFn: () => call('closeCounter', { params }) })
  if (close.isSuccess)
    return (
      <Note
        tone="good"
        title={t('counter.ended')}
        alert
        actions={
          <button type="button" className="button" onClick={onNext}>
            {t('counter.next')}
          </button>
        }
      >
        <p>{t('counter.endedText')}</p>
      </Note>
    )
  return (
    <div className="stack-l">
      <section className="card subject-head" aria-label={t('counter.session')}>
        <div>
          <p className="subject-name">{t('counter.session')}</p>
          <p className="soft num">{t('counter.until', { time: formatTime(presence.until) })}</p>
        </div>
        <div className="row no-print">
          <LargeType />
          <button type="button" className="button second" disabled={close.isPending} onClick={() => close.mutate()}>
            {t('counter.end')}
          </button>
        </div>
      </section>
      {close.isError ? <Failure error={close.error} alert /> : null}
      <Report presence={presence.presence} />
      <CounterContacts presence={presence.presence} />
      <section className="stack" aria-labelledby="counter-records">
        <h2 id="counter-records">{t('counter.records')}</h2>
        {read.isIdle ? (
          <div>
            <button type="button" className="button" onClick={() => read.mutate()}>
              <Icon name="eye" />
              {t('counter.records')}
            </button>
          </div>
        ) : null}
        {read.isPending ? <Skeleton lines={6} /> : null}
        {read.isError ? <Failure error={read.error} alert onRetry={() => read.mutate()} /> : null}
        {read.data?.records.length === 0 ? (
          <Empty icon="check" title={t('counter.nothing')}>
            <p>{t('counter.nothingText')}</p>
          </Empty>
        ) : null}
        {read.data ? (
          <ul className="cards">
            {joinLegends(read.data).map((record) => (
              <li key={`${record.id}-${record.version}`}>
                <RecordCard
                  record={record}
                  open
                  actions={
                    record.state === 'shown' ? (
                      <CounterFiling presence={presence.presence} record={record} />
                    ) : undefined
                  }
                />
              </li>
            ))}
          </ul>
        ) : null}
      </section>
    </div>
  )
}

const YEARS = 3
const earlier = (day: string): string => `${Number(day.slice(0, 4)) - YEARS}${day.slice(4).replace('02-29', '02-28')}`
const WAIT = 1_500
const TRIES = 12

/** Saves the file as soon as its look-up is in the ledger. */
async function saveWhenProven(report: string, file: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await saveFile('reportFile', { params: { report }, body: {} }, { file })
      return
    } catch (error) {
      if (tries === TRIES || !(error instanceof Error) || error.message !== 'proof-pending') throw error
      await new Promise((done) => setTimeout(done, WAIT))
    }
  }
}

function Report({ presence }: { presence: string }) {
  const { t } = useWords()
  const now = today()
  const [kind, setKind] = useState('personal')
  const [from, setFrom] = useState(earlier(now))
  const [to, setTo] = useState(now)
  const issue = useMutation({
    mutationFn: () =>
      call('counterReport', {
        params: { presence },
        body: kind === 'personal' ? { kind: 'personal' } : { kind: 'no-violations', from, to },
      }),
  })
  const save = useMutation({
    mutationFn: (report: string) => saveWhenProven(report, `credit-report-${now}.pdf`),
  })
  return (
    <section className="card stack no-print" aria-labelledby="counter-report">
      <h2 id="counter-report">{t('counter.report')}</h2>
      {issue.data ? (
        <>
          <p>{t('counter.reportReady', { code: issue.data.code })}</p>
          {save.isError ? <Failure error={save.error} alert /> : null}
          <div className="row">
            <button
              type="button"
              className="button"
              disabled={save.isPending}
              onClick={() => save.mutate(issue.data.report)}
            >
              <Icon name="download" />
              {t(save.isPending ? 'counter.reportWait' : 'counter.reportSave')}
            </button>
          </div>
        </>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            issue.mutate()
          }}
        >
          <Choices
            legend={t('counter.reportKind')}
            name="counter-report-kind"
            value={kind}
            onValue={setKind}
            options={[
              { value: 'personal', title: t('counter.personal') },
              { value: 'no-violations', title: t('counter.noViolations') },
            ]}
          />
          {kind === 'no-violations' ? (
            <div className="field-pair">
              <Input
                label={t('counter.from')}
                type="date"
                value={from}
                max={to}
                onChange={(event) => setFrom(event.target.value)}
              />
              <Input
                label={t('counter.to')}
                type="date"
                value={to}
                max={now}
                onChange={(event) => setTo(event.target.value)}
              />
            </div>
          ) : null}
          {issue.isError ? <Failure error={issue.error} alert /> : null}
          <div>
            <button type="submit" className="button second" disabled={issue.isPending}>
              {t(issue.isPending ? 'counter.reportMaking' : 'counter.reportMake')}
            </button>
          </div>
        </form>
      )}
    </section>
  )
}
