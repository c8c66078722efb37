import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ACCOUNTS_TABLE, type AccountRow } from '#contract/tables.ts'
import { nameRoles } from '#domain/roles.ts'
import { call, type Reply } from '../api.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Area } from '../ui/field.tsx'
import { Failure, Note, Skeleton } from '../ui/note.tsx'
import { AccountForm } from './account-form.tsx'
import { AccountLosses } from './account-losses.tsx'
import { AccountPanel } from './account-panel.tsx'
import { CodeNote, type Told } from './account-told.tsx'

type Change = Reply<'accounts'>['changes'][number]
const WANTS = { roles: 'accounts.wantsRoles', password: 'accounts.wantsCode', close: 'accounts.wasClosed' } as const

/** Accounts of the unit: open, change, close; what waits for a second administrator. */
export function AccountsPage() {
  const { t } = useWords()
  const client = useQueryClient()
  const [told, setTold] = useState<Told>()
  const [open, setOpen] = useState<number>()
  const accounts = useQuery({ queryKey: ['accounts'], queryFn: ({ signal }) => call('accounts', {}, signal) })
  if (accounts.isPending) return <Skeleton lines={8} />
  if (accounts.isError) return <Failure error={accounts.error} onRetry={() => void accounts.refetch()} />
  const { all, units, accounts: rows, changes } = accounts.data
  const waiting = changes.filter(({ decided }) => !decided)
  const done = (next: Told) => {
    setTold(next)
    void client.invalidateQueries({ queryKey: ['accounts'] })
    void client.invalidateQueries({ queryKey: ['work'] })
  }
  return (
    <div className="stack-l">
      <div className="live" aria-live="polite">
        {told ? <CodeNote told={told} /> : null}
      </div>
      <AccountLosses />
      {waiting.length > 0 ? (
        <section className="stack" aria-label={t('accounts.waiting')}>
          <h2>{t('accounts.waiting')}</h2>
          <ul className="stack">
            {waiting.map((change) => (
              <li key={change.num}>
                <Waiting change={change} onDone={done} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <details className="fold card">
        <summary>{t('accounts.add')}</summary>
        <AccountForm all={all} units={units} onDone={done} />
      </details>
      <DataTable
        table={ACCOUNTS_TABLE}
        rows={rows}
        rowKey={({ num }) => String(num)}
        input={{}}
        sort={{ column: 'name', down: false }}
        renderCell={(column, row) =>
          column === 'state' ? (
            <span className={`tag ${row.closed ? '' : 'good'}`}>
              {t(row.closed ? 'accounts.closed' : 'accounts.open')}
            </span>
          ) : undefined
        }
        renderActions={(row: AccountRow) =>
          row.closed || row.own ? (
            row.own ? (
              <span className="faint">{t('accounts.own')}</span>
            ) : null
          ) : (
            <button
              type="button"
              className="button second"
              aria-expanded={open === row.num}
              aria-label={`${t('accounts.keep')} ${row.name}`}
              onClick={() => setOpen(open === row.num ? undefined : row.num)}
            >
              {t('accounts.keep')}
            </button>
          )
        }
        renderDetail={(row: AccountRow) =>
          open === row.num && !row.closed ? (
            <AccountPanel
              account={row}
              onDone={(next) => {
                setOpen(undefined)
                done(next)
              }}
            />
          ) : null
        }
      />
      <Decided changes={changes} />
    </div>
  )
}

function Waiting({ change, onDone }: { change: Change; onDone: (told: Told) => void }) {
  const { t, pick, language } = useWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const decide = useMutation({
    mutationFn: (approve: boolean) =>
      call('decideAccount', { params: { num: change.num }, body: { approve, reason: reason.trim() } }),
    onSuccess: ({ approved, code }) => onDone({ kind: approved ? 'approved' : 'rejected', name: change.name, code }),
  })
  const submit = (approve: boolean) => {
    setTried(true)
    if (reason.trim()) decide.mutate(approve)
  }
  return (
    <article className="card stack">
      <header>
        <h3 className="h-small">
          {t(WANTS[change.kind], { name: change.name, roles: pick(nameRoles(change.roles)) })}
        </h3>
        <p className="faint">
          {pick(change.display)} · {pick(change.unit.name)} ·{' '}
          {t('accounts.askedBy', { by: pick(change.by), at: formatInstant(change.at, language) })}
        </p>
        <p className="soft">{t('accounts.because', { reason: change.reason })}</p>
      </header>
      {change.mine ? (
        <Note tone="calm" title={t('accounts.secondPerson')} />
      ) : (
        <div className="stack form-width">
          <Area
            label={t('accounts.decision')}
            value={reason}
            maxLength={500}
            wrong={tried && !reason.trim() ? t('accounts.reasonMissing') : undefined}
            onText={setReason}
          />
          {decide.isError ? <Failure error={decide.error} alert /> : null}
          <div className="row">
            <button type="button" className="button" disabled={decide.isPending} onClick={() => submit(true)}>
              {t('accounts.approve')}
            </button>
            <button type="button" className="button grave" disabled={decide.isPending} onClick={() => submit(false)}>
              {t('accounts.reject')}
            </button>
          </div>
        </div>
      )}
    </article>
  )
}

/** What was decided lately: who asked, who decided, why. */
function Decided({ changes }: { changes: Change[] }) {
  const { t, pick, language } = useWords()
  const decided = changes.filter((change) => change.decided).slice(0, 50)
  if (decided.length === 0) return null
  return (
    <details className="fold">
      <summary>{t('accounts.history')}</summary>
      <ul className="stack">
        {decided.map((change) => (
          <li key={change.num} className="card">
            <p>
              <strong>{t(WANTS[change.kind], { name: change.name, roles: pick(nameRoles(change.roles)) })}</strong>{' '}
              <span className={`tag ${change.decided?.approved ? 'good' : 'bad'}`}>
                {t(change.decided?.approved ? 'accounts.inEffect' : 'accounts.refused')}
              </span>
            </p>
            <p className="soft">
              {t('accounts.askedBy', { by: pick(change.by), at: formatInstant(change.at, language) })} · {change.reason}
            </p>
            {change.decided ? (
              <p className="soft">
                {t('accounts.decidedBy', {
                  by: pick(change.decided.by),
                  at: formatInstant(change.decided.at, language),
                })}{' '}
                · {change.decided.reason}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  )
}
