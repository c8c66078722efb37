/**
 * The seal of a report: a signed note (domain/note) appended to the PDF as an attachment. The note says the digest of
 * everything before it and carries the proof that the look-up which the report is stands in the ledger. What is appended
 * follows from the note alone, so that a change of any one byte of the file is found. Nothing here needs a server: the
 * command line and the browser of whoever is shown a report run the same code.
 */
import { verifyCheckpoint } from './checkpoint.ts'
import { sha256, verifyInclusion } from './merkle-verify.ts'
import { fromBase64, openNote, toBase64, type NoteVerifier } from './note.ts'
import { isReportKind, readCode, type ReportKind } from './report.ts'

/** What a report's note says. `at` is the instant the archive is shown as of; `digest` that of the `size` bytes before the seal. */
export type ReportFacts = {
  origin: string
  code: string
  kind: ReportKind
  at: string
  pack: string
  size: number
  digest: string
  /** number of the look-up in the access log, its leaf in the ledger, and the proof that it is there */
  access: string
  proof: { leaf: Uint8Array; index: number; hashes: Uint8Array[]; checkpoint: string }
}

export type ReportVerdict =
  | { result: 'genuine'; facts: ReportFacts; leaves: number }
  | { result: 'altered' | 'unknown-key' | 'no-report' }

const HEAD = 'xinheng report v1'
/** Begins what is appended; a report is taken apart by the last of these. */
const MARK = '%xinheng-seal\n'
export const SEAL_NAME = 'xinheng-report.note.txt'

/** The text that is signed, one fact a line. */
export function formatFacts(facts: ReportFacts): string {
  const { proof } = facts
  const lines: [string, string | number][] = [
    ['origin', facts.origin],
    ['code', facts.code],
    ['kind', facts.kind],
    ['at', facts.at],
    ['pack', facts.pack],
    ['size', facts.size],
    ['sha256', facts.digest],
    ['access', facts.access],
    ['leaf', toBase64(proof.leaf)],
    ['index', proof.index],
    ['path', proof.hashes.map(toBase64).join(',')],
    ['checkpoint', toBase64(new TextEncoder().encode(proof.checkpoint))],
  ]
  return [HEAD, ...lines.map(([name, value]) => `${name} ${value}`), ''].join('\n')
}

/** Reads the text of a note; undefined where it is not that of a report. Verifies nothing. */
export function parseFacts(text: string): ReportFacts | undefined {
  const [head, ...lines] = text.split('\n')
  const said = new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]))
  const get = (name: string) => said.get(name) ?? ''
  const leaf = fromBase64(get('leaf'))
  const checkpoint = fromBase64(get('checkpoint'))
  const hashes = get('path') === '' ? [] : get('path').split(',').map(fromBase64)
  const kind = get('kind')
  if (head !== HEAD || !isReportKind(kind) || readCode(get('code')) === undefined || !leaf || !checkpoint)
    return undefined
  const facts = {
    origin: get('origin'),
    code: get('code'),
    kind,
    at: get('at'),
    pack: get('pack'),
    size: Number(get('size')),
    digest: get('sha256'),
    access: get('access'),
    proof: {
      leaf,
      index: Number(get('index')),
      hashes: hashes.filter((hash) => hash !== undefined),
      checkpoint: new TextDecoder().decode(checkpoint),
    },
  }
  // one spelling only: what is read is what was signed
  return formatFacts(facts) === text ? facts : undefined
}

const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
export const digestOf = async (bytes: Uint8Array): Promise<string> => toHex(await sha256(bytes))

