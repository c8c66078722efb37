import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../../api.ts'
import { formatDay, formatInstant } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { useSession } from '../../session.tsx'
import { Area } from '../../ui/field.tsx'
import { Failure, Note, Skeleton } from '../../ui/note.tsx'
import { TableWrap } from '../../ui/table-wrap.tsx'
import { CampaignCases } from './campaign-cases.tsx'

/** How the state of a campaign looks. */
export const TONES = {
  proposed: 'warn',
  rejected: '',
  running: 'good',
  ended: 'bad',
  reporting: 'warn',
  closed: '',
} as const

type File = Reply<'campaign'>
type Sums = File['campaign']['sums']
const COLUMNS = [
  'drawn',
  'waiting',
  'checking',
  'toRectify',
  'inOrder',
  'rectified',
  'handedOver',
  'lapsed',
  'undone',
  'late',
] as const satisfies readonly (keyof Sums)[]

/** One campaign: what it is about, its progress by unit, its cases, its closing report, and what was done. */
export function CampaignView({
  num,
  onBack,
  onCase,
}: {
  num: number
  onBack: () => void
  onCase: (id: string) => void
}) {
  const { t, pick, language } = useWords()
  const { who } = useSession()
  const file = useQuery({
    queryKey: ['campaigns', num],
    queryFn: ({ signal }) => call('campaign', { params: { num } }, signal),
  })
  const back = (
    <div className="row no-print">
      <button type="button" className="button quiet" onClick={onBack}>
        {t('campaigns.back')}
      </button>
    </div>
  )
  if (file.isPending) return <Skeleton lines={9} />
  if (file.isError)
    return (
      <div className="stack-l">
        {back}
        <Failure error={file.error} onRetry={() => void file.refetch()} />
      </div>
    )
  const { campaign, rule } = file.data
  const leads = who.unit?.id === campaign.lead.id
  const desk = who.roles.some((role) => role === 'clerk' || role === 'reviewer')
  const facts = [
    ['lead', pick(campaign.lead.name)],
    ['scope', campaign.scope],
    ['basis', campaign.basis],
    ['items', rule.items.map((item) => pick(item)).join('、')],
    ['words', rule.words.join('、')],
    ['since', formatDay(campaign.since, language)],
    ['until', formatDay(campaign.until, language)],
  ] as const
  return (
    <div className="stack-l">
      {back}
      <section className="card stack no-print" aria-label={pick(campaign.name)}>
        <p className="row-tight">
          <span className={`tag ${TONES[campaign.state.kind]}`}>{pick(campaign.state.name)}</span>
          <strong>{pick(campaign.name)}</strong>
        </p>
        <dl className="facts">
          {facts.map(([word, value]) =>
            value ? (
              <div key={word}>
                <dt>{t(`campaigns.${word}`)}</dt>
                <dd>{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </section>
      {leads && desk ? <Acts file={file.data} /> : null}
      {campaign.sums.drawn > 0 ? <Progress sums={campaign.sums} units={file.data.units} /> : null}
      {desk && campaign.sums.drawn > 0 ? (
        <CampaignCases
          num={num}
          leads={leads && campaign.state.kind === 'running'}
          units={rule.units}
          onCase={onCase}
        />
      ) : null}
      {file.data.report ? <Report file={file.data} /> : null}
      <History acts={file.data.acts} />
    </div>
  )
}

function Progress({ sums, units }: { sums: Sums; units: File['units'] }) {
  const { t, pick } = useWords()
  const rows = [{ key: '', name: t('campaigns.inAll'), sums }].concat(
    units.map((one) => ({ key: one.unit.id, name: pick(one.unit.name), sums: one.sums })),
  )
  return (
    <TableWrap label={t('campaigns.unit')}>
      <table className="table folds">
        <thead>
          <tr>
            <th scope="col">{t('campaigns.unit')}</th>
            {COLUMNS.map((word) => (
              <th scope="col" className="num" key={word}>
                {t(`campaigns.${word}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              {COLUMNS.map((word) => (
                <td
                  key={word}
                  className={`num ${word === 'late' && row.sums[word] > 0 ? 'bad' : ''}`}
                  data-label={t(`campaigns.${word}`)}
                >
                  {row.sums[word]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
  )
}

/** What the unit that leads may do next, by where the campaign stands. */
function Acts({ file: { campaign } }: { file: File }) {
  const { t } = useWords()
  const { who } = useSession()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [done, setDone] = useState('')
  const { num } = campaign
  const after = (words: string) => {
    setText('')
    setDone(words)
    void client.invalidateQueries({ queryKey: ['campaigns'] })
  }
  const params = { num }
  const said = text.trim() ? { reason: text.trim() } : {}
  const act = useMutation({
    mutationFn: async (kind: 'open' | 'reject' | 'draw' | 'report' | 'close' | 'return') => {
      switch (kind) {
        case 'open':
        case 'reject':
          await call('decideCampaign', { params, body: { kind, ...said } })
          return t('campaigns.saved')
        case 'draw':
          return t('campaigns.drawnResult', { ...(await call('drawCampaign', { params })) })
        case 'report':
          await call('prepareClosing', { params, body: { note: text } })
          return t('campaigns.saved')
        case 'close': {
          const { told } = await call('closeCampaign', { params, body: { kind, ...said } })
          return t('campaigns.closedTold', { count: told })
        }
        case 'return':
          await call('closeCampaign', { params, body: { kind, ...said } })
          return t('campaigns.saved')
      }
    },
    onSuccess: after,
  })
  const state = campaign.state.kind
  const reviews = state === 'proposed' || state === 'reporting'
  const second = who.roles.includes('reviewer') && !campaign.mine
  const [yes, no] = state === 'proposed' ? (['open', 'reject'] as const) : (['close', 'return'] as const)
  return (
    <div className="stack no-print">
      <div className="live" aria-live="polite">
        {done ? <Note tone="good" title={done} /> : null}
      </div>
      {act.isError ? <Failure error={act.error} alert /> : null}
      {reviews && !second ? (
        <Note tone="brand" title={t('campaigns.decide')}>
          {t('campaigns.waitsText')}
        </Note>
      ) : null}
      {reviews && second ? (
        <section className="card stack form-width" aria-label={t('campaigns.decide')}>
          <h2 className="h-small">{t('campaigns.decide')}</h2>
          <Area label={t('campaigns.reason')} value={text} maxLength={500} onText={setText} />
          <div className="row">
            <button type="button" className="button" disabled={act.isPending} onClick={() => act.mutate(yes)}>
              {t(state === 'proposed' ? 'campaigns.approve' : 'campaigns.close')}
            </button>
            <button type="button" className="button grave" disabled={act.isPending} onClick={() => act.mutate(no)}>
              {t(state === 'proposed' ? 'campaigns.reject' : 'campaigns.sendBack')}
            </button>
          </div>
        </section>
      ) : null}
      {state === 'running' ? (
        <section className="card stack-s" aria-label={t('campaigns.draw')}>
          <p className="soft">{t('campaigns.drawText')}</p>
          <div>
            <button type="button" className="button second" disabled={act.isPending} onClick={() => act.mutate('draw')}>
              {t('campaigns.draw')}
            </button>
          </div>
        </section>
      ) : null}
      {state === 'running' || state === 'ended' ? (
        <details className="fold card adding">
          <summary>{t('campaigns.prepare')}</summary>
          <div className="stack form-width">
            <p className="soft">{t('campaigns.reportText')}</p>
            <Area label={t('campaigns.note')} value={text} maxLength={2000} onText={setText} />
            <div>
              <button
                type="button"
                className="button"
                disabled={act.isPending || text.trim() === ''}
                onClick={() => act.mutate('report')}
              >
                {t('campaigns.savePrepare')}
              </button>
            </div>
          </div>
        </details>
      ) : null}
    </div>
  )
}

/** The closing report as it is kept, to be read and printed. */
function Report({ file }: { file: File }) {
  const { t, pick, language } = useWords()
  const { report, acts } = file
  const digest = acts.flatMap((act) => act.digest ?? []).at(-1)
  if (!report) return null
  return (
    <article className="bulletin">
      <header className="bulletin-head">
        <h2>
          {pick(report.name)} · {t('campaigns.report')}
        </h2>
        <p className="bulletin-dates num">
          <span>{pick(report.lead.name)}</span>
          <span>{t('campaigns.reportDay', { day: formatDay(report.day, language) })}</span>
        </p>
        <div className="row no-print">
          <button type="button" className="button second" onClick={() => print()}>
            {t('campaigns.print')}
          </button>
        </div>
      </header>
      <section className="bulletin-note stack-s">
        <p className="pre-line">{report.note}</p>
        <p className="soft small">
          {t('campaigns.scope')}: {report.scope}
        </p>
        <p className="soft small">
          {t('campaigns.basis')}: {report.basis}
        </p>
      </section>
      <Progress sums={report.sums} units={report.units} />
      <p className="soft small">{t('campaigns.noNames')}</p>
      {digest ? (
        <p className="faint small">
          {t('campaigns.digest')}: <span className="mono">{digest}</span>
        </p>
      ) : null}
    </article>
  )
}

const ACTS = ['propose', 'open', 'reject', 'draw', 'report', 'return', 'close'] as const

function History({ acts }: { acts: File['acts'] }) {
  const { t, pick, language } = useWords()
  return (
    <section className="stack-s no-print">
      <h2 className="h-small">{t('campaigns.history')}</h2>
      <ol className="reminder-list">
        {acts.map((act) => {
          const word = ACTS.find((one) => one === act.kind)
          return (
            <li key={act.step}>
              <span className="grow">
                {word ? t(`campaigns.act_${word}`) : act.kind} · {pick(act.actor)}
                {act.reason ? <span className="block soft small pre-line">{act.reason}</span> : null}
              </span>
              <span className="soft small num">{formatInstant(act.at, language)}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
