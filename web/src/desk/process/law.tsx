import '../../style/board.css'
import type { Reply } from '../../api.ts'
import { formatDay, today } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { Basis } from '../../record-card.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLists } from './use-lists.ts'

type List = Reply<'lists'>['lists'][number]

/** Law beside a case of repair: from which day, on which conditions, and which of them the person says are met. */
export function LawOfRepair({
  rule,
  from,
  met,
}: {
  rule: Reply<'openCase'>['repairs'][string] | undefined
  from: string | undefined
  met: string | undefined
}) {
  const { t, pick, language } = useWords()
  if (!rule) return null
  return (
    <section className="card stack law">
      <h2 className="h-small">{t('caseFile.law')}</h2>
      <dl className="facts">
        <div className="fact">
          <dt>{t('caseFile.rule')}</dt>
          <dd>{pick(rule.name)}</dd>
        </div>
        {from ? (
          <div className="fact">
            <dt>{t('caseFile.from')}</dt>
            <dd>
              {formatDay(from, language)}{' '}
              <span className={`tag ${from <= today() ? 'good' : 'bad'}`}>
                {t(from <= today() ? 'caseFile.reached' : 'caseFile.notReached')}
              </span>
            </dd>
          </div>
        ) : null}
        <div className="fact">
          <dt>{t('caseFile.conditions')}</dt>
          <dd>
            <ul className="checks">
              {rule.conditions.map((one) => {
                const said = met?.includes(one.zh) === true
                return (
                  <li key={one.en} className={said ? 'said' : ''}>
                    <Icon name={said ? 'check' : 'info'} size={18} />
                    <span>
                      {pick(one)}
                      <span className="faint"> {t(said ? 'caseFile.said' : 'caseFile.unsaid')}</span>
                    </span>
                  </li>
                )
              })}
            </ul>
          </dd>
        </div>
        <div className="fact">
          <dt>{t('caseFile.documents')}</dt>
          <dd>{rule.documents.map((one) => pick(one)).join(t('shared.list'))}</dd>
        </div>
        <div className="fact">
          <dt>{t('case.basis')}</dt>
          <dd>
            <Basis list={rule.basis} />
          </dd>
        </div>
      </dl>
    </section>
  )
}

/** Law beside a case of a list: what the criterion says, on which article, and what the list gives the person. */
export function LawOfList({ list: id, criterion: of }: { list: string; criterion: string }) {
  const lists = useLists()
  const list = lists.data?.lists.find((one) => one.id === id)
  return list ? <ListLaw list={list} criterion={of} /> : null
}

const LENGTH = { D: 'case.days', M: 'case.months', Y: 'case.years' } as const
const isLength = (text: string | undefined): text is keyof typeof LENGTH => text !== undefined && text in LENGTH

export function ListLaw({ list, criterion: of }: { list: List; criterion: string }) {
  const { t, pick } = useWords()
  const criterion = list.criteria.find((one) => one.id === of)
  const length = (period: string): string => {
    const [, count, unit] = /^P(\d+)([DMY])$/.exec(period) ?? []
    return isLength(unit) ? t(LENGTH[unit], { count: Number(count) }) : period
  }
  return (
    <section className="card stack law">
      <h2 className="h-small">{t('caseFile.law')}</h2>
      <dl className="facts">
        <div className="fact">
          <dt>{t('listBoard.list')}</dt>
          <dd>{pick(list.name)}</dd>
        </div>
        {criterion ? (
          <div className="fact">
            <dt>{t('listBoard.criterion')}</dt>
            <dd>
              {pick(criterion.text)}
              {[criterion.grade, criterion.area, criterion.target].map((one) =>
                one ? (
                  <span key={one.en} className="tag">
                    {pick(one)}
                  </span>
                ) : null,
              )}
            </dd>
          </div>
        ) : null}
        <div className="fact">
          <dt>{t('case.basis')}</dt>
          <dd>
            <Basis list={criterion && criterion.basis.length > 0 ? criterion.basis : list.basis} />
          </dd>
        </div>
        {list.machine === 'listing' ? (
          <div className="fact">
            <dt>{t('listBoard.rights')}</dt>
            <dd>{t(list.hearing ? 'listBoard.hearingToo' : 'listBoard.noHearing')}</dd>
          </div>
        ) : null}
        {list.term ? (
          <div className="fact">
            <dt>{t('listBoard.term')}</dt>
            <dd>
              {length(list.term)}
              {list.renew ? ` · ${t('listBoard.renewed', { length: length(list.renew) })}` : ''}
            </dd>
          </div>
        ) : null}
        <div className="fact">
          <dt>{t('listBoard.publicity')}</dt>
          <dd>{t(list.published ? 'listBoard.published' : 'listBoard.unpublished')}</dd>
        </div>
      </dl>
    </section>
  )
}
