import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api.ts'
import { useWords } from '../i18n.ts'
import { Input, Select } from '../ui/field.tsx'
import { Failure } from '../ui/note.tsx'
import type { Purpose } from './purpose-fields.tsx'

/** Registers a matter at hand. Not a form of its own, because it also stands inside the look-up's. */
export function OpenMatter({
  purposes,
  onOpened,
  onCancel,
}: {
  purposes: Purpose[]
  onOpened: (number: string) => void
  onCancel?: () => void
}) {
  const { t, pick } = useWords()
  const [number, setNumber] = useState('')
  const [title, setTitle] = useState('')
  const [chosen, setPurpose] = useState('')
  const [tried, setTried] = useState(false)
  const purpose = purposes.length === 1 ? (purposes[0]?.id ?? '') : chosen
  const open = useMutation({
    mutationFn: (body: { number: string; title: string; purpose: string }) => call('openMatter', { body }),
    onSuccess: (matter) => {
      setNumber('')
      setTitle('')
      setTried(false)
      onOpened(matter.number)
    },
  })
  return (
    <div className="stack">
      <Input
        label={t('matters.number')}
        hint={t('matters.numberHint')}
        value={number}
        maxLength={64}
        autoComplete="off"
        wrong={tried && !number.trim() ? t('matters.numberMissing') : undefined}
        onChange={(event) => setNumber(event.target.value)}
      />
      <Input
        label={t('matters.subject')}
        hint={t('matters.subjectHint')}
        value={title}
        maxLength={200}
        autoComplete="off"
        wrong={tried && !title.trim() ? t('matters.subjectMissing') : undefined}
        onChange={(event) => setTitle(event.target.value)}
      />
      {purposes.length === 1 ? null : (
        <Select
          label={t('matters.purpose')}
          value={chosen}
          wrong={tried && !purpose ? t('matters.purposeMissing') : undefined}
          onChange={(event) => setPurpose(event.target.value)}
        >
          <option value="">{t('matters.purposeChoose')}</option>
          {purposes.map(({ id, name }) => (
            <option key={id} value={id}>
              {pick(name)}
            </option>
          ))}
        </Select>
      )}
      {open.isError ? <Failure error={open.error} alert /> : null}
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={open.isPending}
          onClick={() => {
            setTried(true)
            if (number.trim() && title.trim() && purpose)
              open.mutate({ number: number.trim(), title: title.trim(), purpose })
          }}
        >
          {t(open.isPending ? 'matters.opening' : 'matters.open')}
        </button>
        {onCancel ? (
          <button type="button" className="button quiet" onClick={onCancel}>
            {t('shared.cancel')}
          </button>
        ) : null}
      </div>
    </div>
  )
}
