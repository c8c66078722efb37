import { useQuery, useQueryClient } from '@tanstack/react-query'
import { splitText } from '#domain/two-languages.ts'
import { call } from '../api.ts'
import { Evidence } from '../case/evidence.tsx'
import { StepForm } from '../case/step-form.tsx'
import { CaseState, CaseTimeline, type CaseBody } from '../case/timeline.tsx'
import { daysBetween, formatDay, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { Contest, openContests } from './contest.tsx'
import { MyMeasures } from './my-measures.tsx'

const LISTS: readonly string[] = ['listing', 'exemplar', 'received']

/** Lists and measures about the person: what is proposed, what they may say until when, what is in force, how to contest it. */
export function MyDecisions() {
  const { t } = useWords()
  const cases = useQuery({ queryKey: ['my-cases'], queryFn: ({ signal }) => call('myCases', { query: {} }, signal) })
  if (cases.isPending) return <Skeleton lines={8} />
  if (cases.isError) return <Failure error={cases.error} onRetry={() => void cases.refetch()} />
  const contests = openContests(cases.data.cases)
  const lists = cases.data.cases.filter(({ machine }) => LISTS.includes(machine))
  return (
    <div className="stack-l">
      <section className="stack" aria-labelledby="lists">
        <h2 id="lists">{t('decided.lists')}</h2>
        {lists.length === 0 ? (
          <Empty icon="check" title={t('decided.noLists')}>
            <p>{t('decided.noListsText')}</p>
          </Empty>
        ) : (
          <ul className="stack">
            {lists.map((one) => (
              <li key={one.case}>
                <Entry body={one} contested={contests.has(one.case)} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="stack" aria-labelledby="measures">
        <h2 id="measures">{t('decided.measures')}</h2>
        <MyMeasures cases={cases.data.cases} contests={contests} />
      </section>
    </div>
  )
}

/** One entry, from the proposal to its end. */
function Entry({ body, contested }: { body: CaseBody; contested: boolean }) {
  const { t, pick, language } = useWords()
  const client = useQueryClient()
  const told = body.steps.find(({ kind }) => kind === 'notify')?.content
  const entered = body.steps.some(({ kind }) => kind === 'determine' || kind === 'receive')
  return (
    <article className="card stack">
      <header className="stack-s">
        <h3 className="record-title">{pick(body.about ?? body.name)}</h3>
        <p className="soft">
          {pick(body.owner.name)} · {t('case.openedOn', { day: formatDay(body.opened, language) })}
        </p>
        <CaseState {...body} />
      </header>
      <Turn body={body} />
      {told ? (
        <section className="told" aria-label={t('decided.told')}>
          <h4 className="record-sub">{t('decided.told')}</h4>
          <dl className="stack">
            {(
              [
                ['case.facts', told.facts],
                ['case.basis', told.basis],
                ['decided.rights', told.outcome && pick(splitText(told.outcome))],
              ] as const
            ).map(([word, text]) =>
              text ? (
                <div key={word}>
                  <dt>{t(word)}</dt>
                  <dd>{text}</dd>
                </div>
              ) : null,
            )}
          </dl>
        </section>
      ) : null}
      {body.next.length > 0 ? (
        <StepForm
          key={body.steps.length}
          title={t('decided.ownMove')}
          next={body.next}
          onDone={() => {
            for (const key of ['my-cases', 'my-archive', 'my-notices'])
              void client.invalidateQueries({ queryKey: [key] })
          }}
          send={(kind, content) =>
            call('stepMyCase', { params: { case: body.case }, body: { kind, step: body.steps.length, content } })
          }
        />
      ) : null}
      {entered && !body.closed ? <Contest target={body.case} of="contest" contested={contested} /> : null}
      <details className="fold">
        <summary>{t('paper.title')}</summary>
        <Evidence id={body.case} side="person" open={!body.closed} />
      </details>
      <details className="fold">
        <summary>{t('case.history')}</summary>
        <CaseTimeline body={body} />
      </details>
    </article>
  )
}

const BEFORE: readonly string[] = ['propose', 'rectify', 'interview', 'notify']
const SPEAKING: readonly string[] = ['serve', 'state']

/** Whose turn it is, in a sentence. */
function Turn({ body }: { body: CaseBody }) {
  const { t, language } = useWords()
  const { kind, window } = body.state
  const last = window ?? body.steps.flatMap((step) => step.window ?? []).at(-1)
  const days = last === undefined ? -1 : daysBetween(today(), last) + 1
  if (BEFORE.includes(kind)) return <Note tone="brand" icon="info" title={t('decided.beforeWindow')} />
  if (SPEAKING.includes(kind) && last !== undefined && days > 0)
    return (
      <Note tone="warn" icon="clock" title={t('decided.windowOpen', { day: formatDay(last, language) })}>
        <p>{days === 1 ? t('decided.windowLast') : t('decided.windowDays', { days })}</p>
      </Note>
    )
  if (kind === 'ask-hearing') return <Note tone="brand" icon="info" title={t('decided.hearingAsked')} />
  return null
}
