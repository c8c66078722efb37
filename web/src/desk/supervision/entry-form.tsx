import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Input as RouteInput } from '../../api.ts'
import { formatDay, today } from '../../format.ts'
import { useWords, type Words } from '../../i18n.ts'
import { Area, Choices, Input, Select } from '../../ui/field.tsx'
import { Failure } from '../../ui/note.tsx'

type Body = RouteInput<'addEntry'>['body']
export type EntryContent = Body['content']
type Named = { id: string; name: Words }

/** What a form can ask for; `of` is whom it is about, the rest stands in the content. */
export type EntryField =
  | 'of'
  | 'state'
  | 'stage'
  | 'task'
  | 'amount'
  | 'year'
  | 'people'
  | 'hours'
  | 'passed'
  | 'count'
  | 'value'
  | 'text'
  | 'present'
  | 'due'
  | 'document'
  | 'link'
type Values = Partial<Record<EntryField | 'day' | 'about', string>> & { present?: string }

const NUMBERS: readonly EntryField[] = ['amount', 'year', 'people', 'hours', 'passed', 'count']
const OPTIONAL: readonly EntryField[] = ['task', 'passed', 'due', 'document', 'link']
const STATES = ['under-way', 'done', 'blocked'] as const

type Props = {
  kind: string
  fields: readonly EntryField[]
  /** what it is about; several to choose from */
  about: string | readonly Named[]
  units?: readonly Named[]
  tasks?: readonly { id: string; title: Words }[]
  /** whom it is about, where that is settled */
  of?: string
  follows?: number
  /** the row this one takes the place of, and what it said */
  replaces?: { num: number; day: string; content: EntryContent; of?: string }
  onSaved: () => void
}

const textsOf = (content: EntryContent): Values =>
  Object.fromEntries(
    Object.entries(content).flatMap(([key, value]) =>
      key === 'scores'
        ? []
        : [[key, Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(' ') : String(value)]],
    ),
  )

/** One new row of supervision. What is missing is said beside its field; what the server refuses above the button. */
export function EntryForm({ kind, fields, about, units = [], tasks = [], of, follows, replaces, onSaved }: Props) {
  const { t, pick } = useWords()
  const client = useQueryClient()
  const [values, setValues] = useState<Values>(() => ({
    day: replaces?.day ?? today(),
    year: today().slice(0, 4),
    state: 'under-way',
    stage: 'allocated',
    ...(replaces ? textsOf(replaces.content) : {}),
    ...(replaces?.of === undefined ? {} : { of: replaces.of }),
  }))
  const [tried, setTried] = useState(false)
  const set = (field: keyof Values) => (text: string) => setValues({ ...values, [field]: text })
  const isMissing = (field: EntryField) => !OPTIONAL.includes(field) && !values[field]?.trim()
  const wrong = (field: EntryField | 'about') =>
    tried && (field === 'about' ? !values.about : isMissing(field)) ? t('supervise.needed') : undefined
  const chosen = typeof about === 'string' ? about : (values.about ?? '')
  const save = useMutation({
    mutationFn: () =>
      call('addEntry', {
        body: {
          kind,
          about: chosen,
          ...(values.day ? { day: values.day } : {}),
          ...((of ?? values.of) ? { of: of ?? values.of } : {}),
          ...(follows === undefined ? {} : { follows }),
          ...(replaces === undefined ? {} : { replaces: replaces.num }),
          content: contentOf(fields, values),
        },
      }),
    onSuccess: () => {
      setTried(false)
      void client.invalidateQueries({ queryKey: ['supervision'] })
      onSaved()
    },
  })

  const field = (name: EntryField) => {
    const label = t(name === 'text' ? 'supervise.content' : `supervise.${name}`)
    switch (name) {
      case 'text':
        return (
          <Area label={label} wrong={wrong('text')} value={values.text ?? ''} maxLength={2000} onText={set('text')} />
        )
      case 'state':
        return (
          <Choices
            legend={label}
            name={`${kind}-state`}
            value={values.state ?? ''}
            onValue={set('state')}
            options={STATES.map((value) => ({ value, title: t(`supervise.state_${value}`) }))}
          />
        )
      case 'stage':
        return (
          <Choices
            legend={label}
            name={`${kind}-stage`}
            value={values.stage ?? ''}
            onValue={set('stage')}
            options={(['allocated', 'spent'] as const).map((value) => ({ value, title: t(`supervise.${value}`) }))}
          />
        )
      case 'of':
        return of === undefined ? (
          <Pick label={label} wrong={wrong('of')} value={values.of ?? ''} onValue={set('of')} options={units} />
        ) : null
      case 'task':
        return (
          <Select label={label} value={values.task ?? ''} onChange={({ target }) => set('task')(target.value)}>
            <option value="">{t('supervise.noTask')}</option>
            {tasks.map(({ id, title }) => (
              <option key={id} value={id}>
                {pick(title)}
              </option>
            ))}
          </Select>
        )
      case 'present':
        return <Present units={units} value={values.present ?? ''} wrong={wrong('present')} onValue={set('present')} />
      case 'due':
        return (
          <Input
            type="date"
            label={label}
            value={values.due ?? ''}
            onChange={({ target }) => set('due')(target.value)}
          />
        )
      default:
        return (
          <Input
            label={label}
            wrong={wrong(name)}
            value={values[name] ?? ''}
            maxLength={name === 'link' ? 500 : 100}
            {...(NUMBERS.includes(name)
              ? { type: 'number', min: 0, step: name === 'amount' ? 0.01 : name === 'hours' ? 0.5 : 1 }
              : {})}
            {...(name === 'link' ? { type: 'url', inputMode: 'url' as const } : {})}
            onChange={({ target }) => set(name)(target.value)}
          />
        )
    }
  }

  return (
    <form
      className="stack form-width"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (chosen && !fields.some((name) => (name !== 'of' || of === undefined) && isMissing(name))) save.mutate()
      }}
    >
      {replaces ? <p className="soft">{t('supervise.correcting', { num: replaces.num })}</p> : null}
      {typeof about === 'string' ? null : (
        <Pick
          label={t('supervise.about')}
          wrong={wrong('about')}
          value={chosen}
          onValue={set('about')}
          options={about}
        />
      )}
      {fields.map((name) => (
        <div key={name}>{field(name)}</div>
      ))}
      <div className="narrow-field">
        <Input
          type="date"
          label={t('supervise.day')}
          max={today()}
          value={values.day ?? ''}
          onChange={({ target }) => set('day')(target.value)}
        />
      </div>
      {save.isError ? <Failure error={save.error} alert /> : null}
      <div>
        <button type="submit" className="button" disabled={save.isPending}>
          {t('supervise.save')}
        </button>
      </div>
    </form>
  )
}

