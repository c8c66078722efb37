import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore, type ReactNode } from 'react'
import { call } from './api.ts'
import { setLanguage, useWords } from './i18n.ts'
import { Mark } from './ui/icon.tsx'

/** The catalogue: items, units, purposes; the same for all entrances. */
export function useCatalog() {
  return useQuery({ queryKey: ['catalog'], queryFn: ({ signal }) => call('catalog', {}, signal), staleTime: 600_000 })
}

/** The place the platform serves, taken from its pack's name (“衡州市（演示）政策包” → 衡州 · Hengzhou). */
export function usePlace(): { title: string; demo: boolean } {
  const { t, language } = useWords()
  const catalog = useCatalog()
  const name = catalog.data?.pack.name
  if (!name) return { title: t('shared.creditPlain'), demo: false }
  const place =
    language === 'zh'
      ? name.zh.replace(/（.*?）|政策包|公共信用信息/g, '').replace(/^(..+)[省市]$/, '$1')
      : name.en.replace(/\(.*?\)|\bpolicy pack\b|\bpack\b/gi, '').trim()
  return { title: place ? t('shared.credit', { place }) : t('shared.creditPlain'), demo: name.zh.includes('演示') }
}

/** Changes between the two languages; its own name is in the other one. */
export function LanguageSwitch() {
  const { t, language } = useWords()
  return (
    <button
      type="button"
      className="button quiet"
      aria-label={`${t('shared.language')} (${t('shared.languageLabel')})`}
      onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
    >
      {t('shared.language')}
    </button>
  )
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** Says that the network is down, for as long as it is. */
export function OfflineBar() {
  const { t } = useWords()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  return <output>{online ? null : <p className="offline">{t('shared.offline')}</p>}</output>
}

type ShellProps = {
  door: 'public' | 'person' | 'staff'
  /** name of the entrance under the place's */
  sub?: string
  /** who is signed in, and what else stands in the bar */
  actions?: ReactNode
  nav?: ReactNode
  onSignOut?: () => void
  footer?: ReactNode
  children: ReactNode
}

/** Bar, navigation, main content and footer of every page. */
export function Shell({ door, sub, actions, nav, onSignOut, footer, children }: ShellProps) {
  const { t } = useWords()
  const { title, demo } = usePlace()
  return (
    <>
      <a className="skip" href="#main">
        {t('shared.skip')}
      </a>
      <header className="bar no-print">
        <div className="bar-inner">
          <a className="mark" href="/">
            <Mark />
            <span>
              <span className="mark-name">{title}</span>
              <span className="mark-sub">
                {sub ?? t('shared.platform')}
                {demo ? ` · ${t('shared.demo')}` : ''}
              </span>
            </span>
          </a>
          <div className="bar-actions">
            {actions}
            <LanguageSwitch />
            {onSignOut ? (
              <button type="button" className="button quiet" onClick={onSignOut}>
                {t('shared.signOut')}
              </button>
            ) : null}
          </div>
        </div>
      </header>
      <OfflineBar />
      <div className={`frame frame-${door} ${nav ? 'with-nav' : ''}`}>
        {nav}
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      {footer}
    </>
  )
}
