import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../api.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { useSession } from '../session.tsx'
import { useCatalog } from '../shell.tsx'
import { Area } from '../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { HeldBulk } from './held-bulk.tsx'

type Held = Reply<'held'>['held'][number]

/** Files that wait for a second person. */
export function HeldPage() {
  const { t } = useWords()
  const client = useQueryClient()
  const [told, setTold] = useState<'approved' | 'rejected'>()
  const held = useQuery({ queryKey: ['held'], queryFn: ({ signal }) => call('held', {}, signal) })
  const { who } = useSession()
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set())
  if (held.isPending) return <Skeleton />
  if (held.isError) return <Failure error={held.error} onRetry={() => void held.refetch()} />
  const reviewer = who.roles.includes('reviewer')
  const others = held.data.held.filter(({ mine }) => !mine)
  const changed = () => {
    for (const key of ['held', 'submissions', 'work']) void client.invalidateQueries({ queryKey: [key] })
  }
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
                picked={picked.has(file.held)}
                onPicked={
                  reviewer && others.length > 1 && !file.mine
                    ? (on) => {
                        const next = new Set(picked)
                        if (on) next.add(file.held)
                        else next.delete(file.held)
                        setPicked(next)
                      }
                    : undefined
                }
                file={file}
                onDecided={(approved) => {
                  setTold(approved ? 'approved' : 'rejected')
                  changed()
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {picked.size > 0 ? (
        <HeldBulk
          files={others.map(({ held: num }) => num).filter((num) => picked.has(num))}
          onDecided={(approved) => {
            setPicked(new Set())
            setTold(approved ? 'approved' : 'rejected')
            changed()
          }}
          onFailed={changed}
          onClear={() => setPicked(new Set())}
        />
      ) : null}
    </div>
  )
}

function HeldFile({
  file,
  picked,
  onPicked,
  onDecided,
}: {
  file: Held
  picked: boolean
  /** absent: there is nothing to pick it with */
  onPicked: ((on: boolean) => void) | undefined
  onDecided: (approved: boolean) => void
}) {
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
      {onPicked ? (
        <label className="check">
          <input type="checkbox" checked={picked} onChange={(event) => onPicked(event.target.checked)} />
          {t('held.pick', { name: `${name ? pick(name) : file.item} ${file.held}` })}
        </label>
      ) : null}
      {file.mine ? <Note tone="calm" title={t('held.mine')} /> : null}
      {!file.mine && !picked && who.roles.includes('reviewer') ? (
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
