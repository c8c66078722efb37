import { useQuery } from '@tanstack/react-query'
import { call, type Reply } from '../api.ts'
import { CaseTimeline, type CaseBody } from '../case/timeline.tsx'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { Contest } from './contest.tsx'

type Measure = Reply<'myMeasures'>['measures'][number]
const TONES: Readonly<Record<Measure['state']['kind'], string>> = {
  waiting: 'warn',
  running: 'bad',
  over: '',
  closed: '',
}

/** Every measure about the person: what it is, why, by whom, until when, and how to contest it (G7). */
export function MyMeasures({ cases, contests }: { cases: readonly CaseBody[]; contests: ReadonlySet<string> }) {
  const { t } = useWords()
  const measures = useQuery({ queryKey: ['my-measures'], queryFn: ({ signal }) => call('myMeasures', {}, signal) })
  if (measures.isPending) return <Skeleton lines={5} />
  if (measures.isError) return <Failure error={measures.error} onRetry={() => void measures.refetch()} />
  if (measures.data.measures.length === 0)
    return (
      <Empty icon="check" title={t('decided.noMeasures')}>
        <p>{t('decided.noMeasuresText')}</p>
      </Empty>
    )
  const carried = measures.data.measures.filter(({ state }) => state.kind === 'running' || state.kind === 'over')
  const others = measures.data.measures.filter((one) => !carried.includes(one))
  return (
    <div className="stack">
      {list(carried)}
      {others.length > 0 ? (
        <details className="fold" open={carried.length === 0}>
          <summary>
            {t('decided.notCarried')} · {others.length}
          </summary>
          {list(others)}
        </details>
      ) : null}
    </div>
  )

  function list(some: readonly Measure[]) {
    return (
      <ul className="stack">
        {some.map((one) => (
          <li key={one.case}>
            <OneMeasure
              measure={one}
              body={cases.find((body) => body.case === one.case)}
              contested={contests.has(one.case)}
            />
          </li>
        ))}
      </ul>
    )
  }
}

function OneMeasure({
  measure,
  body,
  contested,
}: {
  measure: Measure
  body: CaseBody | undefined
  contested: boolean
}) {
  const { t, pick, language } = useWords()
  const { state, over, until, carried } = measure
  const facts = [
    ['decided.what', pick(measure.content)],
    ['decided.by', pick(measure.unit.name)],
    ['case.basis', measure.basis],
    ['case.reason', body?.steps.find(({ kind }) => kind === 'carry')?.content.reason],
    ['decided.carried', carried && formatDay(carried, language)],
    ['decided.until', state.kind === 'running' ? term() : undefined],
    ['decided.remedy', pick(measure.remedy)],
  ] as const
  return (
    <article className="card stack">
      <header className="stack-s">
        <p className="row">
          <span className={`tag ${TONES[state.kind]}`}>{pick(state.name)}</span>
        </p>
        <h3 className="record-title">{pick(measure.name)}</h3>
        <p className="soft">{t('decided.ofList', { list: pick(measure.list) })}</p>
      </header>
      {over ? <Note tone="good" title={t(`decided.over.${over}`)} /> : null}
      {state.kind === 'waiting' ? <p className="soft">{t('decided.waiting')}</p> : null}
      <dl className="facts">
        {facts.map(([word, text]) =>
          text ? (
            <div className="fact" key={word}>
              <dt>{t(word)}</dt>
              <dd>{text}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {state.kind === 'running' || state.kind === 'waiting' ? (
        <Contest target={measure.case} of="contestMeasure" contested={contested} />
      ) : null}
      {body ? (
        <details className="fold">
          <summary>{t('decided.see')}</summary>
          <CaseTimeline body={body} />
        </details>
      ) : null}
    </article>
  )

  function term(): string {
    return until ? t('decided.untilDay', { day: formatDay(until, language) }) : t('decided.life')
  }
}
