import '../style/case.css'
import { splitText } from '#domain/two-languages.ts'
import type { Reply } from '../api.ts'
import { daysBetween, formatDay, formatInstant, today } from '../format.ts'
import { useWords, type Words } from '../i18n.ts'
import { useCatalog } from '../shell.tsx'
import { Icon } from '../ui/icon.tsx'
import { Served } from './served.tsx'

export type CaseBody = Reply<'myCases'>['cases'][number]
type StepBody = CaseBody['steps'][number]
type Said = StepBody['content']
type Notices = Reply<'openCase'>['notices']

/** Where a case stands, and the next date that counts. */
export function CaseState({
  state,
  overdue,
  suspended,
  closed,
}: Pick<CaseBody, 'state' | 'overdue' | 'suspended' | 'closed'>) {
  const { t, pick, language } = useWords()
  const left = state.due === undefined ? undefined : daysBetween(today(), state.due)
  return (
    <p className="row">
      <span className={`tag ${closed ? '' : 'warn'}`}>{pick(state.name)}</span>
      {suspended ? <span className="tag bad">{t('case.suspended')}</span> : null}
      {!closed && state.due !== undefined && left !== undefined ? (
        <span className={`tag ${overdue ? 'bad' : ''}`}>
          {overdue
            ? t('case.overdue', { day: formatDay(state.due, language) })
            : t('case.dueOn', { day: formatDay(state.due, language) })}
        </span>
      ) : null}
      {!closed && state.window ? (
        <span className="tag">{t('case.windowUntil', { day: formatDay(state.window, language) })}</span>
      ) : null}
    </p>
  )
}

const SAID = ['statement', 'facts', 'reason', 'basis', 'document', 'outcome', 'day', 'form'] as const

/** The steps of a case, oldest first: who did what, why, what is due and how that was computed, how to contest it. */
export function CaseTimeline({ body, notices = [] }: { body: CaseBody; notices?: Notices }) {
  const { t, pick, language } = useWords()
  return (
    <ol className="case-steps">
      {body.steps.map((step) => (
        <li key={step.step} className="case-step">
          <p className="case-step-head">
            <strong>{pick(step.name)}</strong>
            <span className="faint num">{formatInstant(step.at, language)}</span>
          </p>
          <p className="soft">{step.unit.id === '' ? t('case.byPerson') : whoOf(step, pick)}</p>
          <SaidList content={step.content} told={step.kind === 'notify'} />
          <Clock step={step} />
          <Remedies content={step.content} />
          {notices
            .filter((one) => one.step === step.step)
            .map(({ at, service }) => (
              <div key={at} className="case-served">
                <p className="faint">{t('served.title')}</p>
                <Served service={service} />
              </div>
            ))}
        </li>
      ))}
    </ol>
  )
}

const whoOf = (step: StepBody, pick: (words: Words) => string): string =>
  step.by ? `${pick(step.unit.name)} · ${pick(step.by)}` : pick(step.unit.name)

/** Fields of a step that the page itself shows, or that are numbers of the rules. */
const UNSAID: readonly string[] = ['list', 'criterion', 'of', 'measure', 'campaign']

function SaidList({ content, told }: { content: Said; told: boolean }) {
  const { t, pick, language } = useWords()
  const catalog = useCatalog()
  const nameOf = (id: string): string => {
    if (id === 'entry') return t('case.entry')
    if (id === 'conditions') return t('case.conditions')
    const field = catalog.data?.items.flatMap(({ fields }) => fields).find((one) => one.id === id)
    return field ? pick(field.name) : id
  }
  const said = SAID.flatMap((field) => {
    const value = content[field]
    if (value === undefined) return []
    // the notice of rights is made from the rule, in both languages; whatever else stands here is somebody's own words
    if (field === 'outcome' && told) return [{ field, value: pick(splitText(value)) }]
    return [{ field, value: field === 'day' ? formatDay(value, language) : value }]
  })
  const more = Object.entries(content.fields ?? {}).filter(([field]) => !UNSAID.includes(field))
  if (said.length + more.length === 0) return null
  return (
    <dl className="case-said">
      {said.map(({ field, value }) => (
        <div key={field}>
          <dt>{t(told && field === 'outcome' ? 'case.rights' : `case.${field}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {more.map(([field, value]) => (
        <div key={field}>
          <dt>{nameOf(field)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A deadline with its computation: from which day, how long, by which rule. */
function Clock({ step }: { step: StepBody }) {
  const { t, language } = useWords()
  const { clock } = step.content
  if (!clock) return null
  const basis = clock.basis?.map(({ document, article }) => `${document}${article ?? ''}`).join('；')
  return (
    <p className="case-clock">
      <Icon name="clock" size={16} />
      <span>
        {clock.due === undefined
          ? t('case.clockUnknown', { from: formatDay(clock.from, language), length: lengthOf(clock.period ?? '', t) })
          : t('case.clock', {
              due: formatDay(clock.due, language),
              from: formatDay(clock.from, language),
              length: lengthOf(clock.period ?? '', t),
            })}
        {step.silence ? ` ${t('case.silence', { day: formatDay(step.silence, language) })}` : ''}
        {basis ? <span className="faint"> {t('case.byRule', { basis })}</span> : null}
        {clock.unverified ? <span className="unverified"> {t('record.unverified')}</span> : null}
      </span>
    </p>
  )
}

const UNITS = { WD: 'case.workingDays', D: 'case.days', M: 'case.months', Y: 'case.years' } as const
const isUnit = (text: string | undefined): text is keyof typeof UNITS => text !== undefined && text in UNITS

function lengthOf(period: string, t: ReturnType<typeof useWords>['t']): string {
  const [, count, unit] = /^P(\d+)(WD|D|M|Y)$/.exec(period) ?? []
  return isUnit(unit) ? t(UNITS[unit], { count: Number(count) }) : period
}

/** Where a decision can be contested, and until when. */
function Remedies({ content }: { content: Said }) {
  const { t, pick, language } = useWords()
  if (!content.remedies || content.remedies.length === 0) return null
  return (
    <div className="note brand">
      <Icon name="flag" />
      <div>
        <strong>{t('case.remedies')}</strong>
        <ul>
          {content.remedies.map((remedy) => (
            <li key={remedy.name.en}>
              {pick(remedy.name)}
              {remedy.until ? ` · ${t('case.until', { day: formatDay(remedy.until, language) })}` : ''}
              {remedy.unverified ? <span className="unverified"> {t('record.unverified')}</span> : null}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
