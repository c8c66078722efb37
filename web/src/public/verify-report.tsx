import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { parseVerifierKey } from '#domain/note.ts'
import { verifyReport } from '#domain/report-seal.ts'
import { call, type Reply } from '../api.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Page } from '../router.tsx'
import { Input } from '../ui/field.tsx'
import { Failure, Note } from '../ui/note.tsx'

type Answer = { check: Reply<'checkReport'>; file: 'genuine' | 'wrong' | 'other' | undefined }

/** The code of a report as its QR carries it: behind the #, which no server is sent. */
const codeInAddress = (): string => decodeURIComponent(location.hash.slice(1)).slice(0, 40)

/**
 * Checks a report by its code, and the file itself in this browser: the file goes nowhere. Genuine, altered, and whether
 * anything has changed since; nothing of the person is shown.
 */
async function check(code: string, file: File | undefined): Promise<Answer> {
  const [known, key] = await Promise.all([call('checkReport', { body: { code } }), call('ledgerKey', {})])
  if (!file) return { check: known, file: undefined }
  const log = await parseVerifierKey(key.trim())
  if (!log) return { check: known, file: 'wrong' }
  const verdict = await verifyReport(new Uint8Array(await file.arrayBuffer()), log)
  if (verdict.result !== 'genuine') return { check: known, file: 'wrong' }
  return { check: known, file: verdict.facts.digest === known.digest ? 'genuine' : 'other' }
}

const KINDS = { personal: 'personal', organisation: 'organisation', 'no-violations': 'noViolations' } as const

export function VerifyReport() {
  const { t, language } = useWords()
  const [code, setCode] = useState(codeInAddress)
  const [file, setFile] = useState<File>()
  const asked = useMutation({ mutationFn: () => check(code.trim(), file) })
  const found = asked.data
  return (
    <Page title={t('verify.title')} intro={t('verify.intro')} site={t('public.title')}>
      <form
        className="card stack form-width"
        onSubmit={(event) => {
          event.preventDefault()
          if (code.trim()) asked.mutate()
        }}
      >
        <Input
          label={t('verify.code')}
          hint={t('verify.codeHint')}
          value={code}
          maxLength={40}
          autoComplete="off"
          required
          onChange={(event) => setCode(event.target.value)}
        />
        <Input
          label={t('verify.file')}
          hint={t('verify.fileHint')}
          type="file"
          accept="application/pdf"
          onChange={(event) => setFile(event.target.files?.[0])}
        />
        <div className="row">
          <button type="submit" className="button" disabled={asked.isPending}>
            {t('verify.check')}
          </button>
        </div>
      </form>
      <div className="live stack" aria-live="polite">
        {asked.isError ? <Failure error={asked.error} /> : null}
        {found ? (
          <>
            <Note tone="good" title={t('verify.known')}>
              <p>
                {t(`verify.kind.${KINDS[found.check.kind]}`)} · {formatInstant(found.check.at, language)}
              </p>
            </Note>
            {found.check.changed ? (
              <Note tone="warn" title={t('verify.changed')}>
                <p>{t('verify.changedText')}</p>
              </Note>
            ) : (
              <Note tone="good" title={t('verify.same')} />
            )}
            {found.file ? (
              <Note tone={found.file === 'genuine' ? 'good' : 'bad'} title={t(`verify.${found.file}`)} />
            ) : null}
          </>
        ) : null}
      </div>
    </Page>
  )
}
