import type { ReceiptBody } from '#contract/shapes.ts'
import { addressOf, ApiError, call, callHeaders, readAnswer } from '../api.ts'

export type SendFile = {
  file: File
  item: string
  dryRun: boolean
  key?: string | undefined
  onProgress: (progress: Sending) => void
  signal: AbortSignal
}

/** How far an upload is: bytes that left, rows that were judged. `seconds` since it began. */
export type Sending = { sent: number; total: number; rows: number; seconds: number }

const POLL = 500

/**
 * Sends a file as it is and tells how it goes: the browser knows the bytes, the server is asked for the rows.
 * The file's own name stays here: names of files can be names of people. Throws ApiError.
 */
export async function sendFile({ file, item, dryRun, key, onProgress, signal }: SendFile): Promise<ReceiptBody> {
  const begun = performance.now()
  const progress = makeId()
  let state: Sending = { sent: 0, total: file.size, rows: 0, seconds: 0 }
  const tell = (change: Partial<Sending>) => {
    state = { ...state, ...change, seconds: (performance.now() - begun) / 1000 }
    onProgress(state)
  }
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(file.name)?.[0] ?? ''
  const query = { item, dryRun, progress, fileName: `file${ending}`, ...(key ? { key } : {}) }
  const poll = setInterval(() => {
    call('intakeProgress', { params: { id: progress } }, signal)
      .then(({ rows }) => tell({ rows }))
      .catch(() => undefined) // not there yet, or the line is down: the upload itself says so
  }, POLL)
  try {
    return await post(addressOf('intake', { query }), file, signal, (sent) => tell({ sent }))
  } finally {
    clearInterval(poll)
  }
}

/** XMLHttpRequest, because fetch does not say how many bytes have left. */
function post(url: string, file: File, signal: AbortSignal, onSent: (bytes: number) => void): Promise<ReceiptBody> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    for (const [name, value] of Object.entries(callHeaders())) request.setRequestHeader(name, value)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', (event) => onSent(event.loaded))
    request.addEventListener('error', () => reject(new ApiError('offline')))
    request.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')))
    request.addEventListener('load', () => {
      const type = request.getResponseHeader('content-type') ?? ''
      try {
        // a file that is refused whole comes with its receipt, so that its errors can be shown
        const refused =
          request.status >= 400 && request.status < 500
            ? readAnswer<ReceiptBody>(200, type, request.responseText)
            : undefined
        resolve(
          refused?.status === 'refused' ? refused : readAnswer<ReceiptBody>(request.status, type, request.responseText),
        )
      } catch (error) {
        reject(error instanceof Error ? error : new ApiError('fault'))
      }
    })
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

function makeId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
