import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import type { Page, RenderPage } from '#contract/pages.ts'
import { i18n, useWords } from '../i18n.ts'
import { publicEn } from '../words/public.en.ts'
import { publicZh } from '../words/public.zh.ts'
import { sharedEn } from '../words/shared.en.ts'
import { sharedZh } from '../words/shared.zh.ts'
import { siteEn } from '../words/site.en.ts'
import { siteZh } from '../words/site.zh.ts'
import { Icon } from '../ui/icon.tsx'
import { CommitmentsPage } from './commitments.tsx'
import { FrontPage } from './front-page.tsx'
import { HandbookPage, HandbooksPage } from './handbook.tsx'
import { ContentPage, LibraryPage } from './library.tsx'
import { ListPage, ListsPage } from './lists.tsx'
import { OrganisationPage, RecordPage, RecordsPage, SearchPage } from './records.tsx'
import { RightsPage } from './rights.tsx'
import { Reading, SiteProvider, To } from './site.tsx'
import { StatisticsPage } from './statistics.tsx'
import { TipFiledPage, TipsPage, TipStatusPage } from './tips.tsx'

// Built for the server (decisions/021): every word is at hand, so that nothing waits and a page is one call.
void i18n.use(initReactI18next).init({
  lng: 'zh',
  fallbackLng: 'zh',
  initAsync: false,
  interpolation: { escapeValue: false },
  returnNull: false,
  resources: {
    zh: { translation: { ...sharedZh, ...publicZh, ...siteZh } },
    en: { translation: { ...sharedEn, ...publicEn, ...siteEn } },
  },
})

function RefusedPage({ status, message, remedy }: Extract<Page, { page: 'refused' }>) {
  const { t, pick } = useWords()
  const missing = status === 404
  return (
    <Reading title={missing ? t('shared.pageNotFound') : pick(message)}>
      <div className="note calm" role="alert">
        <Icon name="info" />
        <div>
          <p>{missing ? t('public.gone') : pick(remedy)}</p>
        </div>
      </div>
      <p>
        <To className="button second" to="/">
          {t('public.toFront')}
        </To>
      </p>
    </Reading>
  )
}

function drawn(page: Page) {
  switch (page.page) {
    case 'front':
      return <FrontPage {...page} />
    case 'records':
      return <RecordsPage {...page} />
    case 'commitments':
      return <CommitmentsPage {...page} />
    case 'lists':
      return <ListsPage {...page} />
    case 'list':
      return <ListPage {...page} />
    case 'search':
      return <SearchPage {...page} />
    case 'organisation':
      return <OrganisationPage {...page} />
    case 'record':
      return <RecordPage {...page} />
    case 'library':
      return <LibraryPage {...page} />
    case 'content':
      return <ContentPage {...page} />
    case 'handbooks':
      return <HandbooksPage {...page} />
    case 'handbook':
      return <HandbookPage {...page} />
    case 'statistics':
      return <StatisticsPage {...page} />
    case 'rights':
      return <RightsPage {...page} />
    case 'tips':
      return <TipsPage {...page} />
    case 'tip-filed':
      return <TipFiledPage {...page} />
    case 'tip-status':
      return <TipStatusPage {...page} />
    case 'refused':
      return <RefusedPage {...page} />
  }
}

/** A page as HTML. The language is set and the page drawn in one go: nothing else runs in between. */
export const renderPage: RenderPage = (page, site) => {
  void i18n.changeLanguage(site.language)
  return `<!doctype html>${renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <SiteProvider value={site}>{drawn(page)}</SiteProvider>
    </I18nextProvider>,
  )}`
}
