import { BarChart, LineChart, PieChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

echarts.use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

export type Bars = {
  kind: 'bars' | 'columns' | 'line' | 'ring'
  names: string[]
  /** one or more series of the same names; null: not shown */
  series: { name: string; values: (number | null)[]; tone?: 'brand' | 'good' | 'bad' | 'warn' }[]
  /** stacked upon each other */
  stacked?: boolean
  /** how a value is written */
  write: (value: number) => string
}

const TONES = { brand: '--brand', good: '--good', bad: '--seal', warn: '--focus' } as const
const STILL = '(prefers-reduced-motion: reduce)'

/** Draws into an element, in the colours of the house; gives what takes it away. */
export function drawChart(element: HTMLElement, chart: Bars): () => void {
  const drawn = echarts.init(element, null, { renderer: 'canvas' })
  const text = { color: token('--ink-soft'), fontFamily: token('--sans'), fontSize: 13 }
  const line = { lineStyle: { color: token('--line') } }
  const palette = ['--brand', '--focus', '--good', '--seal', '--calm', '--warn', '--line-strong'].map(token)
  const across = chart.kind === 'bars'
  const names = {
    type: 'category' as const,
    data: chart.names,
    inverse: across,
    axisLabel: { ...text, ...(across ? { width: 150, overflow: 'truncate' as const } : { hideOverlap: true }) },
    axisLine: line,
    axisTick: { show: false },
  }
  const values = {
    type: 'value' as const,
    minInterval: 1,
    axisLabel: { ...text, formatter: chart.write, hideOverlap: true },
    splitLine: line,
  }
  drawn.setOption({
    animation: !matchMedia(STILL).matches,
    textStyle: text,
    color: palette,
    // a canvas of its own, no markup: the content policy lets no inline style in
    tooltip: {
      trigger: chart.kind === 'ring' ? 'item' : 'axis',
      renderMode: 'richText',
      confine: true,
      valueFormatter: (value: unknown) => (typeof value === 'number' ? chart.write(value) : '–'),
    },
    ...(chart.series.length > 1 || chart.kind === 'ring'
      ? { legend: { bottom: 0, type: 'plain' as const, textStyle: text, itemWidth: 14, itemHeight: 10 } }
      : {}),
    ...(chart.kind === 'ring'
      ? {
          series: [
            {
              type: 'pie',
              radius: ['46%', '70%'],
              center: ['50%', '42%'],
              label: { show: false },
              itemStyle: { borderColor: token('--surface'), borderWidth: 2 },
              data: chart.names.map((name, at) => ({ name, value: chart.series[0]?.values[at] ?? 0 })),
            },
          ],
        }
      : {
          grid: { top: 12, left: 4, right: 24, bottom: chart.series.length > 1 ? 34 : 4, containLabel: true },
          xAxis: across ? values : names,
          yAxis: across ? names : values,
          series: chart.series.map(({ name, values: data, tone }) => ({
            name,
            data,
            type: chart.kind === 'line' ? 'line' : 'bar',
            ...(chart.stacked ? { stack: 'all' } : {}),
            ...(chart.kind === 'line'
              ? { smooth: 0.2, symbolSize: 7, areaStyle: { opacity: 0.08 } }
              : { barMaxWidth: 22 }),
            ...(tone ? { itemStyle: { color: token(TONES[tone]) } } : {}),
          })),
        }),
  })
  const fit = new ResizeObserver(() => drawn.resize())
  fit.observe(element)
  return () => {
    fit.disconnect()
    drawn.dispose()
  }
}
