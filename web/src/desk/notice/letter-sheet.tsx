import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { call, saveFile, type Input as CallInput, type Reply } from '../../api.ts'
import { Served } from '../../case/served.tsx'
import { formatDay, formatInstant, today } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { Choices, Input, Select } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Failure, Note, Skeleton } from '../../ui/note.tsx'

type Letter = Reply<'letter'>
type Delivery = CallInput<'recordDelivery'>['body']
const WAYS = ['post', 'handed', 'left', 'public'] as const

/** One letter: what it says, to be printed; what became of it, to be recorded; who opened it. */
export function LetterSheet({ id, onBack }: { id: string; onBack: () => void }) {
  const { t, pick, language } = useWords()
  const params = { letter: id }
  const letter = useQuery({
    queryKey: ['letter', id],
    queryFn: ({ signal }) => call('letter', { params }, signal),
    // each opening is a look-up that the person sees: not again by itself, and not kept
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const print = useMutation({ mutationFn: () => saveFile('letterFile', { params }, { file: `letter-${today()}.pdf` }) })
  const back = (
    <div className="row no-print">
      <button type="button" className="button quiet" onClick={onBack}>
        {t('letters.back')}
      </button>
    </div>
  )
  if (letter.isPending) return <Skeleton lines={8} />
  if (letter.isError)
    return (
      <div className="stack-l">
        {back}
        <Failure error={letter.error} onRetry={() => void letter.refetch()} />
      </div>
    )
  const { data } = letter
  const done = data.service.some(({ ok }) => ok)
  return (
    <div className="stack-l">
      {back}
      <Note tone="brand" icon="eye" title={t('lookUp.recorded')}>
        <p className="num">{t('lookUp.recordedText', { access: data.access, at: formatInstant(data.at, language) })}</p>
      </Note>
      <div className="case-sides">
        <article className="card stack" aria-label={t('letters.letter')}>
          <p className="faint">{pick(data.unit)}</p>
          <p>
            <strong>{data.to.name || t('caseFile.notOnFile')}</strong>{' '}
            <span className="soft num">{data.to.number}</span>
          </p>
          <p className="soft">{data.to.address ?? t('letters.noAddress')}</p>
          <h2 className="h-small">{pick(data.title)}</h2>
          <p className="faint">{formatDay(data.told.slice(0, 10), language)}</p>
          <p className="pre-line">{pick(data.text)}</p>
          {print.isError ? <Failure error={print.error} alert /> : null}
          <div className="row no-print">
            <button type="button" className="button" disabled={print.isPending} onClick={() => print.mutate()}>
              <Icon name="download" />
              {t('letters.print')}
            </button>
          </div>
        </article>
        <div className="stack">
          <section className="card stack" aria-labelledby="letter-service">
            <h2 id="letter-service" className="h-small">
              {t('served.title')}
            </h2>
            <Served service={data.service} />
            {done ? <p className="soft">{t('letters.done')}</p> : <Recording letter={data} onDone={onBack} />}
          </section>
          <section className="card stack" aria-labelledby="letter-opened">
            <h2 id="letter-opened" className="h-small">
              {t('letters.opened', { count: data.opened.length })}
            </h2>
            <p className="soft">{t('letters.openedText')}</p>
            <ol className="stack-s">
              {data.opened.map(({ at, by }) => (
                <li key={`${at} ${by.en}`} className="num">
                  {formatInstant(at, language)} · {pick(by)}
                </li>
              ))}
            </ol>
          </section>
        </div>
      </div>
    </div>
  )
}

/** What stands on the slip that came back (送达回证). */
function Recording({ letter, onDone }: { letter: Letter; onDone: () => void }) {
  const { t } = useWords()
  const [how, setHow] = useState<Delivery['how']>('post')
  const [day, setDay] = useState(today())
  const [receipt, setReceipt] = useState('')
  const [got, setGot] = useState('yes')
  const [tried, setTried] = useState(false)
  const send = useMutation({
    mutationFn: (body: Delivery) => call('recordDelivery', { params: { letter: letter.letter }, body }),
    onSuccess: onDone,
  })
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (receipt.trim() && day) send.mutate({ how, day, receipt: receipt.trim(), delivered: got === 'yes' })
  }
  return (
    <form className="stack" autoComplete="off" noValidate onSubmit={submit}>
      <Choices
        legend={t('letters.result')}
        name="letter-result"
        value={got}
        onValue={setGot}
        options={[
          { value: 'yes', title: t('letters.delivered') },
          { value: 'no', title: t('letters.cameBack') },
        ]}
      />
      <div className="field-pair">
        <Select
          label={t('letters.how')}
          value={how}
          onChange={(event) => setHow(WAYS.find((one) => one === event.target.value) ?? 'post')}
        >
          {WAYS.map((one) => (
            <option key={one} value={one}>
              {t(`letters.way.${one}`)}
            </option>
          ))}
        </Select>
        <Input
          type="date"
          label={t('letters.day')}
          value={day}
          max={today()}
          wrong={tried && !day ? t('case.needed') : undefined}
          onChange={(event) => setDay(event.target.value)}
        />
      </div>
      <Input
        label={t('letters.receipt')}
        hint={t('letters.receiptHint')}
        value={receipt}
        maxLength={200}
        wrong={tried && !receipt.trim() ? t('case.needed') : undefined}
        onChange={(event) => setReceipt(event.target.value)}
      />
      {send.isError ? <Failure error={send.error} alert /> : null}
      <div>
        <button type="submit" className="button second" disabled={send.isPending}>
          {t('letters.record')}
        </button>
      </div>
    </form>
  )
}
