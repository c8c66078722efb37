import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { call } from '../api.ts'
import { formatDay, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Input } from '../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { IdentifierFields, type Identifier } from './identifier-fields.tsx'
import { CaseFile } from './process/case-file.tsx'

const NOBODY: Identifier = { kind: 'citizen', number: '' }

/** A court records its finding of somebody's civil capacity, and in its case that they have it again (G2). */
export function CapacityPage() {
  const { t } = useWords()
  const [opened, setOpened] = useState<string>()
  if (opened) return <CaseFile id={opened} onBack={() => setOpened(undefined)} back={t('capacity.back')} />
  return (
    <div className="case-sides">
      <Finding onOpen={setOpened} />
      <Findings onOpen={setOpened} />
    </div>
  )
}

function Finding({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useWords()
  const client = useQueryClient()
  const [who, setWho] = useState(NOBODY)
  const [document, setDocument] = useState('')
  const [day, setDay] = useState('')
  const [reason, setReason] = useState('')
  const [checked, setChecked] = useState(false)
  const [tried, setTried] = useState(false)
  const right = day !== '' && day <= today()
  const record = useMutation({
    mutationFn: () =>
      call('recordCapacity', {
        body: {
          kind: who.kind,
          number: who.number.trim(),
          content: { document: document.trim(), day, ...(reason.trim() ? { reason: reason.trim() } : {}) },
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['cases'] }),
    gcTime: 0,
  })
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (who.number.trim() && document.trim() && right && checked) record.mutate()
  }
  function again(): void {
    setWho(NOBODY)
    setDocument('')
    setDay('')
    setReason('')
    setChecked(false)
    setTried(false)
    record.reset()
  }
  if (record.isSuccess)
    return (
      <Note
        tone="good"
        title={t('capacity.done')}
        alert
        actions={
          <>
            <button type="button" className="button" onClick={again}>
              {t('capacity.again')}
            </button>
            <button type="button" className="button second" onClick={() => onOpen(record.data.case)}>
              {t('capacity.open')}
            </button>
          </>
        }
      >
        <p>{t('capacity.doneText')}</p>
      </Note>
    )
  return (
    <form className="card stack" onSubmit={submit} noValidate autoComplete="off">
      <Note tone="calm" icon="eye">
        <p>{t('capacity.told')}</p>
      </Note>
      <IdentifierFields value={who} onValue={setWho} wrong={tried} personsOnly />
      <Input
        label={t('capacity.document')}
        value={document}
        maxLength={200}
        wrong={tried && !document.trim() ? t('capacity.documentMissing') : undefined}
        onChange={(event) => setDocument(event.target.value)}
      />
      <Input
        type="date"
        label={t('capacity.day')}
        hint={t('capacity.dayHint')}
        max={today()}
        value={day}
        wrong={tried && !right ? t('capacity.dayWrong') : undefined}
        onChange={(event) => setDay(event.target.value)}
      />
      <Input
        label={`${t('capacity.reason')}${t('case.optional')}`}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="field">
        <label className="check">
          <input type="checkbox" checked={checked} onChange={(event) => setChecked(event.target.checked)} />
          {t('capacity.confirm')}
        </label>
        {tried && !checked ? <span className="wrong">{t('capacity.confirmMissing')}</span> : null}
      </div>
      {record.isError ? <Failure error={record.error} alert /> : null}
      <div>
        <button type="submit" className="button" disabled={record.isPending}>
          {t(record.isPending ? 'capacity.going' : 'capacity.go')}
        </button>
      </div>
    </form>
  )
}

/** What stands: named by its case, for who it is about is seen when it is opened, and that is a look-up. */
function Findings({ onOpen }: { onOpen: (id: string) => void }) {
  const { t, language } = useWords()
  const queue = useQuery({
    queryKey: ['cases', 'capacity'],
    queryFn: ({ signal }) => call('caseQueue', { query: { machine: 'capacity' } }, signal),
  })
  if (queue.isPending) return <Skeleton lines={4} />
  if (queue.isError) return <Failure error={queue.error} onRetry={() => void queue.refetch()} />
  const open = queue.data.cases.filter(({ closed }) => !closed)
  return (
    <section className="card stack" aria-labelledby="findings">
      <h2 id="findings" className="h-small">
        {t('capacity.list')}
      </h2>
      {open.length === 0 ? (
        <Empty icon="check" title={t('capacity.listEmpty')} />
      ) : (
        <ul className="stack">
          {open.map((line) => (
            <li key={line.case} className="row">
              <span>
                №{line.case.split('.')[1]} · {t('capacity.since')} {formatDay(line.opened, language)}
              </span>
              <button type="button" className="button second" onClick={() => onOpen(line.case)}>
                {t('capacity.restore')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
