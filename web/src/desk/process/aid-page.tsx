import '../../style/board.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, call, type Reply } from '../../api.ts'
import { formatInstant } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { IncentiveCard } from '../../incentive.tsx'
import { Link } from '../../router.tsx'
import { Select } from '../../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../../ui/note.tsx'
import { IdentifierFields, type Identifier } from '../identifier-fields.tsx'

/** What a good record brings in a matter at hand, with the reason; never a score, and its absence is no reason for anything (R37). */
export function AidPage() {
  const { t } = useWords()
  const matters = useQuery({ queryKey: ['matters'], queryFn: ({ signal }) => call('matters', {}, signal) })
  const [number, setNumber] = useState('')
  const [who, setWho] = useState<Identifier>({ kind: 'citizen', number: '' })
  const [tried, setTried] = useState(false)
  const ask = useMutation({
    mutationFn: () => call('aid', { params: { number }, body: { kind: who.kind, number: who.number.trim() } }),
    gcTime: 0,
  })
  if (matters.isPending) return <Skeleton lines={5} />
  if (matters.isError) return <Failure error={matters.error} onRetry={() => void matters.refetch()} />
  const live = matters.data.matters.filter(({ closedAt }) => !closedAt)
  if (live.length === 0)
    return (
      <Empty icon="folder" title={t('aid.noMatter')}>
        <p>{t('aid.noMatterText')}</p>
        <Link to="/desk/matters">{t('matters.title')}</Link>
      </Empty>
    )
  return (
    <div className="stack-l form-width">
      <form
        className="stack"
        autoComplete="off"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (number && who.number.trim()) ask.mutate()
        }}
      >
        <Select
          label={t('lookUp.matter')}
          value={number}
          wrong={tried && !number ? t('lookUp.matterMissing') : undefined}
          onChange={(event) => setNumber(event.target.value)}
        >
          <option value="">{t('lookUp.matterChoose')}</option>
          {live.map((one) => (
            <option key={one.number} value={one.number}>
              {one.number} · {one.title}
            </option>
          ))}
        </Select>
        <IdentifierFields value={who} onValue={setWho} wrong={tried} />
        <div>
          <button type="submit" className="button" disabled={ask.isPending}>
            {t(ask.isPending ? 'lookUp.going' : 'aid.go')}
          </button>
        </div>
      </form>
      {ask.isError ? <Refused error={ask.error} /> : null}
      {ask.isSuccess ? <Found reply={ask.data} /> : null}
    </div>
  )
}

/** That nothing applies is an answer, and no ground for anything. */
function Refused({ error }: { error: Error }) {
  const { pick, t } = useWords()
  const none = error instanceof ApiError && error.refusal?.code.startsWith('incentive-') ? error.refusal : undefined
  if (!none) return <Failure error={error} alert />
  return (
    <Note tone="calm" title={pick(none.message)} alert>
      <p>{pick(none.remedy)}</p>
      <p className="soft">{t('lookUp.recorded')}</p>
    </Note>
  )
}

function Found({ reply }: { reply: Reply<'aid'> }) {
  const { t, language } = useWords()
  return (
    <div className="stack">
      <Note tone="brand" icon="eye" title={t('lookUp.recorded')} alert>
        <p className="num">
          {t('lookUp.recordedText', { access: reply.access, at: formatInstant(reply.at, language) })}
        </p>
      </Note>
      <ul className="stack">
        {reply.incentives.map((one) => (
          <li key={one.id}>
            <IncentiveCard
              of={one}
              why={
                one.records.length > 0 ? (
                  <span className="faint"> · {t('aid.records', { count: one.records.length })}</span>
                ) : undefined
              }
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
