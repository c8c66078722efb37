import { useEffect, useRef, useState } from 'react'
import { keepSetting, readSetting, useWords } from '../i18n.ts'
import { navigate } from '../router.tsx'
import { Icon } from '../ui/icon.tsx'

const KEY = 'xinheng.shortcuts'
/** Letters after g, by page; the rest is reached by the menu. */
export const LETTERS: Readonly<Record<string, string>> = {
  w: '/desk',
  u: '/desk/upload',
  h: '/desk/held',
  s: '/desk/submissions',
  c: '/desk/cases',
  l: '/desk/look-up',
  m: '/desk/matters',
  r: '/desk/recalls',
  o: '/desk/unusual',
  i: '/desk/incidents',
  d: '/desk/dashboard',
  q: '/desk/quality',
  a: '/desk/accounts',
  t: '/desk/tips',
}
const CHORD = 1500
const LEADER = 'g'

/** Whether somebody types: then a letter is a letter. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
      target.closest('dialog') !== null)
  )
}

/**
 * Keys of the desk: ? shows them, g and a letter goes to a page, / goes to the search of the page. They can be switched off
 * (WCAG 2.1.4), and never act while one types.
 */
export function Shortcuts({ pages }: { pages: readonly { path: string; title: string }[] }) {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const [on, setOn] = useState(() => readSetting(KEY) !== 'off')
  const paths = pages.map(({ path }) => path).join(' ')
  useEffect(() => {
    if (!on) return undefined
    let chord = 0
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const letter = event.key.toLowerCase()
      if (event.key === '?') {
        dialog.current?.showModal()
      } else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('main input[type=search]')
        if (!search) return
        search.focus()
        event.preventDefault()
      } else if (letter === LEADER) {
        chord = event.timeStamp
      } else if (event.timeStamp - chord < CHORD) {
        chord = 0
        const path = LETTERS[letter]
        if (path !== undefined && paths.split(' ').includes(path)) navigate(path)
      }
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [on, paths])
  const letters = Object.entries(LETTERS).flatMap(([letter, path]) => {
    const page = pages.find((one) => one.path === path)
    return page ? [{ letter, title: page.title }] : []
  })
  return (
    <>
      <button type="button" className="side-keys" onClick={() => dialog.current?.showModal()}>
        <Icon name="key" />
        {t('keys.title')}
      </button>
      <dialog ref={dialog} className="keys" aria-labelledby="keys-title">
        <div className="stack">
          <h2 id="keys-title">{t('keys.title')}</h2>
          <dl className="key-list">
            <div>
              <dt>
                <kbd>?</kbd>
              </dt>
              <dd>{t('keys.help')}</dd>
            </div>
            <div>
              <dt>
                <kbd>/</kbd>
              </dt>
              <dd>{t('keys.search')}</dd>
            </div>
            {letters.map(({ letter, title }) => (
              <div key={letter}>
                <dt>
                  <kbd>{LEADER}</kbd> <kbd>{letter}</kbd>
                </dt>
                <dd>{title}</dd>
              </div>
            ))}
          </dl>
          <label className="check">
            <input
              type="checkbox"
              checked={on}
              onChange={(event) => {
                setOn(event.target.checked)
                keepSetting(KEY, event.target.checked ? 'on' : 'off')
              }}
            />
            {t('keys.on')}
          </label>
          <p className="faint">{t('keys.typing')}</p>
          <div>
            <button type="button" className="button" onClick={() => dialog.current?.close()}>
              {t('keys.close')}
            </button>
          </div>
        </div>
      </dialog>
    </>
  )
}
