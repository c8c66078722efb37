import { useMemo } from 'react'
import type { Reply } from '../../api.ts'
import { formatDay, formatNumber, formatPercent } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { usePlace } from '../../shell.tsx'
import { StackedBars } from '../../ui/stacked-bars.tsx'
import { TableWrap } from '../../ui/table-wrap.tsx'

export type Figures = Reply<'bulletin'>
type Line = Figures['units'][number]
export type Issue = Reply<'bulletins'>['bulletins'][number]

const isActive = ({ rows, cases, tasks }: Line) =>
  rows > 0 || cases.opened > 0 || tasks.done + tasks.underWay + tasks.blocked > 0
const ofTasks = ({ tasks }: Line) => tasks.done + tasks.underWay + tasks.blocked + tasks.notBegun

/** A bulletin to be read on the screen and printed: summary, units, key groups, codes, indicators, and how it is counted. */
export function BulletinSheet({ figures, issue, whole }: { figures: Figures; issue?: Issue; whole: boolean }) {
  const { t, pick, language } = useWords()
  const { title } = usePlace()
  const until = figures.until ?? figures.day
  const period = figures.from
    ? t('bulletin.period', { from: formatDay(figures.from, language), until: formatDay(until, language) })
    : t('bulletin.allTime', { until: formatDay(until, language) })
  const number =
    issue?.number === undefined
      ? issue && t('bulletin.draft', { num: issue.num })
      : t('bulletin.number', { year: (issue.decidedAt ?? issue.at).slice(0, 4), number: issue.number })
  return (
    <article className="bulletin">
      <header className="bulletin-head">
        <p className="bulletin-place">{figures.place ? pick(figures.place.name) : title}</p>
        <h2>{t('bulletin.heading')}</h2>
        {number ? <p className="bulletin-number num">{number}</p> : null}
        <p className="bulletin-dates num">
          <span>{period}</span>
          <span>{t('bulletin.day', { day: formatDay(figures.day, language) })}</span>
          {issue ? <span>{t('bulletin.by', { name: pick(issue.author) })}</span> : null}
        </p>
      </header>
      {issue?.note ? (
        <section className="bulletin-note">
          <h3>{t('bulletin.noteHeading')}</h3>
          <p className="pre-line">{issue.note}</p>
        </section>
      ) : null}
      <Summary figures={figures} />
      <ByUnit figures={figures} whole={whole} />
      <Coverage figures={figures} />
      <Codes figures={figures} />
      <Indicators figures={figures} />
      <section className="bulletin-how">
        <h3>{t('bulletin.how')}</h3>
        <ul>
          {(['howTimely', 'howRight', 'howTerms', 'howCoverage', 'howCodes', 'howTasks'] as const).map((word) => (
            <li key={word}>{t(`bulletin.${word}`)}</li>
          ))}
        </ul>
        {issue ? (
          <p className="digest">
            {t('bulletin.digest')}: <span className="mono">{issue.digest}</span>
          </p>
        ) : null}
      </section>
    </article>
  )
}

function useShare(): (share: number | undefined) => string {
  const { language } = useWords()
  return (share) => (share === undefined ? '—' : formatPercent(share, language))
}

