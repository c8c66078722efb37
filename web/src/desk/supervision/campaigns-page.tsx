import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../../api.ts'
import { addDays, formatDay, today } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { useSession } from '../../session.tsx'
import { Area, Input, Select } from '../../ui/field.tsx'
import { Empty, Failure, Skeleton } from '../../ui/note.tsx'
import { CaseFile } from '../process/case-file.tsx'
import { Adding } from './adding.tsx'
import { CampaignView, TONES } from './campaign-view.tsx'
import '../../style/supervision.css'

type Board = Reply<'campaigns'>
type Campaign = Board['campaigns'][number]

const finishedOf = ({ inOrder, rectified, handedOver }: Campaign['sums']): number => inOrder + rectified + handedOver

/** Campaigns and their progress; one opens with its cases, and a case beside the records it was drawn from. */
export function CampaignsPage() {
  const { t } = useWords()
  const client = useQueryClient()
  const [num, setNum] = useState<number>()
  const [opened, setOpened] = useState<string>()
  if (opened !== undefined)
    return (
      <CaseFile
        id={opened}
        back={t('campaigns.back')}
        onBack={() => {
          void client.invalidateQueries({ queryKey: ['campaigns'] })
          setOpened(undefined)
        }}
      />
    )
  if (num !== undefined) return <CampaignView num={num} onBack={() => setNum(undefined)} onCase={setOpened} />
  return <CampaignBoard onOpen={setNum} />
}

function CampaignBoard({ onOpen }: { onOpen: (num: number) => void }) {
  const { t, pick, language } = useWords()
  const { who } = useSession()
  const board = useQuery({ queryKey: ['campaigns'], queryFn: ({ signal }) => call('campaigns', {}, signal) })
  if (board.isPending) return <Skeleton lines={6} />
  if (board.isError) return <Failure error={board.error} onRetry={() => void board.refetch()} />
  const { campaigns, problems } = board.data
  const may = who.roles.some((role) => role === 'clerk' || role === 'reviewer')
  return (
    <div className="stack-l">
      {may && problems.length > 0 ? (
        <Adding title={t('campaigns.propose')}>{(done) => <Propose problems={problems} onSaved={done} />}</Adding>
      ) : null}
      {campaigns.length === 0 ? (
        <Empty icon="flag" title={t('campaigns.empty')}>
          <p>{t('campaigns.emptyText')}</p>
        </Empty>
      ) : null}
      <ul className="stack">
        {campaigns.map((one) => (
          <li key={one.num} className="card issue">
            <div className="stack-s grow">
              <p className="row-tight">
                <span className={`tag ${TONES[one.state.kind]}`}>{pick(one.state.name)}</span>
                <strong>{pick(one.name)}</strong>
                {one.sums.late > 0 ? (
                  <span className="tag bad num">
                    {t('campaigns.late')} {one.sums.late}
                  </span>
                ) : null}
              </p>
              <p className="soft small num">
                {pick(one.lead.name)} · {t('campaigns.untilDay', { day: formatDay(one.until, language) })}
              </p>
              {one.sums.drawn > 0 ? (
                <>
                  <p className="small num">
                    {t('campaigns.progress', { done: finishedOf(one.sums), drawn: one.sums.drawn })}
                  </p>
                  <progress
                    className="campaign-bar"
                    max={one.sums.drawn}
                    value={finishedOf(one.sums)}
                    aria-label={t('campaigns.progress', { done: finishedOf(one.sums), drawn: one.sums.drawn })}
                  />
                </>
              ) : null}
            </div>
            <button type="button" className="button second" onClick={() => onOpen(one.num)}>
              {t('campaigns.open')}
              <span className="visually-hidden"> {pick(one.name)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Propose({ problems, onSaved }: { problems: Board['problems']; onSaved: () => void }) {
  const { t, pick, language } = useWords()
  const client = useQueryClient()
  const [id, setId] = useState(problems[0]?.id ?? '')
  const problem = problems.find((one) => one.id === id) ?? problems[0]
  const [since, setSince] = useState(problem?.since ?? '')
  const [until, setUntil] = useState(addDays(today(), 180))
  const [scope, setScope] = useState('')
  const save = useMutation({
    mutationFn: () => call('proposeCampaign', { body: { problem: id, since, until, scope } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['campaigns'] })
      onSaved()
    },
  })
  if (!problem) return null
  return (
    <div className="stack form-width">
      <p className="soft">{t('campaigns.proposeText')}</p>
      <Select
        label={t('campaigns.problem')}
        value={id}
        onChange={({ target }) => {
          setId(target.value)
          setSince(problems.find((one) => one.id === target.value)?.since ?? since)
        }}
      >
        {problems.map((one) => (
          <option key={one.id} value={one.id}>
            {pick(one.name)}
          </option>
        ))}
      </Select>
      <p className="soft small">
        {t('campaigns.items')}: {problem.items.map(({ name }) => pick(name)).join('、')}
        {problem.words.length > 0 ? ` · ${t('campaigns.words')}: ${problem.words.join('、')}` : ''}
      </p>
      <div className="row">
        <Input
          type="date"
          label={t('campaigns.since')}
          hint={t('campaigns.sinceHint', { day: formatDay(problem.since, language) })}
          min={problem.since}
          max={today()}
          value={since}
          onChange={({ target }) => setSince(target.value)}
        />
        <Input
          type="date"
          label={t('campaigns.until')}
          hint={t('campaigns.untilHint', { day: formatDay(problem.until, language) })}
          min={today()}
          max={problem.until}
          value={until}
          onChange={({ target }) => setUntil(target.value)}
        />
      </div>
      <Area label={t('campaigns.scope')} value={scope} maxLength={2000} onText={setScope} />
      {save.isError ? <Failure error={save.error} alert /> : null}
      <div>
        <button
          type="button"
          className="button"
          disabled={save.isPending || !since || !until || scope.trim() === ''}
          onClick={() => save.mutate()}
        >
          {t('campaigns.save')}
        </button>
      </div>
    </div>
  )
}
