import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { CONTENT_KIND_NAMES, CONTENT_KINDS, isContentKind, type ContentKind } from '#contract/site.ts'
import { call } from '../api.ts'
import { useWords } from '../i18n.ts'
import { Area, Input, Select } from '../ui/field.tsx'
import { Failure } from '../ui/note.tsx'
import type { DeskText } from './content-page.tsx'

/** A draft, or the next version of a text: both languages, and the days its kind needs. */
export function ContentForm({ text, onSaved }: { text?: DeskText; onSaved: () => void }) {
  const { t, pick } = useWords()
  const [kind, setKind] = useState<ContentKind>(text?.kind ?? 'knowledge')
  const [title, setTitle] = useState(text?.title ?? { zh: '', en: '' })
  const [body, setBody] = useState(text?.body ?? { zh: '', en: '' })
  const [days, setDays] = useState({ day: text?.day ?? '', until: text?.until ?? '', consent: text?.consent ?? '' })
  const [tried, setTried] = useState(false)
  const save = useMutation({
    mutationFn: () =>
      call('writeContent', {
        body: {
          ...(text ? { num: text.num } : {}),
          kind,
          title,
          body,
          ...(days.day ? { day: days.day } : {}),
          ...(days.until ? { until: days.until } : {}),
          ...(days.consent ? { consent: days.consent } : {}),
        },
      }),
    onSuccess: onSaved,
  })
  const missing = (value: string) => (tried && !value.trim() ? t('content.missing') : undefined)
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if ([title.zh, title.en, body.zh, body.en].every((value) => value.trim())) save.mutate()
      }}
    >
      {text ? null : (
        <Select
          label={t('content.kind')}
          value={kind}
          onChange={({ target }) => (isContentKind(target.value) ? setKind(target.value) : undefined)}
        >
          {CONTENT_KIND_NAMES.map((one) => (
            <option key={one} value={one}>
              {pick(CONTENT_KINDS[one])}
            </option>
          ))}
        </Select>
      )}
      <Input
        label={t('content.titleZh')}
        value={title.zh}
        maxLength={120}
        wrong={missing(title.zh)}
        onChange={({ target }) => setTitle({ ...title, zh: target.value })}
      />
      <Input
        label={t('content.titleEn')}
        value={title.en}
        maxLength={240}
        wrong={missing(title.en)}
        onChange={({ target }) => setTitle({ ...title, en: target.value })}
      />
      <Area
        label={t('content.bodyZh')}
        hint={t('content.markup')}
        value={body.zh}
        maxLength={20_000}
        wrong={missing(body.zh)}
        onText={(zh) => setBody({ ...body, zh })}
      />
      <Area
        label={t('content.bodyEn')}
        value={body.en}
        maxLength={40_000}
        wrong={missing(body.en)}
        onText={(en) => setBody({ ...body, en })}
      />
      <div className="field-pair">
        <Input
          type="date"
          label={t('content.day')}
          value={days.day}
          onChange={({ target }) => setDays({ ...days, day: target.value })}
        />
        <Input
          type="date"
          label={t('content.until')}
          value={days.until}
          onChange={({ target }) => setDays({ ...days, until: target.value })}
        />
      </div>
      <Input
        label={t('content.consent')}
        hint={t('content.consentHint')}
        value={days.consent}
        maxLength={100}
        onChange={({ target }) => setDays({ ...days, consent: target.value })}
      />
      {save.isError ? <Failure error={save.error} alert /> : null}
      <div>
        <button type="submit" className="button" disabled={save.isPending}>
          {t('content.save')}
        </button>
      </div>
    </form>
  )
}
