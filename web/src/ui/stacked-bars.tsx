import { useEffect, useRef } from 'react'

export type Series = { name: string; color: string; values: readonly number[] }

/** Chart library: only where there is a chart, and only its bars. */
const load = async () => {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  core.use([charts.BarChart, components.GridComponent, components.LegendComponent, renderers.CanvasRenderer])
  return core
}

/**
 * Bars in parts, one a row, drawn from the design's colours. It is a picture of a table that stands under it: hidden from
 * screen readers, and nothing without script or canvas. `color` is the name of a token (`--good`).
 */
export function StackedBars({ rows, series }: { rows: readonly string[]; series: readonly Series[] }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    let gone = false
    let end = () => undefined as void
    void load().then((core) => {
      if (gone) return
      const style = getComputedStyle(document.documentElement)
      const token = (name: string) => style.getPropertyValue(name).trim()
      const chart = core.init(element)
      const narrow = element.clientWidth < 480
      chart.setOption({
        animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        textStyle: { fontFamily: style.fontFamily || 'sans-serif', color: token('--ink-soft') },
        grid: { left: 4, right: 28, top: 34, bottom: 4, containLabel: true },
        legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: token('--ink-soft') } },
        xAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: token('--line') } } },
        yAxis: {
          type: 'category',
          inverse: true,
          data: [...rows],
          axisTick: { show: false },
          axisLine: { lineStyle: { color: token('--line-strong') } },
          axisLabel: { width: narrow ? 110 : 220, overflow: 'truncate', color: token('--ink') },
        },
        series: series.map(({ name, color, values }) => ({
          name,
          type: 'bar',
          stack: 'all',
          barMaxWidth: 18,
          itemStyle: { color: token(color) },
          data: [...values],
        })),
      })
      const follow = new ResizeObserver(() => chart.resize())
      follow.observe(element)
      end = () => {
        follow.disconnect()
        chart.dispose()
      }
    })
    return () => {
      gone = true
      end()
    }
  }, [rows, series])
  return (
    <div ref={box} className="chart no-print" aria-hidden="true" style={{ blockSize: `${60 + rows.length * 30}px` }} />
  )
}
