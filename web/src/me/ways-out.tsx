import { useState } from 'react'
import type { Reply } from '../api.ts'
import type { ShownRecord } from '../archive.ts'
import { daysBetween, formatDay, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Basis } from '../record-card.tsx'
import { Link } from '../router.tsx'
import { Icon } from '../ui/icon.tsx'
import { RepairForm } from './repair-form.tsx'
import { StartForm, type WordKind } from './start-case.tsx'

type Repairs = Reply<'myArchive'>['repairs']
type Way = 'repair' | WordKind

/** What a person can start about a record, in the order of what is likely to help; by machine and kind of the first step. */
const WAYS: Readonly<Record<string, Exclude<Way, 'contest'>>> = {
  'repair/apply': 'repair',
  'objection/open': 'object',
  'statement/state': 'explain',
  'statement/apply': 'extend',
  'review/lodge': 'review',
  'lawsuit/lodge': 'sue',
}
const ELSEWHERE: readonly Way[] = ['review', 'sue']

/** Under every record that weighs against its person (B16): what ends it sooner, from when, on which conditions, and the buttons. */
export function WaysOut({ record, repairs }: { record: ShownRecord; repairs: Repairs }) {
  const { t, pick, language } = useWords()
  const [open, setOpen] = useState<string>()
  const { ways } = record
  const rule = ways?.rule === undefined ? undefined : repairs?.[ways.rule]
  // what does not weigh against anybody can be wrong all the same
  const wrong = record.marks?.some(({ machine }) => machine === 'objection') ? [] : ['objection/open']
  const starts = ways ? ways.start.map(({ machine, kind }) => `${machine}/${kind}`) : wrong
  const offered = Object.entries(WAYS).filter(([key]) => starts.includes(key))
  const [machine = '', kind = ''] = open?.split('/') ?? []
  const chosen = open === undefined ? undefined : WAYS[open]
  const not = () => setOpen(undefined)
  return (
    <section className={`stack ${ways ? 'record-ways' : ''}`}>
      {ways ? (
        <div className="stack-s">
          <h4 className="record-sub">{t('way.title')}</h4>
          <p>{sentence()}</p>
        </div>
      ) : null}
      {rule ? (
        <details className="fold">
          <summary>{t('way.conditions')}</summary>
          <dl className="facts">
            <div className="fact">
              <dt>{t('way.conditions')}</dt>
              <dd>
                <ul className="dots">
                  {rule.conditions.map((one) => (
                    <li key={one.en}>{pick(one)}</li>
                  ))}
                </ul>
              </dd>
            </div>
            <div className="fact">
              <dt>{t('way.documents')}</dt>
              <dd>
                <ul className="dots">
                  {rule.documents.map((one) => (
                    <li key={one.en}>{pick(one)}</li>
                  ))}
                </ul>
              </dd>
            </div>
            <div className="fact">
              <dt>{t('way.rules')}</dt>
              <dd>
                <Basis list={rule.basis} />
              </dd>
            </div>
          </dl>
        </details>
      ) : null}
      {record.marks && record.marks.length > 0 ? (
        <p className="row">
          <Icon name="clock" size={18} />
          <Link to="/me/cases">{t('way.underWay')}</Link>
        </p>
      ) : null}
      {chosen === 'repair' && rule ? <RepairForm record={record.id} rule={rule} onNot={not} /> : null}
      {chosen !== undefined && chosen !== 'repair' ? (
        <StartForm key={open} start={{ machine, kind, record: record.id }} words={chosen} onNot={not}>
          <h5 className="record-sub">{t(`way.name.${chosen}`)}</h5>
        </StartForm>
      ) : null}
      {chosen === undefined && offered.length > 0 ? (
        <>
          <div className="way-buttons no-print">
            {offered.filter(([, way]) => !ELSEWHERE.includes(way)).map(button)}
          </div>
          {offered.some(([, way]) => ELSEWHERE.includes(way)) ? (
            <details className="fold no-print">
              <summary>{t('way.elsewhere')}</summary>
              <div className="way-buttons">{offered.filter(([, way]) => ELSEWHERE.includes(way)).map(button)}</div>
            </details>
          ) : null}
        </>
      ) : null}
    </section>
  )

  function button([key, way]: [string, Exclude<Way, 'contest'>]) {
    return (
      <button
        key={key}
        type="button"
        className={`button ${way === 'repair' ? '' : 'second'}`}
        onClick={() => setOpen(key)}
      >
        {t(`way.name.${way}`)}
      </button>
    )
  }

  function sentence(): string {
    if (!rule) return t('way.none')
    if (ways?.from === undefined) return t('way.never')
    if (rule.automatic) return t('way.automatic')
    const days = daysBetween(today(), ways.from)
    return days > 0 ? earliest(ways.from, days) : t('way.possible')
  }

  function earliest(day: string, days: number): string {
    return t('way.earliest', { day: formatDay(day, language), days })
  }
}