function contentOf(fields: readonly EntryField[], values: Values): EntryContent {
  const said = fields.flatMap((name): [string, unknown][] => {
    const text = values[name]?.trim() ?? ''
    if (name === 'of' || text === '') return []
    if (name === 'present') return [[name, text.split(' ')]]
    return [[name, NUMBERS.includes(name) ? Number(text) : text]]
  })
  return Object.fromEntries(said)
}

function Pick(props: {
  label: string
  wrong: string | undefined
  value: string
  onValue: (value: string) => void
  options: readonly Named[]
}) {
  const { t, pick } = useWords()
  return (
    <Select
      label={props.label}
      wrong={props.wrong}
      value={props.value}
      onChange={({ target }) => props.onValue(target.value)}
    >
      <option value="">{t('supervise.choose')}</option>
      {props.options.map(({ id, name }) => (
        <option key={id} value={id}>
          {pick(name)}
        </option>
      ))}
    </Select>
  )
}

/** The units that were there, ticked off a list. */
function Present(props: {
  units: readonly Named[]
  value: string
  wrong: string | undefined
  onValue: (value: string) => void
}) {
  const { t, pick } = useWords()
  const chosen = new Set(props.value.split(' ').filter(Boolean))
  return (
    <fieldset className="field">
      <legend className="field-legend">{t('supervise.present')}</legend>
      <div className="present">
        {props.units.map(({ id, name }) => (
          <label className="check" key={id}>
            <input
              type="checkbox"
              checked={chosen.has(id)}
              onChange={({ target }) => {
                const next = new Set(chosen)
                if (target.checked) next.add(id)
                else next.delete(id)
                props.onValue([...next].join(' '))
              }}
            />
            {pick(name)}
          </label>
        ))}
      </div>
      {props.wrong ? <span className="wrong">{props.wrong}</span> : null}
    </fieldset>
  )
}

/** A date in words with what is said before it. */
export function Dated({ day }: { day: string }) {
  const { language } = useWords()
  return <time dateTime={day}>{formatDay(day, language)}</time>
}
