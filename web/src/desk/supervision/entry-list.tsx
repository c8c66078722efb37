import { useState, type ReactNode } from 'react'
import type { Reply } from '../../api.ts'
import { formatAmount, formatNumber } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { Dated } from './entry-form.tsx'

export type Entry = Reply<'supervisionArea'>['entries'][number]
export type Duty = Reply<'supervisionArea'>['duties'][number]

const KINDS = [
  'progress',
  'evidence',
  'inspection',
  'evaluation',
  'accountability',
  'meeting',
  'decision',
  'fund',
  'training',
  'register',
  'indicator',
  'activity',
  'follow-up',
  'closing',
] as const
const STATES = ['under-way', 'done', 'blocked'] as const
export const TONES = { 'not-begun': '', 'under-way': 'brand', done: 'good', blocked: 'bad' } as const
export const DUTY_TONES = { open: 'warn', answered: 'brand', closed: 'good' } as const

const isKind = (text: string): text is (typeof KINDS)[number] => KINDS.some((kind) => kind === text)

/** Rows by their day, newest first. */
export const newestFirst = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort((a, b) => (a.day === b.day ? b.num - a.num : a.day < b.day ? 1 : -1)) // oxlint-disable-line unicorn/no-array-sort -- a copy; toSorted is too new

/** Rows as a line of time, newest first: who said what when, what it corrects, and what corrected it. */
export function EntryList({
  entries,
  nameOf,
  correct,
  below,
}: {
  entries: readonly Entry[]
  /** what a row is about, where the list is of several things */
  nameOf?: (entry: Entry) => string
  /** the form that corrects a row, for whoever may */
  correct?: (entry: Entry, onDone: () => void) => ReactNode
  below?: (entry: Entry) => ReactNode
}) {
  const { t, pick } = useWords()
  const [open, setOpen] = useState<number>()
  const by = new Map(entries.map(({ num, replaces }) => [replaces, num]))
  const newest = newestFirst(entries)
  return (
    <ol className="case-steps">
      {newest.map((entry) => {
        const corrected = by.get(entry.num)
        const form = corrected === undefined && open === entry.num ? correct?.(entry, () => setOpen(undefined)) : null
        const mayCorrect = corrected === undefined && correct !== undefined && correct(entry, () => undefined) !== null
        return (
          <li key={entry.num} className={`case-step ${corrected === undefined ? '' : 'corrected'}`}>
            <p className="case-step-head">
              <strong>
                {isKind(entry.kind) ? t(`supervise.kind_${entry.kind}`) : entry.kind}
                {nameOf ? ` · ${nameOf(entry)}` : ''}
              </strong>
              <span className="faint">
                {pick(entry.unit.name)} · <Dated day={entry.day} />
              </span>
            </p>
            <EntrySaid entry={entry} />
            <p className="faint row-tight">
              <span>{t('supervise.num', { num: entry.num })}</span>
              {entry.replaces === undefined ? null : <span>{t('supervise.replaced', { num: entry.replaces })}</span>}
              {corrected === undefined ? null : (
                <span className="tag warn">{t('supervise.corrected', { num: corrected })}</span>
              )}
              {mayCorrect ? (
                <button
                  type="button"
                  className="link-button no-print"
                  aria-expanded={open === entry.num}
                  onClick={() => setOpen(open === entry.num ? undefined : entry.num)}
                >
                  {t(open === entry.num ? 'supervise.cancel' : 'supervise.correct')}
                  <span className="visually-hidden"> {t('supervise.num', { num: entry.num })}</span>
                </button>
              ) : null}
            </p>
            {form}
            {below?.(entry)}
          </li>
        )
      })}
    </ol>
  )
}

/** What a row says, in words and figures. */
export function EntrySaid({ entry: { content, score } }: { entry: Pick<Entry, 'content' | 'score'> }) {
  const { t, language } = useWords()
  const { state, stage, amount, people, hours, passed, count, value, due, document, link, scores } = content
  const figures = [
    amount === undefined
      ? ''
      : `${stage ? `${t(`supervise.${stage}`)} ` : ''}¥${formatAmount(String(amount), language)}`,
    people === undefined ? '' : `${t('supervise.people')} ${formatNumber(people, language)}`,
    hours === undefined ? '' : `${t('supervise.hours')} ${formatNumber(hours, language)}`,
    passed === undefined || !people
      ? ''
      : `${t('training.passRate')} ${new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(passed / people)}`,
    count === undefined ? '' : `${t('supervise.count')} ${formatNumber(count, language)}`,
    value ?? '',
    score === undefined ? '' : `${t('supervise.score')} ${formatNumber(score, language)}`,
  ].filter(Boolean)
  const known = STATES.find((one) => one === state)
  return (
    <div className="stack-s">
      {known || figures.length > 0 || due ? (
        <p className="row-tight">
          {known ? <span className={`tag ${TONES[known]}`}>{t(`supervise.state_${known}`)}</span> : null}
          {figures.map((text) => (
            <span key={text} className="num">
              {text}
            </span>
          ))}
          {due ? (
            <span className="num">
              {t('supervise.due')} <Dated day={due} />
            </span>
          ) : null}
        </p>
      ) : null}
      {content.text ? <p className="pre-line">{content.text}</p> : null}
      {scores ? (
        <p className="soft num">
          {scores.map((line) => `${line.title} ${line.points}/${line.of}`).join(language === 'zh' ? '；' : '; ')}
        </p>
      ) : null}
      {document || link ? (
        <p className="soft row-tight">
          {document ? <span>{document}</span> : null}
          {link ? (
            <a href={link} rel="noreferrer noopener">
              {t('supervise.seeLink')}
            </a>
          ) : null}
        </p>
      ) : null}
    </div>
  )
}
