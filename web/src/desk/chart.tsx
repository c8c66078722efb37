import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Bars } from './echart.ts'
import { useWords } from '../i18n.ts'

/** A chart with its table: the picture for the eye, the numbers for everybody. The drawing comes when it is needed. */
export function Chart(props: { title: string; note?: string; chart: Bars; empty: boolean; children: ReactNode }) {
  const { t } = useWords()
  const box = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const { chart, empty } = props
  // numbers that are all too small to be shown are no picture
  const few = chart.series.every(({ values }) => values.every((value) => value === null))
  // numbers that are the same are the same drawing
  const key = JSON.stringify([chart.kind, chart.names, chart.series])
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    let gone = false
    let clear: (() => void) | undefined
    import('./echart.ts')
      .then(({ drawChart }) => {
        if (!gone) clear = drawChart(element, chart)
      })
      .catch(() => setFailed(true))
    return () => {
      gone = true
      clear?.()
    }
    // oxlint-disable-next-line react/exhaustive-deps -- `key` stands for the chart
  }, [key])
  return (
    <article className="card stack figure-card">
      <header>
        <h2 className="h-small">{props.title}</h2>
        {props.note ? <p className="faint">{props.note}</p> : null}
      </header>
      {empty ? (
        <p className="soft">{t('dashboard.nothing')}</p>
      ) : (
        <>
          {few || failed ? (
            <p className="soft">{t(few ? 'dashboard.few' : 'dashboard.notDrawn')}</p>
          ) : (
            <div
              ref={box}
              className={`figure-box ${chart.kind}`}
              data-rows={Math.min(chart.names.length, 14)}
              aria-hidden="true"
            />
          )}
          <details className="fold">
            <summary>{t('dashboard.asTable')}</summary>
            {props.children}
          </details>
        </>
      )}
    </article>
  )
}