/** Bytes as text one to one, for looking into a PDF. */
function latin(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/**
 * The PDF with its note attached, as an incremental update (ISO 32000-1 §7.5.6): every byte of it follows from the two.
 * Throws where the bytes are not a PDF with one plain trailer, as ours are.
 */
export function attachSeal(pdf: Uint8Array, note: string): Uint8Array {
  const text = latin(pdf)
  const end = text.lastIndexOf('trailer')
  const trailer = text.slice(end)
  const root = /\/Root (\d+) 0 R/.exec(trailer)?.[1]
  const size = /\/Size (\d+)/.exec(trailer)?.[1]
  const id = /\/ID (\[[^\]]*\])/.exec(trailer)?.[1]
  const start = /startxref\s+(\d+)/.exec(trailer)?.[1]
  const catalog = new RegExp(`\\n${root} 0 obj\\n<<([\\s\\S]*?)>>\\nendobj`).exec(text)?.[1]
  if (end < 0 || !root || !size || !start || catalog === undefined || /\/AF\b/.test(catalog))
    throw new Error('not a PDF that can be sealed')
  const first = Number(size)
  const bytes = new TextEncoder().encode(note)
  const name = `(${SEAL_NAME})`
  const objects: [number, string, Uint8Array?][] = [
    [
      Number(root),
      `<<${catalog.replace(/\/Names [^\n]*\n/, '')}/AF [${first + 1} 0 R]\n/Names << /EmbeddedFiles << /Names [${name} ${first + 1} 0 R] >> >>\n>>`,
    ],
    [
      first,
      `<< /Type /EmbeddedFile /Subtype /text#2Fplain /Length ${bytes.length} /Params << /Size ${bytes.length} >> >>`,
      bytes,
    ],
    [
      first + 1,
      `<< /Type /Filespec /AFRelationship /Data /F ${name} /UF ${name} /EF << /F ${first} 0 R /UF ${first} 0 R >> >>`,
    ],
  ]
  const encode = (part: string) => new TextEncoder().encode(part)
  const parts: Uint8Array[] = [pdf, encode(MARK)]
  const places = new Map<number, number>()
  let at = pdf.length + MARK.length
  const add = (part: Uint8Array) => {
    parts.push(part)
    at += part.length
  }
  for (const [num, dictionary, stream] of objects) {
    places.set(num, at)
    add(encode(`${num} 0 obj\n${dictionary}\n`))
    if (stream) {
      add(encode('stream\n'))
      add(stream)
      add(encode('\nendstream\n'))
    }
    add(encode('endobj\n'))
  }
  const table = at
  const entry = (num: number) => `${String(places.get(num) ?? 0).padStart(10, '0')} 00000 n \n`
  add(encode(`xref\n${root} 1\n${entry(Number(root))}${first} 2\n${entry(first)}${entry(first + 1)}`))
  add(encode(`trailer\n<< /Size ${first + 2} /Root ${root} 0 R /Prev ${start}${id ? ` /ID ${id}` : ''} >>\n`))
  add(encode(`startxref\n${table}\n%%EOF\n`))
  return concat(parts)
}

/** Takes a sealed report apart, with nothing verified. */
export function splitSeal(file: Uint8Array): { pdf: Uint8Array; note: string } | undefined {
  const text = latin(file)
  const mark = text.lastIndexOf(MARK)
  if (mark < 0) return undefined
  const found = /\/EmbeddedFile [^\n]*\/Length (\d+)[^\n]*\nstream\n/.exec(text.slice(mark))
  if (!found) return undefined
  const from = mark + found.index + found[0].length
  const note = new TextDecoder().decode(file.subarray(from, from + Number(found[1])))
  return { pdf: file.subarray(0, mark), note }
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])

function attached(pdf: Uint8Array, note: string): Uint8Array | undefined {
  try {
    return attachSeal(pdf, note)
  } catch {
    return undefined
  }
}

/**
 * Whether a file is a report this key signed, unaltered to the last byte, and its look-up stands in the ledger's
 * checkpoint. Offline: that the checkpoint is the one everybody is shown is asked of the ledger, not here.
 */
export async function verifyReport(file: Uint8Array, key: NoteVerifier): Promise<ReportVerdict> {
  const parts = splitSeal(file)
  // without its seal it may be anything: also one of ours that somebody cut off
  if (!parts) return { result: 'no-report' }
  const opened = await openNote(parts.note, [key])
  if ('fault' in opened) return { result: opened.fault === 'unknown-key' ? 'unknown-key' : 'altered' }
  const facts = parseFacts(opened.text)
  if (facts?.origin !== key.name) return { result: 'altered' }
  const whole = attached(parts.pdf, parts.note)
  if (facts.size !== parts.pdf.length || !whole || !isSame(whole, file)) return { result: 'altered' }
  if ((await digestOf(parts.pdf)) !== facts.digest) return { result: 'altered' }
  const checkpoint = await verifyCheckpoint(facts.proof.checkpoint, key)
  if ('fault' in checkpoint) return { result: 'altered' }
  const { leaf, index, hashes } = facts.proof
  const included = await verifyInclusion(sha256, leaf, { index, size: checkpoint.size, hashes }, checkpoint.root)
  return included ? { result: 'genuine', facts, leaves: checkpoint.size } : { result: 'altered' }
}
