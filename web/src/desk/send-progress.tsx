import { useEffect, useRef } from 'react'
import { formatBytes, formatNumber, formatSeconds } from '../format.ts'
import { useWords } from '../i18n.ts'
import type { Sending } from './send-file.ts'

/** How an upload goes: bytes, rows, rate, time left. */
export function SendProgress({ dryRun, progress, onStop }: { dryRun: boolean; progress: Sending; onStop: () => void }) {
  const { t, language } = useWords()
  const { sent, total, rows, seconds } = progress
  const share = total === 0 ? 1 : sent / total
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const left = share > 0.01 && share < 1 ? formatSeconds((seconds / share) * (1 - share)) : t('upload.leftUnknown')
  const tenth = Math.floor(share * 10) * 10
  return (
    <section className="card stack form-width">
      <h2 ref={title} tabIndex={-1}>
        {t(dryRun ? 'upload.checking' : 'upload.sending')}
      </h2>
      <progress
        className="progress"
        max={1}
        value={share}
        aria-label={t(dryRun ? 'upload.checking' : 'upload.sending')}
      />
      <dl className="tiles">
        <div>
          <dt>{t('upload.sent')}</dt>
          <dd className="num">
            {formatBytes(sent)} / {formatBytes(total)}
          </dd>
        </div>
        <div>
          <dt>{t('upload.rows')}</dt>
          <dd className="num">{formatNumber(rows, language)}</dd>
        </div>
        <div>
          <dt>{t('upload.rate')}</dt>
          <dd className="num">
            {t('upload.rateValue', { rows: formatNumber(seconds > 0 ? Math.round(rows / seconds) : 0, language) })}
          </dd>
        </div>
        <div>
          <dt>{t('upload.left')}</dt>
          <dd className="num">{left}</dd>
        </div>
      </dl>
      {/* read out at every tenth, not at every byte */}
      <p aria-live="polite" className={share < 1 ? 'visually-hidden' : 'soft'}>
        {share < 1 ? `${tenth}%` : t('upload.working')}
      </p>
      <div>
        <button type="button" className="button grave" onClick={onStop}>
          {t('upload.stop')}
        </button>
      </div>
    </section>
  )
}
