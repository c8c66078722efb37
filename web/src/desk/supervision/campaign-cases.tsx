import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../../api.ts'
import { formatDay } from '../../format.ts'
import { useWords, type Words } from '../../i18n.ts'
import { useSession } from '../../session.tsx'
import { Select } from '../../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../../ui/note.tsx'
import { TableWrap } from '../../ui/table-wrap.tsx'

type Line = Reply<'campaignCases'>['cases'][number]

/** The cases of a campaign: all for its lead, who gives them out; its own for a unit that checks. */
export function CampaignCases(props: {
  num: number
  leads: boolean
  units: { id: string; name: Words }[]
  onCase: (id: string) => void
}) {
  const { num, leads, units, onCase } = props
  const { t, pick, language } = useWords()
  const { who } = useSession()
  const client = useQueryClient()
  const [unit, setUnit] = useState(units[0]?.id ?? '')
  const cases = useQuery({
    queryKey: ['campaigns', num, 'cases'],
    queryFn: ({ signal }) => call('campaignCases', { params: { num } }, signal),
  })
  const give = useMutation({
    mutationFn: (organisation: string) => call('giveOutCase', { params: { num }, body: { organisation, unit } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['campaigns'] }),
  })
  if (cases.isPending) return <Skeleton lines={6} />
  if (cases.isError) return <Failure error={cases.error} onRetry={() => void cases.refetch()} />
  const lines = cases.data.cases
  const nameOf = (line: Line) => line.name ?? t('campaigns.caseNumber', { number: line.case?.split('.')[1] ?? '' })
  return (
    <section className="stack no-print" aria-label={t('campaigns.cases')}>
      <h2 className="h-small">{t('campaigns.cases')}</h2>
      <div className="live" aria-live="polite">
        {give.isSuccess ? <Note tone="good" title={t('campaigns.given')} /> : null}
      </div>
      {give.isError ? <Failure error={give.error} alert /> : null}
      {lines.length === 0 ? (
        <Empty icon="flag" title={t('campaigns.casesEmpty')}>
          <p>{t('campaigns.casesEmptyText')}</p>
        </Empty>
      ) : null}
      {leads && lines.some((line) => line.case === undefined) ? (
        <div className="narrow-field">
          <Select label={t('campaigns.giveTo')} value={unit} onChange={({ target }) => setUnit(target.value)}>
            {units.map((one) => (
              <option key={one.id} value={one.id}>
                {pick(one.name)}
              </option>
            ))}
          </Select>
        </div>
      ) : null}
      {lines.length > 0 ? (
        <TableWrap label={t('campaigns.cases')}>
          <table className="table folds">
            <thead>
              <tr>
                <th scope="col">{t('campaigns.organisation')}</th>
                <th scope="col">{t('campaigns.unit')}</th>
                <th scope="col">{t('campaigns.state')}</th>
                <th scope="col">{t('campaigns.due')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('campaigns.check')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.organisation}>
                  <th scope="row">
                    {nameOf(line)}
                    <span className="block soft small">{t('campaigns.records', { count: line.records })}</span>
                  </th>
                  <td data-label={t('campaigns.unit')}>{line.unit ? pick(line.unit.name) : '—'}</td>
                  <td data-label={t('campaigns.state')}>
                    {line.state ? pick(line.state.name) : t('campaigns.notGiven')}
                    {line.undone ? <span className="tag bad">{t('campaigns.undone')}</span> : null}
                  </td>
                  <td data-label={t('campaigns.due')} className="num">
                    {line.due ? formatDay(line.due, language) : '—'}
                    {line.late ? <span className="tag bad">{t('campaigns.late')}</span> : null}
                  </td>
                  <td>
                    {line.case !== undefined && line.unit?.id === who.unit?.id ? (
                      <button type="button" className="button second" onClick={() => onCase(line.case ?? '')}>
                        {t('campaigns.check')}
                        <span className="visually-hidden"> {nameOf(line)}</span>
                      </button>
                    ) : null}
                    {line.case === undefined && leads ? (
                      <button
                        type="button"
                        className="button second"
                        disabled={give.isPending || unit === ''}
                        onClick={() => give.mutate(line.organisation)}
                      >
                        {t('campaigns.give')}
                        <span className="visually-hidden"> {nameOf(line)}</span>
                      </button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableWrap>
      ) : null}
    </section>
  )
}
