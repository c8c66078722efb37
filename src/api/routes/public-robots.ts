import type { Page } from '#contract/pages.ts'
import { isNamedAfterPerson } from '#domain/identity/organisation.ts'

/**
 * What search engines may do with a page. Nothing where a natural person could stand in it; no copies of what has a
 * term, and forgotten on the day it ends (G5).
 */
export function robotsOf(page: Page, index: boolean): string | undefined {
  const never = 'noindex, nofollow, noarchive'
  switch (page.page) {
    case 'record':
    case 'organisation': {
      const { code, records: shown } = page.organisation
      if (isNamedAfterPerson(code)) return never
      const until = page.page === 'record' ? shown.find(({ id }) => id === page.record)?.until : undefined
      return until === undefined ? 'noarchive' : `noarchive, unavailable_after: ${until}T00:00:00+08:00`
    }
    case 'front':
      return 'noarchive'
    case 'records':
    case 'commitments':
      return page.list.records.some((record) => isNamedAfterPerson(record.organisation.code)) ? never : 'noarchive'
    case 'list':
      return page.list.list.persons || page.list.entries.some(({ who }) => isNamedAfterPerson(who.code ?? ''))
        ? never
        : 'noarchive'
    case 'content':
      return page.content.person ? never : undefined
    case 'library':
      return page.contents.some(({ person }) => person) ? 'noindex, noarchive' : undefined
    default:
      return index ? undefined : never
  }
}
