import { formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'

type Bar = { id: string; name: string; count: number | null }

/** A count as it may be shown: fewer than five is not told apart. */
export function Count({ count }: { count: number | null }) {
  const { t, language } = useWords()
  return count === null ? (
    <span className="soft">{t('public.few')}</span>
  ) : (
    <span className="num">{formatNumber(count, language)}</span>
  )
}

/** Counts as bars in a table: to be read, heard, printed. */
export function Bars({ caption, head, rows }: { caption: string; head: string; rows: Bar[] }) {
  const { t } = useWords()
  const most = Math.max(1, ...rows.map(({ count }) => count ?? 0))
  return (
    <table className="bars">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col" className="num">
            {t('public.number')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 ? (
          <tr>
            <td colSpan={2} className="soft">
              {t('shared.none')}
            </td>
          </tr>
        ) : null}
        {rows.map(({ id, name, count }) => (
          <tr key={id}>
            <th scope="row">
              {name}
              <svg
                className="bar-line"
                viewBox="0 0 100 4"
                preserveAspectRatio="none"
                aria-hidden="true"
                focusable="false"
              >
                <rect className="bar-room" width="100" height="4" />
                {count === null ? null : (
                  <rect className="bar-fill" width={Math.max(0.8, (count / most) * 100)} height="4" />
                )}
              </svg>
            </th>
            <td className="num">
              <Count count={count} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const WIDTH = 640
const HEIGHT = 220
const FLOOR = 186
const TOP = 24

/** Counts by month as columns; what it draws stands in a table under it. */
export function Columns({ title, months }: { title: string; months: { month: string; count: number | null }[] }) {
  const { t, language } = useWords()
  const most = Math.max(1, ...months.map(({ count }) => count ?? 0))
  const step = WIDTH / Math.max(1, months.length)
  return (
    <figure className="columns">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        <line className="axis" x1="0" x2={WIDTH} y1={FLOOR} y2={FLOOR} />
        {months.map(({ month, count }, at) => {
          const height = count === null ? 0 : (count / most) * (FLOOR - TOP)
          const middle = at * step + step / 2
          return (
            <g key={month}>
              <rect
                className="column"
                x={at * step + step * 0.2}
                width={step * 0.6}
                y={FLOOR - height}
                height={height}
                rx="3"
              />
              <text className="column-count" x={middle} y={FLOOR - height - 7}>
                {count === null ? '<5' : formatNumber(count, language)}
              </text>
              <text className="column-name" x={middle} y={FLOOR + 20}>
                {month.slice(5)}
              </text>
            </g>
          )
        })}
      </svg>
      <details className="fold">
        <summary>{t('public.asTable')}</summary>
        <table className="table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('public.month')}</th>
              <th scope="col" className="num">
                {t('public.number')}
              </th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, count }) => (
              <tr key={month}>
                <th scope="row">{month}</th>
                <td className="num">
                  <Count count={count} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
