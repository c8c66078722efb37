import { useEffect, useRef, type ReactNode } from 'react'
import { ApiError } from '../api.ts'
import { useWords } from '../i18n.ts'
import { Icon, type IconName } from './icon.tsx'

type Tone = 'bad' | 'good' | 'warn' | 'brand' | 'calm'
const ICONS: Record<Tone, IconName> = { bad: 'alert', warn: 'alert', good: 'check', brand: 'info', calm: 'info' }

/** A message in its place. `alert` is read out at once and takes the focus, for what stopped the user. */
export function Note(props: {
  tone: Tone
  title?: string
  children?: ReactNode
  actions?: ReactNode
  alert?: boolean
  icon?: IconName
}) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (props.alert) box.current?.focus()
  }, [props.alert])
  return (
    <div ref={box} className={`note ${props.tone}`} {...(props.alert ? { role: 'alert', tabIndex: -1 } : {})}>
      <Icon name={props.icon ?? ICONS[props.tone]} />
      <div>
        {props.title ? <strong>{props.title}</strong> : null}
        {props.children}
        {props.actions ? <div className="actions row">{props.actions}</div> : null}
      </div>
    </div>
  )
}

/** What a failed call says: the server's reason and remedy, or that the line or the system is down. */
export function Failure({
  error,
  onRetry,
  title,
  alert = false,
}: {
  error: unknown
  onRetry?: () => void
  title?: string
  alert?: boolean
}) {
  const { t, pick } = useWords()
  const retry = onRetry ? (
    <button type="button" className="button second" onClick={onRetry}>
      {t('shared.retry')}
    </button>
  ) : undefined
  if (error instanceof ApiError && error.refusal) {
    return (
      <Note
        tone="bad"
        title={title ?? pick(error.refusal.message)}
        alert={alert}
        actions={error.status === 403 ? undefined : retry}
      >
        {title ? <p>{pick(error.refusal.message)}</p> : null}
        <p>{pick(error.refusal.remedy)}</p>
      </Note>
    )
  }
  const offline = error instanceof ApiError && error.kind === 'offline'
  return (
    <Note
      tone={offline ? 'warn' : 'bad'}
      title={t(offline ? 'shared.offlineTitle' : 'shared.faultTitle')}
      alert={alert}
      actions={retry}
    >
      <p>{t(offline ? 'shared.offlineText' : 'shared.faultText')}</p>
    </Note>
  )
}

/** Where there is nothing, why, and what one could do. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} size={36} />
      <strong>{title}</strong>
      {children}
    </div>
  )
}

/** Grey lines in the place of what is being fetched. */
export function Skeleton({ lines = 5 }: { lines?: number }) {
  const { t } = useWords()
  return (
    <output className="skeleton">
      <em className="visually-hidden">{t('shared.loading')}</em>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" />
      ))}
    </output>
  )
}
