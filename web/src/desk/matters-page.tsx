import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../api.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { useSession } from '../session.tsx'
import { useCatalog } from '../shell.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { mayUse } from '../units.ts'
import { OpenMatter } from './open-matter.tsx'
import { TableWrap } from '../ui/table-wrap.tsx'

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
          <MatterTable
            label={t('matters.live')}
            matters={live}
            onClosed={mayOpen ? () => changed('closedNow') : undefined}
          />
        )}
      </div>
      {closed.length > 0 ? (
        <details className="fold">
          <summary>
            {t('matters.closed')} · {closed.length}
          </summary>
          <MatterTable label={t('matters.closed')} matters={closed} onClosed={undefined} />
        </details>
      ) : null}
    </div>
  )
}

function MatterTable({
  matters,
  onClosed,
  label,
}: {
  matters: Matter[]
  onClosed: (() => void) | undefined
  label: string
}) {
  const { t, pick, language } = useWords()
  const catalog = useCatalog()
  const close = useMutation({
    mutationFn: (number: string) => call('closeMatter', { params: { number } }),
    onSuccess: onClosed,
  })
  const nameOf = (purpose: string) => {
    const name = catalog.data?.purposes.find(({ id }) => id === purpose)?.name
    return name ? pick(name) : purpose
  }
  return (
    <>
      {close.isError ? <Failure error={close.error} alert /> : null}
      <TableWrap label={label}>
        <table className="table folds">
          <thead>
            <tr>
              <th scope="col">{t('matters.number')}</th>
              <th scope="col">{t('matters.subject')}</th>
              <th scope="col">{t('matters.purpose')}</th>
              <th scope="col">{t(onClosed ? 'matters.opened' : 'matters.closedAt')}</th>
              {onClosed ? (
                <th scope="col">
                  <span className="visually-hidden">{t('matters.close')}</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {matters.map((matter) => (
              <tr key={matter.number}>
                <th scope="row">{matter.number}</th>
                <td data-label={t('matters.subject')}>{matter.title}</td>
                <td data-label={t('matters.purpose')}>{nameOf(matter.purpose)}</td>
                <td className="nowrap" data-label={t(onClosed ? 'matters.opened' : 'matters.closedAt')}>
                  {formatInstant(matter.closedAt ?? matter.openedAt, language)}
                </td>
                {onClosed ? (
                  <td>
                    <button
                      type="button"
                      className="button quiet"
                      disabled={close.isPending}
                      aria-label={`${t('matters.close')} ${matter.number}`}
                      onClick={() => close.mutate(matter.number)}
                    >
                      {t('matters.close')}
                    </button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
    </>
  )
}
