import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ReceiptBody } from '#contract/shapes.ts'
import { useWords } from '../i18n.ts'
import { useSession } from '../session.tsx'
import { useCatalog } from '../shell.tsx'
import { Input, Select } from '../ui/field.tsx'
import { Failure, Note, Skeleton } from '../ui/note.tsx'
import { DropFile } from './drop-file.tsx'
import { ReceiptCard } from './receipt-card.tsx'
import { sendFile, type Sending } from './send-file.ts'
import { SendProgress } from './send-progress.tsx'
import { mayUse } from '../units.ts'

type State =
  | { at: 'form'; stopped?: boolean; error?: unknown }
  | { at: 'sending'; dryRun: boolean; progress: Sending }
  | { at: 'done'; receipt: ReceiptBody }

/** Sends a file of the own unit: choose, check, send, read what came of it. */
export function UploadPage() {
  const { t, pick } = useWords()
  const { who } = useSession()
  const client = useQueryClient()
  const catalog = useCatalog()
  const [itemId, setItem] = useState('')
  const [file, setFile] = useState<File>()
  const [key, setKey] = useState('')
  const [tried, setTried] = useState(false)
  const [state, setState] = useState<State>({ at: 'form' })
  const stop = useRef<AbortController>(undefined)

  if (catalog.isPending) return <Skeleton lines={7} />
  if (catalog.isError) return <Failure error={catalog.error} onRetry={() => void catalog.refetch()} />
  const unit = catalog.data.units.find(({ id }) => id === who.unit?.id)
  const items = catalog.data.items.filter(({ sources }) => unit && mayUse(sources, unit))
  const item = items.find(({ id }) => id === itemId)

  async function send(dryRun: boolean): Promise<void> {
    setTried(true)
    if (!item || !file) return
    const controller = new AbortController()
    stop.current = controller
    setState({ at: 'sending', dryRun, progress: { sent: 0, total: file.size, rows: 0, seconds: 0 } })
    try {
      const receipt = await sendFile({
        file,
        item: item.id,
        dryRun,
        key: key.trim() || undefined,
        signal: controller.signal,
        onProgress: (progress) => setState({ at: 'sending', dryRun, progress }),
      })
      setState({ at: 'done', receipt })
      void client.invalidateQueries({ queryKey: ['submissions'] })
      void client.invalidateQueries({ queryKey: ['held'] })
    } catch (error) {
      setState(controller.signal.aborted ? { at: 'form', stopped: true } : { at: 'form', error })
    }
  }

  if (state.at === 'sending')
    return <SendProgress dryRun={state.dryRun} progress={state.progress} onStop={() => stop.current?.abort()} />
  if (state.at === 'done') {
    const again = () => {
      setFile(undefined)
      setTried(false)
      setState({ at: 'form' })
    }
    return (
      <ReceiptCard
        receipt={state.receipt}
        actions={
          <>
            {state.receipt.status === 'dry-run' ? (
              <button type="button" className="button" onClick={() => void send(false)}>
                {t('upload.sendNow')}
              </button>
            ) : null}
            <button type="button" className="button second" onClick={again}>
              {t('upload.another')}
            </button>
          </>
        }
      />
    )
  }
  if (items.length === 0) return <Note tone="calm" title={t('upload.itemNone')} />
  return (
    <div className="stack-l form-width">
      {state.stopped ? <Note tone="calm" title={t('upload.stopped')} /> : null}
      {state.error === undefined ? null : <Failure error={state.error} alert />}
      <Select
        label={t('upload.item')}
        value={itemId}
        wrong={tried && !item ? t('upload.itemMissing') : undefined}
        onChange={(event) => setItem(event.target.value)}
      >
        <option value="">{t('upload.itemChoose')}</option>
        {items.map(({ id, name }) => (
          <option key={id} value={id}>
            {pick(name)}
          </option>
        ))}
      </Select>
      {item?.review ? <Note tone="brand" title={t('upload.review')} /> : null}
      {item ? (
        <details className="fold">
          <summary>{t('upload.columns')}</summary>
          <div className="stack">
            <p className="soft">{t('upload.columnsText')}</p>
            <ul className="columns">
              {item.fields.map((field) => (
                <li key={field.id}>
                  {field.required ? <strong>{pick(field.name)}</strong> : pick(field.name)} <code>{field.id}</code>
                </li>
              ))}
            </ul>
          </div>
        </details>
      ) : null}
      <DropFile file={file} onFile={setFile} wrong={tried && !file ? t('upload.fileMissing') : undefined} />
      <Input
        label={t('upload.batch')}
        hint={t('upload.batchHint')}
        value={key}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setKey(event.target.value)}
      />
      <div className="row">
        <button type="button" className="button second" onClick={() => void send(true)}>
          {t('upload.check')}
        </button>
        <button type="button" className="button" onClick={() => void send(false)}>
          {t('upload.send')}
        </button>
      </div>
    </div>
  )
}
