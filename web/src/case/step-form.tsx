import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../i18n.ts'
import { Area, Choices, Input, Select } from '../ui/field.tsx'
import { Failure } from '../ui/note.tsx'
import type { CaseBody } from './timeline.tsx'

type Next = CaseBody['next'][number]
export type Content = { [field in Field]?: string } & { fields?: Record<string, string> }
/** What a record says now, field by field: of which a correction says some anew. */
export type Correctable = { id: string; name: string; value: string; date: boolean }[]
/** Values that a field of a step may have, by `step/field`. */
export type Closed = Readonly<Record<string, readonly { value: string; title: string }[]>>
const FIELDS = ['statement', 'facts', 'reason', 'basis', 'document', 'outcome', 'day'] as const
type Field = (typeof FIELDS)[number]
const LONG: readonly Field[] = ['statement', 'facts', 'reason', 'basis']

/** What the rule writes into a step, whatever is typed; and what it may, so that one need not. */
const BY_RULE: readonly string[] = [
  'listing/notify/basis',
  'listing/notify/outcome',
  'listing/determine/basis',
  'listing/determine/outcome',
  'exemplar/determine/basis',
  'exemplar/determine/outcome',
  'measure/carry/basis',
  'measure/carry/outcome',
]
const MAY_BE_PROVEN: readonly string[] = ['listing/serve/document']

/** What may be done next in a case, and what it must say; done, `onDone` reads the case again. */
export function StepForm({
  next,
  send,
  onDone,
  title,
  machine = '',
  closed = {},
  correctable = [],
  hints = {},
}: {
  next: Next[]
  send: (kind: string, content: Content) => Promise<unknown>
  onDone: () => void
  title?: string
  machine?: string
  closed?: Closed
  correctable?: Correctable
  /** by step: what it means for whoever takes it */
  hints?: Readonly<Record<string, string>>
}) {
  const { t, pick } = useWords()
  const [kind, setKind] = useState(next.length === 1 ? (next[0]?.kind ?? '') : '')
  const [content, setContent] = useState<Content>({})
  const [tried, setTried] = useState(false)
  const step = next.find((one) => one.kind === kind)
  const key = (field: Field) => `${machine}/${kind}/${field}`
  const fields = FIELDS.filter(
    (field) => (step?.needs.includes(field) || step?.may.includes(field)) && !BY_RULE.includes(key(field)),
  )
  const needed = (field: Field) => step?.needs.includes(field) === true && !MAY_BE_PROVEN.includes(key(field))
  const missing = (field: Field) => needed(field) && !content[field]?.trim()
  const corrects = step?.needs.includes('fields') === true
  const corrected = Object.entries(content.fields ?? {}).filter(
    ([id, text]) => text !== (correctable.find((one) => one.id === id)?.value ?? ''),
  )
  const nothing = corrects && corrected.length === 0
  const said = (): Content => ({
    ...Object.fromEntries(fields.flatMap((field) => (content[field] ? [[field, content[field]]] : []))),
    ...(corrects ? { fields: Object.fromEntries(corrected) } : {}),
  })
  const act = useMutation({
    mutationFn: () => send(kind, said()),
    onSuccess: () => {
      setContent({})
      setTried(false)
      onDone()
    },
  })
  if (next.length === 0) return null
  return (
    <form
      className="stack form-width no-print"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (step && !fields.some(missing) && !nothing) act.mutate()
      }}
    >
      {next.length > 1 ? (
        <Choices
          legend={title ?? t('case.nextStep')}
          name="step"
          options={next.map((one) => ({ value: one.kind, title: pick(one.act) }))}
          value={kind}
          onValue={setKind}
        />
      ) : null}
      {hints[kind] ? <p className="soft">{hints[kind]}</p> : null}
      {corrects ? (
        <fieldset className="field">
          <legend className="field-legend">{t('case.correct')}</legend>
          <p className="hint">{t('case.correctHint')}</p>
          <div className="stack">
            {correctable.map((one) => (
              <Input
                key={one.id}
                label={one.name}
                type={one.date ? 'date' : 'text'}
                value={content.fields?.[one.id] ?? one.value}
                onChange={(event) =>
                  setContent({ ...content, fields: { ...content.fields, [one.id]: event.target.value } })
                }
              />
            ))}
          </div>
          {tried && nothing ? <span className="wrong">{t('case.correctNothing')}</span> : null}
        </fieldset>
      ) : null}
      {fields.map((field) => {
        const wrong = tried && missing(field) ? t('case.needed') : undefined
        const label = needed(field) ? t(`case.${field}`) : `${t(`case.${field}`)}${t('case.optional')}`
        const value = content[field] ?? ''
        const set = (text: string) => setContent({ ...content, [field]: text })
        const values = closed[`${kind}/${field}`]
        if (values)
          return (
            <Select key={field} label={label} wrong={wrong} value={value} onChange={(event) => set(event.target.value)}>
              <option value="">{t('case.choose')}</option>
              {values.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.title}
                </option>
              ))}
            </Select>
          )
        return LONG.includes(field) ? (
          <Area key={field} label={label} wrong={wrong} value={value} maxLength={4000} onText={set} />
        ) : (
          <Input
            key={field}
            label={label}
            wrong={wrong}
            value={value}
            type={field === 'day' ? 'date' : 'text'}
            maxLength={200}
            onChange={(event) => set(event.target.value)}
          />
        )
      })}
      {act.isError ? <Failure error={act.error} alert /> : null}
      <div className="row">
        <button
          type="submit"
          className={`button ${next.length === 1 && fields.length === 0 ? 'second' : ''}`}
          disabled={!step || act.isPending}
        >
          {step ? pick(step.act) : t('case.choose')}
        </button>
      </div>
    </form>
  )
}
