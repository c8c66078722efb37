import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../i18n.ts'
import { Area, Choices, Input } from '../ui/field.tsx'
import { Failure } from '../ui/note.tsx'
import type { CaseBody } from './timeline.tsx'

type Next = CaseBody['next'][number]
export type Content = { [field in Field]?: string }
const FIELDS = ['statement', 'facts', 'reason', 'basis', 'document', 'outcome', 'day'] as const
type Field = (typeof FIELDS)[number]
const LONG: readonly Field[] = ['statement', 'facts', 'reason', 'basis']

/** What may be done next in a case, and what it must say; done, `onDone` reads the case again. */
export function StepForm({
  next,
  send,
  onDone,
  title,
}: {
  next: Next[]
  send: (kind: string, content: Content) => Promise<unknown>
  onDone: () => void
  title?: string
}) {
  const { t, pick } = useWords()
  const [kind, setKind] = useState(next.length === 1 ? (next[0]?.kind ?? '') : '')
  const [content, setContent] = useState<Content>({})
  const [tried, setTried] = useState(false)
  const step = next.find((one) => one.kind === kind)
  const fields = FIELDS.filter((field) => step?.needs.includes(field) || step?.may.includes(field))
  const missing = (field: Field) => step?.needs.includes(field) && !content[field]?.trim()
  const act = useMutation({
    mutationFn: () =>
      send(kind, Object.fromEntries(fields.flatMap((field) => (content[field] ? [[field, content[field]]] : [])))),
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
        if (step && !fields.some(missing)) act.mutate()
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
      {fields.map((field) => {
        const wrong = tried && missing(field) ? t('case.needed') : undefined
        const label = step?.needs.includes(field) ? t(`case.${field}`) : `${t(`case.${field}`)}${t('case.optional')}`
        const value = content[field] ?? ''
        const set = (text: string) => setContent({ ...content, [field]: text })
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
