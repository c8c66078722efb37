import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { MATTERS_TABLE } from '#contract/tables.ts'
import { call, type Reply } from '../api.ts'
import { useWords } from '../i18n.ts'
import { useSession } from '../session.tsx'
import { useCatalog } from '../shell.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { mayUse } from '../units.ts'
import { OpenMatter } from './open-matter.tsx'

type Matter = Reply<'matters'>['matters'][number]

/** Matters of the own unit: open, close, look back. */
export function MattersPage() {
  const { t } = useWords()
  const { who } = useSession()
  const client = useQueryClient()
  const catalog = useCatalog()
  const [told, setTold] = useState<'openedNow' | 'closedNow'>()
  const matters = useQuery({ queryKey: ['matters'], queryFn: ({ signal }) => call('matters', {}, signal) })
  if (matters.isPending || catalog.isPending) return <Skeleton lines={7} />
  if (matters.isError) return <Failure error={matters.error} onRetry={() => void matters.refetch()} />
  if (catalog.isError) return <Failure error={catalog.error} onRetry={() => void catalog.refetch()} />
  const mayOpen = who.roles.includes('officer') || who.roles.includes('counter')
  const unit = catalog.data.units.find(({ id }) => id === who.unit?.id)
  const purposes = catalog.data.purposes.filter(
    (purpose) => purpose.ground === 'statutory' && unit && mayUse(purpose.units, unit),
  )
  const changed = (what: 'openedNow' | 'closedNow') => {
    setTold(what)
    void client.invalidateQueries({ queryKey: ['matters'] })
  }
  const live = matters.data.matters.filter(({ closedAt }) => !closedAt)
  const closed = matters.data.matters.filter(({ closedAt }) => closedAt)
  return (
    <div className="stack-l">
      <div className="live" aria-live="polite">
        {told ? <Note tone="good" title={t(`matters.${told}`)} /> : null}
      </div>
      {mayOpen && purposes.length > 0 ? (
        <details className="fold card">
          <summary>{t('matters.open')}</summary>
          <div className="form-width">
            <OpenMatter purposes={purposes} onOpened={() => changed('openedNow')} />
          </div>
        </details>
      ) : null}
      <div className="stack">
        <h2>{t('matters.live')}</h2>
        {live.length === 0 ? (
          <Empty icon="folder" title={t('matters.empty')}>
            <p>{t('matters.emptyText')}</p>
          </Empty>
        ) : (
          <MatterTable matters={live} onClosed={mayOpen ? () => changed('closedNow') : undefined} />
        )}
      </div>
      {closed.length > 0 ? (
        <details className="fold">
          <summary>
            {t('matters.closed')} · {closed.length}
          </summary>
          <MatterTable matters={closed} onClosed={undefined} />
        </details>
      ) : null}
    </div>
  )
}

function MatterTable({ matters, onClosed }: { matters: Matter[]; onClosed: (() => void) | undefined }) {
  const { t } = useWords()
  const catalog = useCatalog()
  const close = useMutation({
    mutationFn: (number: string) => call('closeMatter', { params: { number } }),
    onSuccess: onClosed,
  })
  const nameOf = (purpose: string) => catalog.data?.purposes.find(({ id }) => id === purpose)?.name
  return (
    <>
      {close.isError ? <Failure error={close.error} alert /> : null}
      <DataTable
        table={{
          ...MATTERS_TABLE,
          columns: MATTERS_TABLE.columns.filter(({ id }) => id !== (onClosed ? 'closed' : 'opened')),
        }}
        rows={matters.map((matter) => ({ ...matter, purposeName: nameOf(matter.purpose) }))}
        rowKey={({ number }) => number}
        input={{}}
        renderActions={
          onClosed
            ? ({ number }) => (
                <button
                  type="button"
                  className="button quiet"
                  disabled={close.isPending}
                  aria-label={`${t('matters.close')} ${number}`}
                  onClick={() => close.mutate(number)}
                >
                  {t('matters.close')}
                </button>
              )
            : undefined
        }
      />
    </>
  )
}
