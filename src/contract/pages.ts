import type { Static } from 'typebox'
import type {
  FoundOrganisationsBody,
  ListPageBody,
  ListViewBody,
  PublicContentBody,
  PublishedOrganisationBody,
  PublishedRecordsBody,
  StatisticsBody,
  TipStatusBody,
} from './public.ts'
import type { ContentKind, TipKind } from './site.ts'
import type { Catalogue, Words } from './shapes.ts'

// What the server hands to the pages it draws (decisions/021): one entry a page, and what every page knows of the site.

type Text = Static<typeof Words>
type Named = { id: string; name: Text }

export type Site = {
  language: 'zh' | 'en'
  /** path and query without the language, for the switch between the two */
  path: string
  pack: { name: Text; version: string }
  /** places that a reader may choose between, the city first; none where there is one only */
  places: readonly Named[]
  /** the one that was chosen */
  of?: string | undefined
  /** civil date, Asia/Shanghai */
  today: string
  /** what search engines may do with the page, as its header says it; undefined: everything */
  robots?: string | undefined
  /** style sheets of the build */
  styles: readonly string[]
}

export type RecordFilter = {
  item?: string | undefined
  unit?: string | undefined
  oldest?: boolean | undefined
  after?: string | undefined
}

/** A pack as a reader wants it (`domain/pack-handbook.ts`). */
export type HandbookBody = {
  pack: { id: string; name: Text; version: string; layers: readonly string[] }
  sections: readonly {
    key: string
    name: Text
    entries: readonly {
      id: string
      name: Text
      lines: readonly Text[]
      basis: readonly Text[]
      from?: string
      until?: string
      unverified: boolean
    }[]
  }[]
}

export type Page =
  | {
      page: 'front'
      statistics: StatisticsBody
      newest: { item: Named; list: PublishedRecordsBody }[]
      contents: PublicContentBody[]
      withheld: number
      ledger: number | undefined
    }
  | { page: 'records'; filter: RecordFilter; list: PublishedRecordsBody; items: Named[]; units: Named[] }
  | { page: 'commitments'; filter: RecordFilter; list: PublishedRecordsBody; units: Named[] }
  | { page: 'lists'; lists: ListViewBody[] }
  | { page: 'list'; list: ListPageBody }
  | { page: 'search'; text: string; found: FoundOrganisationsBody['organisations'] }
  | { page: 'organisation'; organisation: PublishedOrganisationBody }
  | { page: 'record'; organisation: PublishedOrganisationBody; record: string }
  | {
      page: 'library'
      kind: ContentKind | undefined
      contents: PublicContentBody[]
      campaigns: StatisticsBody['campaigns']
    }
  | { page: 'content'; content: PublicContentBody }
  | { page: 'handbooks'; handbooks: (Named & { version: string; entries: number; unverified: number })[] }
  | { page: 'handbook'; handbook: HandbookBody }
  | { page: 'statistics'; statistics: StatisticsBody }
  | {
      page: 'rights'
      catalogue: Static<typeof Catalogue>
      withheld: { ground: string; count: number }[]
      checkpoint: string | undefined
    }
  | { page: 'tips'; units: Named[]; entered?: TipEntry; problem?: { message: Text; remedy: Text } }
  | { page: 'tip-filed'; code: string; at: string; unit: Text; kind: TipKind }
  | { page: 'tip-status'; status: TipStatusBody }
  | { page: 'refused'; status: number; message: Text; remedy: Text }

/** What was typed into the form, to be shown again where it was not accepted. */
export type TipEntry = { kind: string; unit: string; text: string; contact: string }

/** Draws a page to HTML. What `web/src/public/server.tsx` exports, built. */
export type RenderPage = (page: Page, site: Site) => string
