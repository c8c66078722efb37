import { BarChart as Bars } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

register([Bars, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

export type Bar = { name: string; newly: number; noLonger: number; few: boolean }

/** Two bars a cell. The table beside it says the same, so that the drawing is hidden from screen readers. */
export function BarChart({
  bars,
  newly,
  noLonger,
  few,
}: {
  bars: Bar[]
  newly: string
  noLonger: string
  few: string
}) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!box.current) return
    const style = getComputedStyle(document.documentElement)
    const colour = (name: string) => style.getPropertyValue(name).trim()
    const chart = init(box.current, null, { renderer: 'svg' })
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: style.fontFamily, color: colour('--ink') },
      color: [colour('--seal'), colour('--brand')],
      grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, icon: 'rect' },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: { type: 'value', minInterval: 1 },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map(({ name, few: small }) => (small ? `${name} (${few})` : name)),
        axisTick: { show: false },
      },
      series: [
        { type: 'bar', name: newly, data: bars.map((bar) => bar.newly) },
        { type: 'bar', name: noLonger, data: bars.map((bar) => bar.noLonger) },
      ],
    })
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [bars, newly, noLonger, few])
  return <div ref={box} className="chart" aria-hidden="true" />
}
