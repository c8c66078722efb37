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

type FileVerdict = 'genuine' | 'wrong' | 'other' | 'unable'
type Answer = { check: Reply<'checkReport'>; file: FileVerdict | undefined }
const TONES = { genuine: 'good', wrong: 'bad', other: 'bad', unable: 'warn' } as const

/** The code of a report as its QR carries it: behind the #, which no server is sent. */
const codeInAddress = (): string => decodeURIComponent(location.hash.slice(1)).slice(0, 40)

/**
 * Checks a report by its code, and the file itself in this browser: the file goes nowhere. Genuine, altered, and whether
 * anything has changed since; nothing of the person is shown.
 */
async function check(code: string, file: File | undefined): Promise<Answer> {
  const [known, key] = await Promise.all([call('checkReport', { body: { code } }), call('ledgerKey', {})])
  return { check: known, file: file && (await judge(file, key, known.digest)) }
}

/** What the file is by its own seal. A browser that cannot tell says so, and accuses nobody. */
async function judge(file: File, key: string, digest: string): Promise<FileVerdict> {
  // browsers hash only over HTTPS and on this machine
  if (!globalThis.crypto?.subtle) return 'unable'
  try {
    const log = await parseVerifierKey(key.trim())
    // not file.arrayBuffer(): browsers inside of apps may lack it
    const bytes = new Uint8Array(await new Response(file).arrayBuffer())
    const verdict = log && (await verifyReport(bytes, log))
    if (verdict?.result !== 'genuine') return 'wrong'
    return verdict.facts.digest === digest ? 'genuine' : 'other'
  } catch (error) {
    // no Ed25519 before 2023 to 2025
    if (error instanceof DOMException && error.name === 'NotSupportedError') return 'unable'
    throw error
  }
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
            {found.file ? (
              <Note tone={TONES[found.file]} title={t(`verify.${found.file}`)} alert={found.file !== 'genuine'}>
                {found.file === 'genuine' ? null : <p>{t(`verify.${found.file}Text`)}</p>}
              </Note>
            ) : null}
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
          </>
        ) : null}
      </div>
    </Page>
  )
}
