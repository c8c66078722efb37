import type { ReactNode } from 'react'
import type { Reply } from './api.ts'
import { useWords } from './i18n.ts'
import { Basis } from './record-card.tsx'

type Incentive = Reply<'aid'>['incentives'][number]

/** What a good record brings, with its reason and basis; the same for the person and for whoever serves them (R37). */
export function IncentiveCard(props: { of: Incentive; why?: ReactNode; children?: ReactNode }) {
  const { t, pick } = useWords()
  const { name, content, reason, fields, basis } = props.of
  return (
    <article className="card stack incentive">
      <header className="stack-s">
        <h2 className="record-title">{pick(name)}</h2>
        <p>{pick(content)}</p>
      </header>
      <dl className="facts">
        <div className="fact">
          <dt>{t('case.why')}</dt>
          <dd>
            {pick(reason)}
            {props.why}
          </dd>
        </div>
        {fields && fields.length > 0 ? (
          <div className="fact">
            <dt>{t('case.fields')}</dt>
            <dd lang="zh-CN">{fields.join('、')}</dd>
          </div>
        ) : null}
        <div className="fact">
          <dt>{t('case.basis')}</dt>
          <dd>
            <Basis list={basis} />
          </dd>
        </div>
      </dl>
      {props.children}
    </article>
  )
}