function Summary({ figures: { units } }: { figures: Figures }) {
  const { t, language } = useWords()
  const sum = (of: (line: Line) => number) => units.reduce((total, line) => total + of(line), 0)
  const facts = [
    ['units', units.filter(({ rows }) => rows > 0).length],
    ['rows', sum(({ rows }) => rows)],
    ['accepted', sum(({ accepted }) => accepted)],
    ['casesOpened', sum(({ cases }) => cases.opened)],
    ['silent', sum(({ cases }) => cases.silent)],
  ] as const
  return (
    <section aria-label={t('bulletin.summary')}>
      <dl className="bulletin-figures">
        {facts.map(([word, number]) => (
          <div key={word} className={word === 'silent' && number > 0 ? 'bad' : ''}>
            <dt>{t(`bulletin.${word}`)}</dt>
            <dd className="num">{formatNumber(number, language)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const HEADS = ['timely', 'right', 'complete', 'terms'] as const
const SHARES = { timely: 'timeliness', right: 'accuracy', complete: 'completeness', terms: 'termsKept' } as const

function ByUnit({ figures: { units }, whole }: { figures: Figures; whole: boolean }) {
  const { t, pick, language } = useWords()
  const share = useShare()
  const shown = useMemo(() => (whole ? units.filter(isActive) : units), [units, whole])
  const rest = units.length - shown.length
  const bars = useMemo(
    () => ({
      rows: shown.map(({ unit }) => pick(unit.name)),
      series: (
        [
          ['state_done', '--good', ({ tasks }: Line) => tasks.done],
          ['state_under-way', '--brand', ({ tasks }: Line) => tasks.underWay],
          ['state_blocked', '--seal', ({ tasks }: Line) => tasks.blocked],
          ['state_not-begun', '--line', ({ tasks }: Line) => tasks.notBegun],
        ] as const
      ).map(([word, color, of]) => ({ name: t(`supervise.${word}`), color, values: shown.map(of) })),
    }),
    // oxlint-disable-next-line react/exhaustive-deps -- words follow the language
    [shown, language],
  )
  if (shown.length === 0)
    return (
      <section className="stack">
        <h3>{t('bulletin.byUnit')}</h3>
        <p className="soft">{t('shared.none')}</p>
      </section>
    )
  return (
    <section className="stack">
      <h3>{t('bulletin.byUnit')}</h3>
      <TableWrap label={t('bulletin.byUnit')}>
        <table className="table folds bulletin-table">
          <thead>
            <tr>
              <th scope="col">{t('bulletin.unit')}</th>
              <th scope="col" className="num">
                {t('bulletin.rows')}
              </th>
              {HEADS.map((head) => (
                <th scope="col" className="num" key={head}>
                  {t(`bulletin.head_${head}`)}
                </th>
              ))}
              <th scope="col" className="num">
                {t('bulletin.silent')}
              </th>
              <th scope="col" className="num">
                {t('bulletin.doneTasks')}
              </th>
              <th scope="col" className="num">
                {t('bulletin.lateTasks')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.unit.id}>
                <th scope="row">{pick(line.unit.name)}</th>
                <td className="num" data-label={t('bulletin.rows')}>
                  {formatNumber(line.rows, language)}
                </td>
                {HEADS.map((head) => (
                  <td className="num" key={head} data-label={t(`bulletin.head_${head}`)}>
                    {share(line[SHARES[head]])}
                  </td>
                ))}
                <td className={`num ${line.cases.silent > 0 ? 'bad' : ''}`} data-label={t('bulletin.silent')}>
                  {formatNumber(line.cases.silent, language)}
                </td>
                <td className="num" data-label={t('bulletin.doneTasks')}>
                  {line.tasks.done} / {ofTasks(line)}
                </td>
                <td className={`num ${line.tasks.late > 0 ? 'bad' : ''}`} data-label={t('bulletin.lateTasks')}>
                  {formatNumber(line.tasks.late, language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
      {rest > 0 ? <p className="soft small">{t('bulletin.activeNote', { count: rest })}</p> : null}
      {shown.length > 1 ? (
        <figure className="no-print stack-s">
          <figcaption className="soft small">
            <strong>{t('bulletin.chart')}</strong> {t('bulletin.chartText')}
          </figcaption>
          <StackedBars rows={bars.rows} series={bars.series} />
        </figure>
      ) : null}
    </section>
  )
}

function Coverage({ figures: { coverage } }: { figures: Figures }) {
  const { t, pick, language } = useWords()
  const share = useShare()
  const count = (number: number | undefined) => (number === undefined ? '—' : formatNumber(number, language))
  if (coverage.length === 0) return null
  return (
    <section className="stack">
      <h3>{t('bulletin.coverage')}</h3>
      <TableWrap label={t('bulletin.coverage')}>
        <table className="table bulletin-table">
          <thead>
            <tr>
              <th scope="col">{t('supervise.group')}</th>
              <th scope="col" className="num">
                {t('supervise.onFile')}
              </th>
              <th scope="col" className="num">
                {t('supervise.register')}
              </th>
              <th scope="col">{t('supervise.share')}</th>
            </tr>
          </thead>
          <tbody>
            {coverage.map(({ group, people, register, share: part }) => (
              <tr key={group.id}>
                <th scope="row">{pick(group.name)}</th>
                <td className="num">{count(people)}</td>
                <td className="num">{count(register)}</td>
                <td>
                  <span className="rate">
                    <span className="num">{share(part)}</span>
                    {part === undefined ? null : (
                      <span className="span-bar" aria-hidden="true">
                        <span style={{ inlineSize: `${part * 100}%` }} />
                      </span>
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
    </section>
  )
}

function Codes({ figures: { codes } }: { figures: Figures }) {
  const { t, language } = useWords()
  const fine = (rate: number | undefined) =>
    rate === undefined
      ? t('bulletin.nothing')
      : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 3 }).format(rate)
  const target = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(codes.target)
  const lines = [
    ['wrong', codes.wrongRate, 'ofRows', codes.wrong, codes.rows],
    ['doubled', codes.doubledRate, 'ofFirms', codes.doubled, codes.organisations],
  ] as const
  return (
    <section className="stack">
      <h3>{t('bulletin.codes')}</h3>
      <dl className="bulletin-figures two">
        {lines.map(([word, rate, of, part, all]) => (
          <div key={word}>
            <dt>{t(`bulletin.${word}`)}</dt>
            <dd className="num">
              {fine(rate)}{' '}
              {rate === undefined ? null : (
                <span className={`tag ${rate < codes.target ? 'good' : 'bad'}`}>
                  {t(rate < codes.target ? 'bulletin.met' : 'bulletin.unmet')}
                </span>
              )}
              <span className="soft small block">
                {t(`bulletin.${of}`, { part: formatNumber(part, language), whole: formatNumber(all, language) })} ·{' '}
                {t('bulletin.target', { rate: target })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Indicators({ figures: { indicators } }: { figures: Figures }) {
  const { t, pick, language } = useWords()
  const known = indicators.filter(({ value }) => value !== undefined)
  if (known.length === 0) return null
  return (
    <section className="stack">
      <h3>{t('bulletin.indicators')}</h3>
      <TableWrap label={t('bulletin.indicators')}>
        <table className="table bulletin-table">
          <thead>
            <tr>
              <th scope="col">{t('assessment.indicator')}</th>
              <th scope="col">{t('assessment.target')}</th>
              <th scope="col">{t('assessment.value')}</th>
            </tr>
          </thead>
          <tbody>
            {known.map(({ indicator, target, value, day }) => (
              <tr key={indicator.id}>
                <th scope="row">{pick(indicator.name)}</th>
                <td>{pick(target)}</td>
                <td>
                  {value}
                  {day ? <span className="soft small block">{formatDay(day, language)}</span> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
    </section>
  )
}
