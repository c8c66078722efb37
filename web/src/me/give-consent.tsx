import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { call, type Reply } from '../api.ts'
import { addDays, addPeriod, daysBetween, formatDay, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { useCatalog } from '../shell.tsx'
import { Choices, Input, Select } from '../ui/field.tsx'
import { Failure, Skeleton } from '../ui/note.tsx'
import { mayUse } from '../units.ts'

type Catalog = Reply<'catalog'>

/** Gives a unit leave to look, for one purpose and at most as long as the purpose allows. */
export function GiveConsent({ onGiven }: { onGiven: () => void }) {
  const { t } = useWords()
  const catalog = useCatalog()
  return (
    <section className="card stack" aria-labelledby="give">
      <h2 id="give">{t('me.give')}</h2>
      {catalog.isPending ? <Skeleton /> : null}
      {catalog.isError ? <Failure error={catalog.error} onRetry={() => void catalog.refetch()} /> : null}
      {catalog.isSuccess ? <Form catalog={catalog.data} onGiven={onGiven} /> : null}
    </section>
  )
}

function Form({ catalog, onGiven }: { catalog: Catalog; onGiven: () => void }) {
  const { t, pick, language } = useWords()
  const purposes = catalog.purposes.filter((purpose) => purpose.ground === 'consent')
  const [purposeId, setPurpose] = useState(purposes[0]?.id ?? '')
  const [unitId, setUnit] = useState('')
  const [day, setDay] = useState('')
  const [tried, setTried] = useState(false)
  const purpose = purposes.find(({ id }) => id === purposeId)
  const units = catalog.units.filter((unit) => purpose && mayUse(purpose.units, unit))
  const unit = units.find(({ id }) => id === unitId)
  const longest = purpose?.longestConsent ?? 'P30D'
  const first = addDays(today(), 1)
  const last = addPeriod(today(), longest)
  const lastDays = daysBetween(today(), last)
  const wrongDay = day === '' ? t('me.dayMissing') : day < first || day > last ? beyond() : undefined
  const give = useMutation({
    mutationFn: (body: { unit: string; purpose: string; expires: string }) => call('giveConsent', { body }),
    onSuccess: () => {
      setUnit('')
      setDay('')
      setTried(false)
      onGiven()
    },
  })

  function beyond(): string {
    return t('me.dayBeyond', { day: formatDay(last, language) })
  }

  function periodWord(period: string): string {
    const [, number = '', letter] = /^P(\d+)([DMY])$/.exec(period) ?? []
    return t(letter === 'D' ? 'me.days' : letter === 'M' ? 'me.months' : 'me.years', { number })
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (unit && purpose && !wrongDay) give.mutate({ unit: unit.id, purpose: purpose.id, expires: day })
  }

  return (
    <form className="stack" onSubmit={submit} noValidate>
      <Choices
        legend={t('me.givePurpose')}
        name="purpose"
        value={purposeId}
        onValue={(value) => {
          setPurpose(value)
          setDay('')
        }}
        options={purposes.map((option) => ({
          value: option.id,
          title: pick(option.name),
          text: t('me.giveLongest', { longest: periodWord(option.longestConsent ?? 'P30D') }),
        }))}
      />
      <Select
        label={t('me.giveUnit')}
        value={unit ? unitId : ''}
        wrong={tried && !unit ? t('me.unitMissing') : undefined}
        onChange={(event) => setUnit(event.target.value)}
      >
        <option value="">{t('me.giveUnitChoose')}</option>
        {units.map(({ id, name }) => (
          <option key={id} value={id}>
            {pick(name)}
          </option>
        ))}
      </Select>
      <Input
        type="date"
        label={t('me.giveUntil')}
        hint={t('me.giveUntilHint', { longest: periodWord(longest), day: formatDay(last, language) })}
        wrong={tried ? wrongDay : undefined}
        min={first}
        max={last}
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
      <div className="row">
        {[1, 7, 30, 90]
          .filter((days) => days <= lastDays)
          .map((days) => (
            <button
              key={days}
              type="button"
              className="button second chip"
              onClick={() => setDay(addDays(today(), days))}
            >
              {t('me.giveDays', { days })}
            </button>
          ))}
      </div>
      {unit && purpose && !wrongDay ? (
        <p className="meaning">
          {t('me.giveMeaning', { unit: pick(unit.name), purpose: pick(purpose.name), day: formatDay(day, language) })}
        </p>
      ) : null}
      {give.isError ? <Failure error={give.error} alert /> : null}
      <button type="submit" className="button" disabled={give.isPending}>
        {t(give.isPending ? 'me.giveGoing' : 'me.giveGo')}
      </button>
    </form>
  )
}
