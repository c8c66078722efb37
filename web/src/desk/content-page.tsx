import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { CONTENT_KINDS } from '#contract/site.ts'
import { call, type Reply } from '../api.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { useSession } from '../session.tsx'
import { Area } from '../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { ContentForm } from './content-form.tsx'

export type DeskText = Reply<'contents'>['contents'][number]
const TONES = { draft: '', submit: 'warn', publish: 'good', reject: 'bad', withdraw: '' } as const

/** The texts of the public site: written by one, reviewed by another, published, withdrawn. */
export function ContentPage() {
  const { t } = useWords()
  const { who } = useSession()
  const client = useQueryClient()
  const [told, setTold] = useState(false)
  const contents = useQuery({ queryKey: ['contents'], queryFn: ({ signal }) => call('contents', {}, signal) })
  if (contents.isPending) return <Skeleton lines={7} />
  if (contents.isError) return <Failure error={contents.error} onRetry={() => void contents.refetch()} />
  if (!contents.data.editor)
    return (
      <Empty icon="lock" title={t('content.notHere')}>
        <p>{t('content.notHereText')}</p>
      </Empty>
    )
  const changed = () => {
    setTold(true)
    void client.invalidateQueries({ queryKey: ['contents'] })
  }
  return (
    <div className="stack-l">
      <div className="live" aria-live="polite">
        {told ? <Note tone="good" title={t('content.done')} /> : null}
      </div>
      {who.roles.includes('clerk') ? (
        <details className="fold card">
          <summary>{t('content.write')}</summary>
          <ContentForm onSaved={changed} />
        </details>
      ) : null}
      {contents.data.contents.length === 0 ? <Empty icon="book" title={t('content.empty')} /> : null}
      {contents.data.contents.length > 0 ? (
        <ul className="stack">
          {contents.data.contents.map((text) => (
            <li key={text.num}>
              <Text text={text} onChanged={changed} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function Text({ text, onChanged }: { text: DeskText; onChanged: () => void }) {
  const { t, pick, language } = useWords()
  const { who } = useSession()
  const [reason, setReason] = useState('')
  const [checked, setChecked] = useState(false)
  const step = useMutation({
    mutationFn: (kind: 'submit' | 'publish' | 'reject' | 'withdraw') =>
      call('stepContent', {
        params: { num: text.num },
        body: {
          kind,
          version: kind === 'withdraw' ? (text.published ?? text.version) : text.version,
          ...(reason.trim() ? { reason: reason.trim() } : {}),
          ...(kind === 'publish' && checked
            ? { checked: text.consent === undefined ? ('anonymous' as const) : ('agreed' as const) }
            : {}),
        },
      }),
    onSuccess: onChanged,
  })
  const clerk = who.roles.includes('clerk')
  const reviewer = who.roles.includes('reviewer')
  const judges = reviewer && text.state === 'submit' && !text.mine
  const mayWithdraw = reviewer && text.published !== undefined
  const button = (kind: 'submit' | 'publish' | 'reject' | 'withdraw', style = '') => (
    <button type="button" className={`button ${style}`} disabled={step.isPending} onClick={() => step.mutate(kind)}>
      {t(`content.${kind}`)}
    </button>
  )
  return (
    <article className="card stack">
      <header>
        <p className="row">
          <span className="tag brand">{pick(CONTENT_KINDS[text.kind])}</span>
          <span className={`tag ${TONES[text.state]}`}>{t(`content.state_${text.state}`)}</span>
          {text.published === undefined ? null : (
            <span className="tag good">{t('content.publicVersion', { version: text.published })}</span>
          )}
        </p>
        <h2 className="h-small">{pick(text.title)}</h2>
        <p className="faint">
          {t('content.version', { version: text.version })} · {pick(text.author)} · {formatInstant(text.at, language)}
        </p>
        {text.reason ? <p className="soft">{t('content.because', { reason: text.reason })}</p> : null}
      </header>
      <details className="fold">
        <summary>{t('content.read')}</summary>
        <p className="text-body">{text.body.zh}</p>
        <p className="text-body" lang="en">
          {text.body.en}
        </p>
      </details>
      {text.names.length > 0 && text.state !== 'publish' ? (
        <Note tone="warn" title={t('content.names')}>
          <p>{text.names.join(language === 'zh' ? '、' : ', ')}</p>
        </Note>
      ) : null}
      {judges ? (
        <label className="check">
          <input type="checkbox" checked={checked} onChange={(event) => setChecked(event.target.checked)} />
          {text.consent === undefined ? t('content.anonymous') : t('content.agreed', { consent: text.consent })}
        </label>
      ) : null}
      {step.isError ? <Failure error={step.error} alert /> : null}
      {judges || mayWithdraw ? (
        <Area
          label={t('content.reason')}
          hint={t('content.reasonHint')}
          value={reason}
          maxLength={500}
          onText={setReason}
        />
      ) : null}
      {(clerk && text.state === 'draft') || judges || mayWithdraw ? (
        <div className="row">
          {clerk && text.state === 'draft' ? button('submit') : null}
          {judges ? button('publish') : null}
          {judges ? button('reject', 'grave') : null}
          {mayWithdraw ? button('withdraw', 'grave') : null}
        </div>
      ) : null}
      {clerk ? (
        <details className="fold">
          <summary>{t('content.rewrite')}</summary>
          <ContentForm key={text.version} text={text} onSaved={onChanged} />
        </details>
      ) : null}
    </article>
  )
}
