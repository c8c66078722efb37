import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../api.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { useSession } from '../session.tsx'
import { useCatalog } from '../shell.tsx'
import { Area } from '../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'

type Held = Reply<'held'>['held'][number]

/** Files that wait for a second person. */
export function HeldPage() {
  const { t } = useWords()
  const client = useQueryClient()
  const [told, setTold] = useState<'approved' | 'rejected'>()
  const held = useQuery({ queryKey: ['held'], queryFn: ({ signal }) => call('held', {}, signal) })
  if (held.isPending) return <Skeleton />
  if (held.isError) return <Failure error={held.error} onRetry={() => void held.refetch()} />
  return (
    <div className="stack">
      <div className="live" aria-live="polite">
        {told ? <Note tone="good" title={t(`held.${told}`)} /> : null}
      </div>
      {held.data.held.length === 0 ? (
        <Empty icon="check" title={t('held.empty')}>
          <p>{t('held.emptyText')}</p>
        </Empty>
      ) : (
        <ul className="stack">
          {held.data.held.map((file) => (
            <li key={file.held}>
              <HeldFile
                file={file}
                onDecided={(approved) => {
                  setTold(approved ? 'approved' : 'rejected')
                  void client.invalidateQueries({ queryKey: ['held'] })
                  void client.invalidateQueries({ queryKey: ['submissions'] })
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function HeldFile({ file, onDecided }: { file: Held; onDecided: (approved: boolean) => void }) {
  const { t, pick, language } = useWords()
  const { who } = useSession()
  const catalog = useCatalog()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const name = catalog.data?.items.find(({ id }) => id === file.item)?.name
  const decide = useMutation({
    mutationFn: (approve: boolean) =>
      call('decideHeld', { params: { num: file.held }, body: { approve, reason: reason.trim() } }),
    onSuccess: ({ approved }) => onDecided(approved),
  })
  const submit = (approve: boolean) => {
    setTried(true)
    if (reason.trim()) decide.mutate(approve)
  }
  return (
    <article className="card stack">
      <header>
        <h2 className="h-small">{name ? pick(name) : file.item}</h2>
        <p className="faint num">
          {file.held} · {formatInstant(file.at, language)}
        </p>
      </header>
      <dl className="inline-facts">
        <div>
          <dt>{t('held.by')}</dt>
          <dd>{pick(file.by)}</dd>
        </div>
        <div>
          <dt>{t('receipt.rows')}</dt>
          <dd className="num">{formatNumber(file.rows, language)}</dd>
        </div>
        <div>
          <dt>{t('receipt.refusedRows')}</dt>
          <dd className="num">{formatNumber(file.refused, language)}</dd>
        </div>
      </dl>
      {file.mine ? <Note tone="calm" title={t('held.mine')} /> : null}
      {!file.mine && who.roles.includes('reviewer') ? (
        <div className="stack form-width">
          <Area
            label={t('held.reason')}
            hint={t('held.reasonHint')}
            value={reason}
            maxLength={500}
            wrong={tried && !reason.trim() ? t('held.reasonMissing') : undefined}
            onText={setReason}
          />
          {decide.isError ? <Failure error={decide.error} alert /> : null}
          <div className="row">
            <button type="button" className="button" disabled={decide.isPending} onClick={() => submit(true)}>
              {t('held.approve')}
            </button>
            <button type="button" className="button grave" disabled={decide.isPending} onClick={() => submit(false)}>
              {t('held.reject')}
            </button>
          </div>
        </div>
      ) : null}
    </article>
  )
}
