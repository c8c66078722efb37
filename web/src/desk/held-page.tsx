import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../api.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { useSession } from '../session.tsx'
import { useCatalog } from '../shell.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { HeldDecision } from './held-decision.tsx'
import '../style/table.css'

type Held = Reply<'held'>['held'][number]

/** Files that wait for a second person. */
export function HeldPage() {
  const { t, language } = useWords()
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
        <section className="bulk stack" aria-label={t('held.several')}>
          <strong>{t('held.chosen', { number: formatNumber(picked.size, language) })}</strong>
          <HeldDecision
            files={others.map(({ held: num }) => num).filter((num) => picked.has(num))}
            onDecided={(approved) => {
              setPicked(new Set())
              setTold(approved ? 'approved' : 'rejected')
              changed()
            }}
            onFailed={changed}
            onClear={() => setPicked(new Set())}
          />
        </section>
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
  const name = catalog.data?.items.find(({ id }) => id === file.item)?.name
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
          <HeldDecision files={[file.held]} onDecided={onDecided} />
        </div>
      ) : null}
    </article>
  )
}
