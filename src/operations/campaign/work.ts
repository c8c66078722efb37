import type { Text } from '#domain/refusal.ts'
import type { WorkLine, WorkSource } from '../work/source.ts'
import { listCampaigns } from './campaigns.ts'

const words = (zh: string, en: string): Text => ({ zh, en })

/**
 * What a campaign gives the unit that leads: an opening or a report for a second person, drawn organisations to give out, a
 * campaign whose term is over. Its cases come with all other cases, to the unit that checks.
 */
export const CAMPAIGN_WORK: readonly WorkSource[] = [
  {
    id: 'campaign',
    area: words('专项治理', 'Campaigns'),
    path: '/desk/campaigns',
    roles: ['clerk', 'reviewer'],
    async read(system, { account, unit, roles }) {
      const own = await listCampaigns(system, account, unit)
      return own.flatMap(({ name, state, mine, sums, until, opened }): WorkLine[] => {
        const title = words(`专项治理 · ${name.zh}`, `Campaign · ${name.en}`)
        switch (state.kind) {
          case 'proposed':
          case 'reporting':
            return mine || !roles.includes('reviewer') ? [] : [{ title, state: state.name, since: opened }]
          case 'ended':
            return [{ title, state: state.name, due: until, late: true }]
          case 'running':
            return sums.waiting === 0
              ? []
              : [
                  {
                    title,
                    state: words(`${sums.waiting}个单位待交办`, `${sums.waiting} to be given out`),
                    due: until,
                  },
                ]
          default:
            return []
        }
      })
    },
  },
]
