import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../api.ts'
import { useWords } from '../i18n.ts'
import { Choices, Select } from '../ui/field.tsx'
import { Failure, Note, Skeleton } from '../ui/note.tsx'
import { OpenMatter } from './open-matter.tsx'

export type Purpose = Reply<'catalog'>['purposes'][number]

/** What the look-up is for, and the matter it belongs to where the purpose is statutory. */
export function PurposeFields(props: {
  purposes: Purpose[]
  purpose: Purpose | undefined
  onPurpose: (id: string) => void
  matter: string
  onMatter: (number: string) => void
  wrong: boolean
}) {
  const { t, pick } = useWords()
  const { purposes, purpose } = props
  if (purposes.length === 0) return <Note tone="warn" title={t('lookUp.purposeNone')} />
  return (
    <>
      <Choices
        legend={t('lookUp.purpose')}
        name="purpose"
        value={purpose?.id ?? ''}
        onValue={props.onPurpose}
        options={purposes.map(({ id, name, ground }) => ({
          value: id,
          title: pick(name),
          text: t(ground === 'statutory' ? 'lookUp.statutory' : 'lookUp.consent'),
        }))}
      />
      {purpose?.ground === 'statutory' ? <MatterChoice key={purpose.id} {...props} purpose={purpose} /> : null}
      {purpose?.ground === 'consent' ? (
        <Note tone="brand" icon="key" title={t('lookUp.consentNote')}>
          <p>{t('lookUp.consentNoteText')}</p>
        </Note>
      ) : null}
    </>
  )
}

type Choice = { purpose: Purpose; matter: string; onMatter: (number: string) => void; wrong: boolean }

/** A live matter of the purpose, or a new one. */
function MatterChoice({ purpose, matter, onMatter, wrong }: Choice) {
  const { t } = useWords()
  const client = useQueryClient()
  const [opening, setOpening] = useState(false)
  const matters = useQuery({ queryKey: ['matters'], queryFn: ({ signal }) => call('matters', {}, signal) })
  if (matters.isPending) return <Skeleton lines={2} />
  if (matters.isError) return <Failure error={matters.error} onRetry={() => void matters.refetch()} />
  const live = matters.data.matters.filter((one) => one.purpose === purpose.id && !one.closedAt)
  return (
    <div className="stack">
      {live.length === 0 ? (
        <Note tone={wrong ? 'bad' : 'warn'} icon="folder" title={t('lookUp.matterNone')} />
      ) : (
        <Select
          label={t('lookUp.matter')}
          value={live.some(({ number }) => number === matter) ? matter : ''}
          wrong={wrong && !matter ? t('lookUp.matterMissing') : undefined}
          onChange={(event) => onMatter(event.target.value)}
        >
          <option value="">{t('lookUp.matterChoose')}</option>
          {live.map(({ number, title }) => (
            <option key={number} value={number}>
              {number} · {title}
            </option>
          ))}
        </Select>
      )}
      {opening ? (
        <div className="card">
          <OpenMatter
            purposes={[purpose]}
            onCancel={() => setOpening(false)}
            onOpened={(number) => {
              setOpening(false)
              onMatter(number)
              void client.invalidateQueries({ queryKey: ['matters'] })
            }}
          />
        </div>
      ) : (
        <div>
          <button type="button" className="button second" onClick={() => setOpening(true)}>
            {t('lookUp.matterNew')}
          </button>
        </div>
      )}
    </div>
  )
}
