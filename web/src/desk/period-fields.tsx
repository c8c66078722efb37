import { today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Input } from '../ui/field.tsx'

export type Days = { from: string; until: string }

/** From one day until another. */
export function PeriodFields({ value, onValue }: { value: Days; onValue: (value: Days) => void }) {
  const { t } = useWords()
  return (
    <div className="field-pair narrow">
      <Input
        type="date"
        label={t('quality.from')}
        max={value.until || today()}
        value={value.from}
        onChange={(event) => onValue({ ...value, from: event.target.value })}
      />
      <Input
        type="date"
        label={t('quality.until')}
        min={value.from}
        max={today()}
        value={value.until}
        onChange={(event) => onValue({ ...value, until: event.target.value })}
      />
    </div>
  )
}

/** The two days as a query: what is not filled in is left to the server. */
export function periodQuery({ from, until }: Days): { from?: string; until?: string } {
  return { ...(from ? { from } : {}), ...(until ? { until } : {}) }
}
