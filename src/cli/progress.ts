import type { Io } from './command.ts'

const WIDTH = 24
const EVERY = 100

const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.trunc(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** A line on the terminal: how much is in, rows a second, and the time left. Nothing where nobody watches. */
export function openProgress(
  io: Io,
  size: number,
): { show: (progress: { bytes: number; rows: number }) => void; end: () => void } {
  const start = performance.now()
  let last = 0
  return {
    show({ bytes, rows }) {
      const now = performance.now()
      if (!io.terminal || now - last < EVERY) return
      last = now
      const seconds = (now - start) / 1000
      const share = size === 0 ? 1 : Math.min(bytes / size, 1)
      const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░')
      const rate = Math.round(rows / seconds).toLocaleString('en')
      const left = share === 0 ? '–' : clock((seconds / share) * (1 - share))
      io.error(
        `\r${bar} ${Math.round(share * 100)}%  ${rows.toLocaleString('en')} 行 rows  ${rate}/s  剩余 left ${left}\u001b[K`,
      )
    },
    end() {
      if (io.terminal && last > 0) io.error('\r\u001b[K')
    },
  }
}
