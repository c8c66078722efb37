import { useEffect, useRef, useSyncExternalStore, type AnchorHTMLAttributes, type ReactNode } from 'react'

const listeners = new Set<() => void>()
let moved = false

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

/** The path of the page. Paths name pages, never persons. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname.replace(/(\.html)?\/?$/, '') || '/')
}

export function navigate(path: string): void {
  if (path === location.pathname) return
  history.pushState(null, '', path)
  moved = true
  for (const listener of listeners) listener()
  window.scrollTo(0, 0)
}

/** A link within the entrance: no reload, yet an ordinary link for keyboard, middle click and screen reader. */
export function Link({ to, children, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const path = usePath()
  return (
    <a
      {...rest}
      href={to}
      aria-current={path === to ? 'page' : undefined}
      onClick={(event) => {
        rest.onClick?.(event)
        if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        navigate(to)
      }}
    >
      {children}
    </a>
  )
}

/** A page: its title, and the focus on its heading when one came here from another page. */
export function Page({
  title,
  intro,
  site,
  children,
}: {
  title: string
  intro?: ReactNode
  site: string
  children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${site}`
  }, [title, site])
  useEffect(() => {
    if (moved) heading.current?.focus()
    moved = false
  }, [])
  return (
    <div className="page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {intro ? <p>{intro}</p> : null}
      </header>
      {children}
    </div>
  )
}
