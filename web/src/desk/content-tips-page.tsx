import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { TIP_KINDS } from '#contract/site.ts'
import { call, type Reply } from '../api.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Area, Select } from '../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'

type Queue = Reply<'tips'>
type Line = Queue['tips'][number]

/** Tips and complaints that lie with the own unit. */
export function TipsPage() {
  const { t, pick, language } = useWords()
  const client = useQueryClient()
  const [opened, setOpened] = useState<number>()
  const [told, setTold] = useState<{ num: number; kind: string }>()
  const tips = useQuery({ queryKey: ['tips'], queryFn: ({ signal }) => call('tips', {}, signal) })
  if (tips.isPending) return <Skeleton lines={7} />
  if (tips.isError) return <Failure error={tips.error} onRetry={() => void tips.refetch()} />
  const done = (step: { num: number; kind: string }) => {
    setTold(step)
    setOpened(undefined)
    client.removeQueries({ queryKey: ['tip', step.num] })
    void client.invalidateQueries({ queryKey: ['tips'] })
  }
  const line = ({ num, kind, at, answered }: Line) => (
    <li key={num} className="card stack">
      <div className="row-between">
        <div>
          <p className="row">
            <span className="tag brand">{pick(TIP_KINDS[kind])}</span>
            <span className={`tag ${answered ? 'good' : 'warn'}`}>{t(answered ? 'tips.answered' : 'tips.open')}</span>
          </p>
          <p className="faint num">
            {num} · {formatInstant(at, language)}
          </p>
        </div>
        {opened === num ? null : (
          <button
            type="button"
            className="button second"
            aria-label={`${t('tips.read')} ${num}`}
            onClick={() => {
              setOpened(num)
              setTold(undefined)
            }}
          >
            {t('tips.read')}
          </button>
        )}
      </div>
      {opened === num ? <Tip num={num} units={tips.data.units} onDone={done} /> : null}
    </li>
  )
  return (
    <div className="stack">
      <Note tone="calm" title={t('tips.promise')} />
      {told ? (
        <Note
          key={told.num}
          tone="good"
          title={t(told.kind === 'answer' ? 'tips.doneAnswer' : 'tips.doneRoute', { num: told.num })}
          alert
        />
      ) : null}
      {tips.data.tips.length === 0 ? (
        <Empty icon="inbox" title={t('tips.empty')} />
      ) : (
        <ul className="stack">{tips.data.tips.map(line)}</ul>
      )}
    </div>
  )
}

function Tip({ num, units, onDone }: { num: number; units: Queue['units']; onDone: (step: Reply<'stepTip'>) => void }) {
  const { t, pick, language } = useWords()
  const [unit, setUnit] = useState('')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const tip = useQuery({
    queryKey: ['tip', num],
    queryFn: ({ signal }) => call('tip', { params: { num } }, signal),
    staleTime: Infinity,
  })
  const act = useMutation({
    mutationFn: (step: number) =>
      call('stepTip', {
        params: { num },
        body: { kind: unit === '' ? 'answer' : 'route', step, text: text.trim(), ...(unit === '' ? {} : { unit }) },
      }),
    onSuccess: onDone,
  })
  if (tip.isPending) return <Skeleton lines={3} />
  if (tip.isError) return <Failure error={tip.error} alert />
  const last = tip.data.steps.at(-1)
  return (
    <div className="stack">
      <p className="text-body">{tip.data.text}</p>
      {tip.data.contact ? <p className="soft">{t('tips.contact', { contact: tip.data.contact })}</p> : null}
      {tip.data.steps.slice(1).map((step) => (
        <p key={step.at} className="note calm">
          {pick(step.unit)} · {formatInstant(step.at, language)}
          <br />
          {step.text}
        </p>
      ))}
      {last?.kind === 'answer' ? null : (
        <form
          className="stack form-width"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setTried(true)
            if (text.trim().length > 1) act.mutate(tip.data.steps.length + 1)
          }}
        >
          <Select label={t('tips.what')} value={unit} onChange={({ target }) => setUnit(target.value)}>
            <option value="">{t('tips.answerIt')}</option>
            {units.map(({ id, name }) => (
              <option key={id} value={id}>
                {t('tips.passTo', { unit: pick(name) })}
              </option>
            ))}
          </Select>
          <Area
            label={t(unit === '' ? 'tips.answer' : 'tips.word')}
            hint={t(unit === '' ? 'tips.answerHint' : 'tips.wordHint')}
            wrong={tried && text.trim().length < 2 ? t('tips.missing') : undefined}
            value={text}
            maxLength={4000}
            onText={setText}
          />
          {act.isError ? <Failure error={act.error} alert /> : null}
          <div>
            <button type="submit" className="button" disabled={act.isPending}>
              {t('tips.send')}
            </button>
          </div>
        </form>
      )}
    </div>
  )
}
