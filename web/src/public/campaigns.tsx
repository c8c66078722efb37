import type { StatisticsBody } from '#contract/public.ts'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Count } from './charts.tsx'

const COLUMNS = ['drawn', 'inOrder', 'rectified', 'handedOver', 'rest'] as const

/** Campaigns over organisations, in numbers: nobody is named. */
export function CampaignCounts({ campaigns }: { campaigns: StatisticsBody['campaigns'] }) {
  const { t, pick, language } = useWords()
  if (campaigns.length === 0) return null
  return (
    <section className="card stack wide" aria-labelledby="campaigns">
      <h2 id="campaigns">{t('public.campaigns')}</h2>
      <p className="soft">{t('public.campaignsText')}</p>
      <table className="table folds">
        <thead>
          <tr>
            <th scope="col">{t('public.campaign')}</th>
            {COLUMNS.map((word) => (
              <th scope="col" className="num" key={word}>
                {t(`public.campaign_${word}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {campaigns.map((one) => (
            <tr key={one.num}>
              <th scope="row">
                {pick(one.name)}
                <span className="block soft">
                  {pick(one.lead)} · {formatDay(one.opened, language)} – {formatDay(one.closed ?? one.until, language)}
                </span>
              </th>
              <Figures counts={one.counts} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Figures({ counts }: Pick<StatisticsBody['campaigns'][number], 'counts'>) {
  const { t } = useWords()
  if (!counts)
    return (
      <td className="soft" colSpan={COLUMNS.length}>
        {t('public.campaignRuns')}
      </td>
    )
  return COLUMNS.map((word) => (
    <td className="num" key={word} data-label={t(`public.campaign_${word}`)}>
      <Count count={counts[word]} />
    </td>
  ))
}
