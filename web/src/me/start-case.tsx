import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { call, type Input as CallInput } from '../api.ts'
import { ACCEPT, sendFile, type Paper } from '../case/send-file.ts'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Link } from '../router.tsx'
import { Area, Input } from '../ui/field.tsx'
import { FileField } from '../ui/file-field.tsx'
import { Failure, Note } from '../ui/note.tsx'

export type Start = Pick<CallInput<'startMyCase'>['body'], 'machine' | 'kind' | 'record' | 'target'>
type Content = CallInput<'startMyCase'>['body']['content']

/** What a person's case changes of their pages. */
const READ_AGAIN = ['my-cases', 'my-archive', 'my-notices', 'my-measures']

/** Starts a case and then puts its papers there: what is in is in, also where a paper does not arrive. */
export function useStart(start: Start) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ content, papers }: { content: Content; papers: readonly Paper[] }) => {
      const receipt = await call('startMyCase', { body: { ...start, content } })
      let failed = 0
      for (const paper of papers) await sendFile('putMyEvidence', receipt.case, paper).catch(() => (failed += 1))
      return { ...receipt, failed }
    },
    onSuccess: () => {
      for (const key of READ_AGAIN) void client.invalidateQueries({ queryKey: [key] })
    },
  })
}

/** The receipt: when it came in, and where to follow it. */
export function Made({ day, failed }: { day: string; failed: number }) {
  const { t, language } = useWords()
  return (
    <Note
      tone={failed > 0 ? 'warn' : 'good'}
      title={t('way.made', { day: formatDay(day, language) })}
      alert
      actions={
        <Link className="button second" to="/me/cases">
          {t('me.cases')}
        </Link>
      }
    >
      {failed > 0 ? <p>{t('way.filesFailed')}</p> : null}
    </Note>
  )
}

/** The two buttons under a form, and what stopped it. */
export function SendRow(props: { error: unknown; pending: boolean; onNot: () => void }) {
  const { t } = useWords()
  return (
    <>
      {props.error ? <Failure error={props.error} alert /> : null}
      <div className="row">
        <button type="submit" className="button" disabled={props.pending}>
          {t(props.pending ? 'way.sending' : 'way.send')}
        </button>
        <button type="button" className="button quiet" onClick={props.onNot}>
          {t('way.not')}
        </button>
      </div>
    </>
  )
}

export type WordKind = 'object' | 'explain' | 'extend' | 'review' | 'sue' | 'contest'

/** A case begun in the person's own words, with papers if they have any. */
export function StartForm({
  start,
  words,
  onNot,
  children,
}: {
  start: Start
  words: WordKind
  onNot: () => void
  children?: ReactNode
}) {
  const { t } = useWords()
  const [statement, setStatement] = useState('')
  const [day, setDay] = useState('')
  const [paper, setPaper] = useState('')
  const [files, setFiles] = useState<File[]>([])
  const [tried, setTried] = useState(false)
  const begin = useStart(start)
  const wrong = (missing: boolean) => (tried && missing ? t('case.needed') : undefined)
  const content = {
    statement: statement.trim(),
    ...(words === 'extend' ? { day } : {}),
    ...(words === 'sue' && paper.trim() ? { document: paper.trim() } : {}),
  }
  if (begin.isSuccess) return <Made {...begin.data} />
  return (
    <form
      className="stack form-width no-print way-form"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (content.statement && (words !== 'extend' || day))
          begin.mutate({ content, papers: files.map((file) => ({ about: 'other', file })) })
      }}
    >
      {children}
      <Area
        label={t(`way.what.${words}`)}
        hint={t(`way.hint.${words}`)}
        wrong={wrong(!content.statement)}
        value={statement}
        maxLength={4000}
        onText={setStatement}
      />
      {words === 'extend' ? (
        <Input
          type="date"
          label={t('way.day')}
          wrong={wrong(!day)}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      ) : null}
      {words === 'sue' ? (
        <Input
          label={`${t('way.paper')}${t('case.optional')}`}
          value={paper}
          maxLength={200}
          onChange={(event) => setPaper(event.target.value)}
        />
      ) : null}
      <FileField label={t('way.attach')} hint={t('paper.hint')} accept={ACCEPT} files={files} onFiles={setFiles} />
      <SendRow error={begin.error} pending={begin.isPending} onNot={onNot} />
    </form>
  )
}
