import type { Page } from '#contract/pages.ts'
import { formatInstant, formatNumber, formatPercent } from '../format.ts'
import { useWords } from '../i18n.ts'
import { CampaignCounts } from './campaigns.tsx'
import { Bars, Columns, Count } from './charts.tsx'
import { Reading } from './site.tsx'

/** What is published, in counts. */
export function StatisticsPage({ statistics }: Extract<Page, { page: 'statistics' }>) {
  const { t, pick, language } = useWords()
  const { inTime, late, unknown } = statistics.timeliness
  const judged = inTime + late
  const named = (rows: typeof statistics.byItem) => rows.map(({ id, name, count }) => ({ id, name: pick(name), count }))
  return (
    <Reading
      title={t('public.statisticsTitle')}
      intro={t('public.statisticsText', { at: formatInstant(statistics.at, language) })}
    >
      <dl className="tally">
        <div>
          <dt>{t('public.figureRecords')}</dt>
          <dd className="num">{formatNumber(statistics.records, language)}</dd>
        </div>
        <div>
          <dt>{t('public.figureOrganisations')}</dt>
          <dd className="num">{formatNumber(statistics.organisations, language)}</dd>
        </div>
        <div>
          <dt>{t('public.figureInTime')}</dt>
          <dd className="num">{judged === 0 ? t('shared.unknown') : formatPercent(inTime / judged, language)}</dd>
        </div>
      </dl>
      {unknown > 0 ? (
        <p className="soft">{t('public.unknownClock', { number: formatNumber(unknown, language) })}</p>
      ) : null}
      <div className="charts">
        <section className="card stack wide" aria-labelledby="by-month">
          <h2 id="by-month">{t('public.byMonth')}</h2>
          <Columns title={t('public.byMonth')} months={statistics.byMonth} />
        </section>
        <section className="card">
          <Bars caption={t('public.byItem')} head={t('public.filterItem')} rows={named(statistics.byItem)} />
        </section>
        <section className="card">
          <Bars caption={t('public.byUnit')} head={t('public.filterUnit')} rows={named(statistics.byUnit)} />
        </section>
        <CampaignCounts campaigns={statistics.campaigns} />
        {statistics.tips.length === 0 ? null : (
          <section className="card wide">
            <table className="table">
              <caption>{t('public.tipsCounted')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('public.tipKind')}</th>
                  <th scope="col" className="num">
                    {t('public.tipsReceived')}
                  </th>
                  <th scope="col" className="num">
                    {t('public.tipsAnswered')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {statistics.tips.map(({ kind, name, received, answered }) => (
                  <tr key={kind}>
                    <th scope="row">{pick(name)}</th>
                    <td className="num">
                      <Count count={received} />
                    </td>
                    <td className="num">
                      <Count count={answered} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
      <p className="faint">{t('public.smallCells')}</p>
    </Reading>
  )
}
