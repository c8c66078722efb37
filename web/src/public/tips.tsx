import type { Page } from '#contract/pages.ts'
import { TIP_KINDS, type TipKind } from '#contract/site.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { Form, Reading, To } from './site.tsx'

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
const KINDS = Object.keys(TIP_KINDS) as TipKind[]
const HINTS = {
  tip: 'public.tipHintTip',
  complaint: 'public.tipHintComplaint',
  question: 'public.tipHintQuestion',
  suggestion: 'public.tipHintSuggestion',
} as const satisfies Record<TipKind, string>

function Choice({ kind }: { kind: TipKind }) {
  const { t, pick } = useWords()
  return (
    <span>
      <strong>{pick(TIP_KINDS[kind])}</strong>
      <span>{t(HINTS[kind])}</span>
    </span>
  )
}

/** The form for tips, complaints, questions and suggestions, and the place to follow one. */
export function TipsPage({ units, entered, problem }: Extract<Page, { page: 'tips' }>) {
  const { t, pick } = useWords()
  return (
    <Reading title={t('public.tipsTitle')} intro={t('public.tipsText')}>
      {problem ? (
        <div className="note bad" role="alert">
          <Icon name="alert" />
          <div>
            <strong>{pick(problem.message)}</strong>
            <p>{pick(problem.remedy)}</p>
          </div>
        </div>
      ) : null}
      <div className="tips">
        <Form to="/tips" className="card stack">
          <fieldset className="field">
            <legend className="field-legend">{t('public.tipKind')}</legend>
            <div className="choices">
              {KINDS.map((kind) => (
                <label className="choice" key={kind}>
                  <input
                    type="radio"
                    name="kind"
                    value={kind}
                    defaultChecked={(entered?.kind || 'tip') === kind}
                    required
                  />
                  <Choice kind={kind} />
                </label>
              ))}
            </div>
          </fieldset>
          <div className="field">
            <label htmlFor="tip-unit">{t('public.tipUnit')}</label>
            <select
              id="tip-unit"
              name="unit"
              className="input"
              defaultValue={entered?.unit ?? ''}
              aria-describedby="tip-unit-hint"
            >
              <option value="">{t('public.tipUnitAny')}</option>
              {units.map(({ id, name }) => (
                <option key={id} value={id}>
                  {pick(name)}
                </option>
              ))}
            </select>
            <span className="hint" id="tip-unit-hint">
              {t('public.tipUnitHint')}
            </span>
          </div>
          <div className="field">
            <label htmlFor="tip-text">{t('public.tipBody')}</label>
            <textarea
              id="tip-text"
              name="text"
              className="input tall"
              minLength={10}
              maxLength={4000}
              required
              defaultValue={entered?.text ?? ''}
              aria-describedby="tip-text-hint"
            />
            <span className="hint" id="tip-text-hint">
              {t('public.tipBodyHint')}
            </span>
          </div>
          <div className="field">
            <label htmlFor="tip-contact">{t('public.tipContact')}</label>
            <input
              id="tip-contact"
              name="contact"
              className="input"
              maxLength={200}
              autoComplete="off"
              defaultValue={entered?.contact ?? ''}
              aria-describedby="tip-contact-hint"
            />
            <span className="hint" id="tip-contact-hint">
              {t('public.tipContactHint')}
            </span>
          </div>
          <p>
            <button type="submit" className="button">
              {t('public.tipSend')}
            </button>
          </p>
        </Form>
        <div className="stack">
          <Form to="/tips/status" className="card stack">
            <h2>{t('public.tipFollow')}</h2>
            <div className="field">
              <label htmlFor="tip-code">{t('public.tipCode')}</label>
              <input
                id="tip-code"
                name="code"
                className="input mono"
                minLength={20}
                maxLength={40}
                autoComplete="off"
                required
                aria-describedby="tip-code-hint"
              />
              <span className="hint" id="tip-code-hint">
                {t('public.tipCodeHint')}
              </span>
            </div>
            <p>
              <button type="submit" className="button second">
                {t('public.tipFollowGo')}
              </button>
            </p>
          </Form>
          <div className="note calm">
            <Icon name="shield" />
            <div>
              <strong>{t('public.tipPromise')}</strong>
              <p>{t('public.tipPromiseText')}</p>
            </div>
          </div>
        </div>
      </div>
    </Reading>
  )
}

/** The receipt: the one time its code is shown. */
export function TipFiledPage({ code, at, unit, kind }: Extract<Page, { page: 'tip-filed' }>) {
  const { t, pick, language } = useWords()
  return (
    <Reading
      title={t('public.tipFiled')}
      intro={t('public.tipFiledText')}
      trail={[{ to: '/tips', title: t('public.tipsTitle') }]}
    >
      <section className="card receipt stack" aria-labelledby="code">
        <h2 id="code">{t('public.tipCode')}</h2>
        <p className="receipt-code mono">{code}</p>
        <dl className="facts">
          <div className="fact">
            <dt>{t('public.tipKind')}</dt>
            <dd>{pick(TIP_KINDS[kind])}</dd>
          </div>
          <div className="fact">
            <dt>{t('public.tipFiledAt')}</dt>
            <dd>{formatInstant(at, language)}</dd>
          </div>
          <div className="fact">
            <dt>{t('public.tipWith')}</dt>
            <dd>{pick(unit)}</dd>
          </div>
        </dl>
      </section>
    </Reading>
  )
}

/** Where a tip stands, for who has its code. */
export function TipStatusPage({ status }: Extract<Page, { page: 'tip-status' }>) {
  const { t, pick, language } = useWords()
  const last = status.steps.at(-1)
  const words = { file: 'public.stepFile', route: 'public.stepRoute', answer: 'public.stepAnswer' } as const
  return (
    <Reading
      title={t('public.tipStatus')}
      intro={t(last?.kind === 'answer' ? 'public.tipAnswered' : 'public.tipOpen', {
        unit: last ? pick(last.unit) : '',
      })}
      trail={[{ to: '/tips', title: t('public.tipsTitle') }]}
    >
      <ol className="steps">
        {status.steps.map((step, at) => (
          <li key={`${at}`} className={step.kind}>
            <h2>{t(words[step.kind])}</h2>
            <p className="faint">
              {formatInstant(step.at, language)} · {pick(step.unit)}
            </p>
            {step.text === undefined ? null : <p className="said">{step.text}</p>}
          </li>
        ))}
      </ol>
      <p>
        <To to="/tips">{t('public.tipAnother')}</To>
      </p>
    </Reading>
  )
}
