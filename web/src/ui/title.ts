import { useEffect } from 'react'

/** The document's title: the page and the site, never a person. */
export function useTitle(page: string, site: string): void {
  useEffect(() => {
    document.title = `${page} · ${site}`
  }, [page, site])
}
