import '../../style/board.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { OVERDUE_RECALLS_TABLE } from '#contract/tables.ts'
import { call, type Reply } from '../../api.ts'
import { formatDay, formatInstant, today } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { useSession } from '../../session.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Input, Select } from '../../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../../ui/note.tsx'
import { RecallBulk } from '../recall-bulk.tsx'

type Recalls = Reply<'recalls'>
type Line = Recalls['recalls'][number] | Recalls['ended'][number]
/** What a unit may have done, and the word of each. */
const DID = [
  ['destroyed', 'destroyed'],
  ['replaced', 'replaced'],
  ['no-copy', 'noCopy'],
  ['kept-by-law', 'keptByLaw'],
] as const
type Did = (typeof DID)[number][0]
const RECIPIENTS: readonly string[] = ['officer', 'counter', 'clerk', 'reviewer', 'admin', 'review-body', 'court']

/** What the unit was given and may not use any more, with its receipt; for the platform, who is late (G10, B4). */
export function RecallsPage() {
  const { who } = useSession()
  return (
    <div className="stack-l">
      {who.roles.includes('admin') ? <Overdue /> : null}
      {who.roles.some((role) => RECIPIENTS.includes(role)) ? <Own /> : null}
    </div>
  )
}

/** Whoever has not acknowledged in time. */
function Overdue() {
  const { t } = useWords()
  const late = useQuery({
    queryKey: ['recalls-overdue'],
    queryFn: ({ signal }) => call('overdueRecalls', {}, signal),
  })
  if (late.isPending) return <Skeleton lines={4} />
  if (late.isError) return <Failure error={late.error} onRetry={() => void late.refetch()} />
  return (
    <div className="stack">
      <h2 className="h-small">
        {t('recallBoard.overdue')} · {late.data.recalls.length}
      </h2>
      {late.data.recalls.length === 0 ? (
        <Empty icon="check" title={t('recallBoard.noneOverdue')} />
      ) : (
        <DataTable
          table={OVERDUE_RECALLS_TABLE}
          rows={late.data.recalls}
          rowKey={(one) => `${one.recall}${one.unit.id}${one.via}`}
          input={{}}
        />
      )}
    </div>
  )
}

/** The unit's own, open ones first. */
function Own() {
  const { t } = useWords()
  const [month, setMonth] = useState(today().slice(0, 7))
  const recalls = useQuery({
    queryKey: ['recalls', month],
    queryFn: ({ signal }) => call('recalls', { query: { month } }, signal),
  })
  if (recalls.isPending) return <Skeleton lines={6} />
  if (recalls.isError) return <Failure error={recalls.error} onRetry={() => void recalls.refetch()} />
  const open = recalls.data.recalls.filter(({ received }) => !received)
  const done = recalls.data.recalls.filter(({ received }) => received)
  return (
    <>
      <section className="stack" aria-labelledby="open">
        <h2 id="open" className="h-small">
          {t('recallBoard.open')} · {open.length}
        </h2>
        {open.length > 1 ? (
          <details className="fold card">
            <summary>{t('recalls.several')}</summary>
            <RecallBulk rows={open} />
          </details>
        ) : null}
        {open.length === 0 ? (
          <Empty icon="check" title={t('recallBoard.empty')}>
            <p>{t('recallBoard.emptyText')}</p>
          </Empty>
        ) : (
          <ul className="cards narrow">
            {open.map((one) => (
              <li key={one.recall}>
                <OneRecall line={one} overdue={one.overdue} month={month} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="stack" aria-labelledby="ended">
        <h2 id="ended" className="h-small">
          {t('recallBoard.ended')} · {recalls.data.ended.length}
        </h2>
        <div className="field-pair narrow">
          <Input
            type="month"
            label={t('recallBoard.month')}
            value={month}
            max={today().slice(0, 7)}
            onChange={(event) => {
              if (/^\d{4}-\d{2}$/.test(event.target.value)) setMonth(event.target.value)
            }}
          />
        </div>
        {recalls.data.ended.length === 0 ? <p className="soft">{t('recallBoard.noneEnded')}</p> : null}
        <ul className="cards narrow">
          {recalls.data.ended.map((one) => (
            <li key={one.recall}>
              <OneRecall line={one} overdue={one.due !== undefined && one.due < today()} month={month} />
            </li>
          ))}
        </ul>
      </section>
      {done.length > 0 ? <Done lines={done} /> : null}
    </>
  )
}

function OneRecall({ line, overdue, month }: { line: Line; overdue: boolean; month: string }) {
  const { t, pick, language } = useWords()
  const client = useQueryClient()
  const [did, setDid] = useState<Did | ''>('')
  const [tried, setTried] = useState(false)
  const send = useMutation({
    mutationFn: (what: Did) =>
      call('acknowledgeRecall', { params: { recall: line.recall }, body: { did: what, month } }),
    onSuccess: () => {
      for (const key of ['recalls', 'recalls-overdue']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
  return (
    <article className={`board-card ${overdue ? 'late' : ''}`}>
      <h3>
        {pick(line.name)}
        {line.matter ? ` · ${line.matter}` : ''}
      </h3>
      <p className="row">
        {line.due ? (
          <span className={`tag ${overdue ? 'bad' : 'warn'}`}>
            {t(overdue ? 'recallBoard.wasDue' : 'recallBoard.dueBy', { day: formatDay(line.due, language) })}
          </span>
        ) : null}
      </p>
      <p className="soft num">
        {t('recallBoard.given', { at: formatInstant(line.given, language) })}
        {` · ${t('recallBoard.record', { record: line.record })}`}
        {line.access ? ` · ${t('recallBoard.access', { access: line.access })}` : ''}
      </p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (did) send.mutate(did)
        }}
      >
        <Select
          label={t('recallBoard.did')}
          value={did}
          wrong={tried && !did ? t('case.needed') : undefined}
          onChange={(event) => setDid(DID.find(([one]) => one === event.target.value)?.[0] ?? '')}
        >
          <option value="">{t('case.choose')}</option>
          {DID.map(([one, word]) => (
            <option key={one} value={one}>
              {t(`recallBoard.what.${word}`)}
            </option>
          ))}
        </Select>
        {send.isError ? <Failure error={send.error} alert /> : null}
        <button type="submit" className="button" disabled={send.isPending}>
          {t('recallBoard.acknowledge')}
        </button>
      </form>
    </article>
  )
}

function Done({ lines }: { lines: Recalls['recalls'] }) {
  const { t, pick, language } = useWords()
  return (
    <details className="fold">
      <summary>
        {t('recallBoard.done')} · {lines.length}
      </summary>
      <ul className="stack">
        {lines.map(({ recall, record, name, received, note }) => (
          <li key={recall}>
            <Note
              tone="good"
              title={`${t('recallBoard.record', { record })} · ${pick(name)}`}
              {...(note ? { actions: <SignedNote text={note} /> } : {})}
            >
              <p className="num">
                {received
                  ? `${formatInstant(received.at, language)} · ${pick(received.by)} · ${doneWhat(received.did)}`
                  : ''}
              </p>
            </Note>
          </li>
        ))}
      </ul>
    </details>
  )

  function doneWhat(did: string): string {
    const word = DID.find(([one]) => one === did)?.[1]
    return word ? t(`recallBoard.what.${word}`) : ''
  }
}

function SignedNote({ text }: { text: string }) {
  const { t } = useWords()
  return (
    <details className="fold">
      <summary>{t('recallBoard.note')}</summary>
      <pre className="signed">{text}</pre>
    </details>
  )
}
