import './style/record.css'
import type { ReactNode } from 'react'
import type { Static } from 'typebox'
import type { Cite } from '#contract/shapes.ts'
import { RECORD_STATES } from '#contract/states.ts'
import type { FieldLegend, ShownRecord } from './archive.ts'
import { daysBetween, formatAmount, formatDay, formatInstant, today } from './format.ts'
import { useWords } from './i18n.ts'
import { Icon } from './ui/icon.tsx'

type CiteBody = Static<typeof Cite>
const NATURES = { adverse: 'bad', favourable: 'good', neutral: '' } as const

/** Legal sources; one whose text was not read in full says so. */
export function Basis({ list }: { list: CiteBody[] }) {
  const { t } = useWords()
  return (
    <ul className="basis">
      {list.map((cite) => (
        <li key={`${cite.document}${cite.article ?? ''}`}>
          {cite.document}
          {cite.article ? ` ${cite.article}` : ''}
          {cite.unverified ? <span className="unverified"> {t('record.unverified')}</span> : null}
        </li>
      ))}
    </ul>
  )
}

/** How much of the display term has passed, drawn thin, with its two dates. */
function TimeBar({ from, until }: { from: string; until?: string | undefined }) {
  const { t, language } = useWords()
  if (!until)
    return (
      <p className="record-dates">
        <span>{t('record.from', { day: formatDay(from, language) })}</span>
        <span>{t('record.noEnd')}</span>
      </p>
    )
  const left = daysBetween(today(), until)
  const whole = Math.max(1, daysBetween(from, until))
  const percent = Math.min(100, Math.max(0, Math.round(((whole - left) / whole) * 100)))
  return (
    <>
      <p className="visually-hidden">{t('record.timeBar', { percent })}</p>
      <div className="span-bar" aria-hidden="true">
        <span style={{ inlineSize: `${percent}%` }} />
      </div>
      <p className="record-dates">
        <span>{t('record.from', { day: formatDay(from, language) })}</span>
        <span>
          {t('record.untilLast', { day: formatDay(until, language) })}
          {left > 0 ? ` · ${t('record.left', { days: left })}` : ` · ${t('record.ended')}`}
        </span>
      </p>
    </>
  )
}

/** One record as everybody sees it: what, by whom, on which basis, why it is here, until when, how to contest. */
export function RecordCard({
  record,
  open = false,
  level = 3,
  actions,
}: {
  record: ShownRecord
  open?: boolean
  level?: 2 | 3
  /** what the reader can do about it */
  actions?: ReactNode
}) {
  const { t, pick, language } = useWords()
  const { legend, displayLegend } = record
  const past = record.state !== 'shown'
  const Heading = level === 3 ? 'h3' : 'h2'
  const Sub = level === 3 ? 'h4' : 'h3'
  return (
    <article className={`record ${legend.nature} ${past ? 'past' : ''}`}>
      <header className="record-head">
        <p className="row">
          <span className={`tag ${NATURES[legend.nature]}`}>{t(`record.${legend.nature}`)}</span>
          {past ? <span className="tag warn">{pick(RECORD_STATES[record.state])}</span> : null}
          {record.marks?.map((mark) => (
            <span className="tag warn" key={mark.file}>
              {pick(mark.name)} · {formatDay(mark.day, language)}
            </span>
          ))}
          {record.version > 1 ? <span className="tag">{t('record.version', { version: record.version })}</span> : null}
        </p>
        <Heading className="record-title">{pick(legend.name)}</Heading>
        <p className="soft">
          {pick(record.unitName)} · {formatDay(record.decided, language)}
        </p>
      </header>
      <section className="record-why">
        <Sub className="record-sub">{t('record.why')}</Sub>
        <p>{pick(displayLegend.why)}</p>
        <TimeBar from={record.decided} until={record.until} />
      </section>
      {actions}
      <details className="fold" open={open}>
        <summary>{t('record.details')}</summary>
        <dl className="facts">
          {record.facts.map(({ field, value }) => (
            <div className="fact" key={field.id}>
              <dt>
                {pick(field.name)} {field.sensitive ? <span className="tag warn">{t('shared.sensitive')}</span> : null}
              </dt>
              <dd>{showValue(field, value)}</dd>
            </div>
          ))}
        </dl>
      </details>
      <dl className="facts">
        {record.document ? (
          <div className="fact">
            <dt>{t('record.document')}</dt>
            <dd className="num-left">{record.document}</dd>
          </div>
        ) : null}
        <div className="fact">
          <dt>{t('record.basisOf')}</dt>
          <dd>
            <Basis list={legend.basis} />
          </dd>
        </div>
        <div className="fact">
          <dt>{t('record.displayClass')}</dt>
          <dd>{pick(displayLegend.name)}</dd>
        </div>
        <div className="fact">
          <dt>{t('record.displayBasis')}</dt>
          <dd>
            <Basis list={displayLegend.basis} />
          </dd>
        </div>
        {record.reportedAt ? (
          <div className="fact">
            <dt>{t('record.reported')}</dt>
            <dd>{formatInstant(record.reportedAt, language)}</dd>
          </div>
        ) : null}
      </dl>
      {legend.remedy ? (
        <div className="note brand">
          <Icon name="flag" />
          <div>
            <strong>{t('record.remedy')}</strong>
            <p>{pick(legend.remedy)}</p>
          </div>
        </div>
      ) : null}
    </article>
  )

  function showValue(field: FieldLegend, value: string): string {
    const code = field.codes?.[value]
    if (code) return pick(code)
    if (field.type === 'date') return formatDay(value, language)
    if (field.type === 'money') return `${formatAmount(value, language)}${field.unit ? ` ${pick(field.unit)}` : ''}`
    return field.unit ? `${value} ${pick(field.unit)}` : value
  }
}
