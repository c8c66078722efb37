import { useRef, useState, type DragEvent } from 'react'
import { formatBytes } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Icon } from '../ui/icon.tsx'

/** A place to drop a file on, or to choose one. */
export function DropFile({
  file,
  onFile,
  wrong,
}: {
  file: File | undefined
  onFile: (file: File) => void
  wrong: string | undefined
}) {
  const { t } = useWords()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  function drop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    const dropped = event.dataTransfer.files[0]
    if (dropped) onFile(dropped)
  }

  return (
    <div className="field">
      <div
        className={`drop ${over ? 'over' : ''} ${wrong ? 'missing' : ''}`}
        role="presentation"
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name={file ? 'file' : 'upload'} size={32} />
        {file ? (
          <p>
            <strong>{file.name}</strong> <span className="soft num">{formatBytes(file.size)}</span>
          </p>
        ) : (
          <p>{t('upload.drop')}</p>
        )}
        <button
          type="button"
          className="button second"
          aria-describedby="drop-formats drop-wrong"
          onClick={() => input.current?.click()}
        >
          {t(file ? 'upload.change' : 'upload.choose')}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t('upload.choose')}
          accept=".csv,.tsv,.txt,.xlsx,.ndjson,.jsonl"
          onChange={(event) => {
            const chosen = event.target.files?.[0]
            if (chosen) onFile(chosen)
            event.target.value = ''
          }}
        />
        <p className="faint" id="drop-formats">
          {t('upload.formats')}
        </p>
      </div>
      <span className="wrong" id="drop-wrong">
        {wrong}
      </span>
    </div>
  )
}
