import { useWords } from '../i18n.ts'
import { usePath } from '../router.tsx'
import { Shell } from '../shell.tsx'
import { start } from '../start.tsx'
import { Empty } from '../ui/note.tsx'
import { publicEn } from '../words/public.en.ts'
import { publicZh } from '../words/public.zh.ts'
import { VerifyReport } from './verify-report.tsx'
import '../style/public.css'
import '../style/handbook.css'
import '../style/record.css'

/** The public pages that work with what one gives them, and so need script; what one reads is drawn by the server. */
function WithScript() {
  const { t } = useWords()
  if (usePath() === '/verify')
    return (
      <Shell door="public">
        <VerifyReport />
      </Shell>
    )
  return (
    <Shell door="public">
      <div className="page">
        <h1 className="visually-hidden">{t('shared.pageNotFound')}</h1>
        <Empty icon="search" title={t('shared.pageNotFoundText')} />
      </div>
    </Shell>
  )
}

void start({ zh: publicZh, en: publicEn }, <WithScript />)
