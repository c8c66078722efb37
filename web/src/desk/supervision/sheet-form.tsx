import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { formatNumber, today } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { Input, Select } from '../../ui/field.tsx'
import { Failure } from '../../ui/note.tsx'
import type { Plan } from './plan.ts'

/** A scoring sheet of the pack filled in for one unit and year: line by line, with the total as it grows. */
export function SheetForm({ plan, onSaved }: { plan: Plan; onSaved: () => void }) {
  const { t, pick, language } = useWords()
  const client = useQueryClient()
  const [chosen, setChosen] = useState('')
  const [unit, setUnit] = useState('')
  const [year, setYear] = useState(today().slice(0, 4))
  const [points, setPoints] = useState<Record<number, string>>({})
  const [tried, setTried] = useState(false)
  const sheet = plan.sheets.find(({ id }) => id === chosen)
  const lines = sheet?.lines ?? []
  const numberOf = (at: number) => (points[at]?.trim() ? Number(points[at]) : Number.NaN)
  const isWrong = (at: number) => !(numberOf(at) >= 0 && numberOf(at) <= (lines[at]?.of ?? 0))
  const total = Math.round(lines.reduce((sum, _, at) => sum + (numberOf(at) || 0), 0) * 100) / 100
  const most = lines.reduce((sum, { of }) => sum + of, 0)
  const save = useMutation({
    mutationFn: () =>
      call('addEntry', {
        body: {
          kind: 'evaluation',
          about: chosen,
          of: unit,
          content: {
            year: Number(year),
            by: sheet?.by ?? 'inspection',
            scores: lines.map(({ title, of }, at) => ({ title: title.zh, points: numberOf(at), of })),
          },
        },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['supervision'] })
      onSaved()
    },
  })
  if (plan.sheets.length === 0) return <p className="soft">{t('assessment.noSheet')}</p>
  return (
    <form
      className="stack form-width"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (sheet && unit && !lines.some((_, at) => isWrong(at))) save.mutate()
      }}
    >
      <Select
        label={t('assessment.sheet')}
        value={chosen}
        wrong={tried && !sheet ? t('supervise.needed') : undefined}
        onChange={({ target }) => {
          setChosen(target.value)
          setUnit('')
          setPoints({})
        }}
      >
        <option value="">{t('assessment.sheetChoose')}</option>
        {plan.sheets.map(({ id, name }) => (
          <option key={id} value={id}>
            {pick(name)}
          </option>
        ))}
      </Select>
      {sheet ? (
        <>
          <div className="field-pair">
            <Select
              label={t('assessment.unit')}
              value={unit}
              wrong={tried && !unit ? t('supervise.needed') : undefined}
              onChange={({ target }) => setUnit(target.value)}
            >
              <option value="">{t('supervise.choose')}</option>
              {sheet.units.map(({ id, name }) => (
                <option key={id} value={id}>
                  {pick(name)}
                </option>
              ))}
            </Select>
            <Input
              type="number"
              label={t('assessment.year')}
              min={2000}
              max={2200}
              value={year}
              onChange={({ target }) => setYear(target.value)}
            />
          </div>
          <div className="sheet-lines">
            {lines.map(({ title, of, how }, at) => (
              <Input
                key={title.zh}
                type="number"
                min={0}
                max={of}
                step={0.5}
                label={pick(title)}
                hint={`${t('assessment.of', { of })}${how ? `${language === 'zh' ? '；' : '; '}${pick(how)}` : ''}`}
                wrong={tried && isWrong(at) ? t('assessment.of', { of }) : undefined}
                value={points[at] ?? ''}
                onChange={({ target }) => setPoints({ ...points, [at]: target.value })}
              />
            ))}
          </div>
          <output className="num">
            {t('assessment.total', { points: formatNumber(total, language), of: formatNumber(most, language) })}
          </output>
        </>
      ) : null}
      {save.isError ? <Failure error={save.error} alert /> : null}
      <div>
        <button type="submit" className="button" disabled={save.isPending}>
          {t('supervise.save')}
        </button>
      </div>
    </form>
  )
}
