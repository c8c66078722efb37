import { isAscii, isUtf8 } from 'node:buffer'
import { MAX_RECORD } from './rows.ts'

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/** Bytes looked at, from the first that is not ASCII on, to tell UTF-8 from GB18030. */
const SAMPLE = 1 << 20

/**
 * Turns the bytes of a text file into text. The encoding is that of the byte order mark; else ASCII until the
 * first other byte comes; from there a sample decides: UTF-8 if it is valid, else whichever of UTF-8 and GB18030
 * leaves fewer characters unread. A sequence that is wrong in it becomes U+FFFD and never takes a separator or a
 * line end with it (both encodings keep ASCII bytes apart), so the row it stands in is refused, alone.
 *
 * Text comes out in whole lines, except the last and those longer than a record may be.
 */
export function openDecoder(known?: Encoding) {
  let encoding = known
  let decoder = known && new TextDecoder(known, { ignoreBOM: true })
  /** bytes not yet decoded: a sample that is too short, or the beginning of a line */
  let held: Buffer[] = []
  let heldLength = 0
  let started = known !== undefined
  /** a byte came that is not ASCII, and not yet enough of them to tell the encoding */
  let sampling = false

  function choose(name: Encoding): void {
    encoding = name
    decoder = new TextDecoder(name, { ignoreBOM: true })
  }

  function decode(bytes: Buffer): string {
    if (bytes.length === 0) return ''
    if (!decoder) return bytes.toString('latin1')
    try {
      return decoder.decode(encoding === 'gb18030' ? markUtf8Lines(bytes) : bytes, { stream: true })
    } catch {
      // ICU gives up on some broken GB18030 sequences even when it is told to replace them
      return decodeEachLine(bytes, encoding ?? 'utf-8')
    }
  }

  function hold(bytes: Buffer): void {
    if (bytes.length === 0) return
    held.push(bytes)
    heldLength += bytes.length
  }

  function takeHeld(): Buffer {
    const all = held.length === 1 ? (held[0] ?? Buffer.alloc(0)) : Buffer.concat(held)
    held = []
    heldLength = 0
    return all
  }

  /** Decodes the whole lines of `bytes` and holds the rest. */
  function decodeLines(bytes: Buffer, texts: string[]): void {
    if (encoding === 'utf-16le' || encoding === 'utf-16be') {
      texts.push(decode(bytes))
      return
    }
    let start = 0
    if (heldLength > 0) {
      const end = bytes.indexOf(10) + 1
      if (end === 0 && heldLength + bytes.length < MAX_RECORD) return hold(Buffer.from(bytes))
      hold(bytes.subarray(0, end))
      texts.push(decode(takeHeld()))
      start = end
    }
    let end = bytes.lastIndexOf(10) + 1
    if (end <= start) end = bytes.lastIndexOf(13) + 1
    if (end <= start) {
      if (bytes.length - start < MAX_RECORD) return hold(Buffer.from(bytes.subarray(start)))
      end = endOfCharacters(bytes)
    }
    texts.push(decode(bytes.subarray(start, end)))
    // a copy: the caller may reuse its buffer
    hold(Buffer.from(bytes.subarray(end)))
  }

  function decide(sample: Buffer, texts: string[], final: boolean): boolean {
    const chosen = chooseBySample(sample, final)
    if (!chosen) return false
    choose(chosen)
    decodeLines(sample, texts)
    return true
  }

  return {
    /** The encoding, once it is known, where every line feed is a byte of its own and nothing is held back. */
    encoding: () => (encoding?.startsWith('utf-16') || heldLength > 0 ? undefined : encoding),
    /** Text of the next bytes, in pieces; undefined when the file is in no encoding we know. */
    push(input: Uint8Array): string[] | undefined {
      let bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength)
      const texts: string[] = []
      if (!started) {
        if (heldLength + bytes.length < 3) {
          hold(Buffer.from(bytes))
          return texts
        }
        hold(bytes)
        bytes = takeHeld()
        started = true
        if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
          choose('utf-8')
          bytes = bytes.subarray(3)
        } else if (bytes[0] === 0xff && bytes[1] === 0xfe) {
          choose('utf-16le')
          bytes = bytes.subarray(2)
        } else if (bytes[0] === 0xfe && bytes[1] === 0xff) {
          choose('utf-16be')
          bytes = bytes.subarray(2)
        }
      }
      if (encoding) {
        decodeLines(bytes, texts)
        return texts
      }
      if (!sampling && isAscii(bytes)) {
        decodeLines(bytes, texts)
        return texts
      }
      sampling = true
      hold(Buffer.from(bytes))
      return heldLength < SAMPLE || decide(takeHeld(), texts, false) ? texts : undefined
    },
    /** Text that is left at the end of the file. */
    end(): string[] | undefined {
      const texts: string[] = []
      if (!started && heldLength > 0) {
        started = true
        const few = takeHeld()
        if (isAscii(few)) hold(few)
        else if (!decide(few, texts, true)) return undefined
      } else if (!encoding && sampling && !decide(takeHeld(), texts, true)) return undefined
      texts.push(decode(takeHeld()))
      if (decoder) texts.push(flush(decoder))
      return texts.filter((text) => text !== '')
    },
  }
}

function flush(decoder: TextDecoder): string {
  try {
    return decoder.decode()
  } catch {
    return '\ufffd'
  }
}

/** The end of the last whole character before the end, as far as an ASCII byte below the digits shows it. */
function endOfCharacters(bytes: Buffer): number {
  for (let at = bytes.length - 1; at > bytes.length - 4096 && at >= 0; at--) {
    if ((bytes[at] ?? 0) < 0x30) return at + 1
  }
  return bytes.length
}

function decodeEachLine(bytes: Buffer, encoding: Encoding): string {
  let text = ''
  for (const line of linesOf(bytes)) {
    try {
      text += new TextDecoder(encoding, { ignoreBOM: true }).decode(line)
    } catch {
      text += line.toString('latin1').replace(/[\u0080-\u00ff]/g, '\ufffd')
    }
  }
  return text
}

function chooseBySample(sample: Buffer, final: boolean): Encoding | undefined {
  // a character that the end of the sample cuts is no error of it
  const whole = final ? sample : sample.subarray(0, sample.lastIndexOf(10) + 1 || endOfCharacters(sample))
  if (isUtf8(whole)) {
    // Two-byte sequences only: Greek or Cyrillic, or common hanzi of GB18030. A Chinese file in UTF-8 has three.
    return !hasThree(whole) && countUnread(whole, 'gb18030') === 0 ? 'gb18030' : 'utf-8'
  }
  // lines of both: that of most lines; a line of GB18030 is hardly ever valid UTF-8
  let utf8 = 0
  let gb18030 = 0
  let neither = 0
  for (const line of linesOf(whole)) {
    if (isAscii(line)) continue
    if (isUtf8(line)) utf8++
    else if (countUnread(line, 'gb18030') === 0) gb18030++
    else neither++
  }
  if (neither > utf8 + gb18030) return undefined
  return utf8 > gb18030 ? 'utf-8' : 'gb18030'
}

function hasThree(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte >= 0xe0) return true
  return false
}

function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at) + 1 || bytes.length
    yield bytes.subarray(at, end)
    at = end
  }
}

/**
 * Marks the lines of UTF-8 in a file of GB18030, where two files were joined: their bytes would mostly make
 * characters too, others than were meant.
 */
function markUtf8Lines(bytes: Buffer): Buffer {
  let marked: Buffer | undefined
  let at = 0
  for (const line of linesOf(bytes)) {
    if (isUtf8(line) && !isAscii(line) && hasThree(line)) {
      marked ??= Buffer.from(bytes)
      // 0xff is no byte of GB18030: each becomes U+FFFD
      for (let index = at; index < at + line.length; index++) if ((bytes[index] ?? 0) >= 0x80) marked[index] = 0xff
    }
    at += line.length
  }
  return marked ?? bytes
}

function countUnread(bytes: Buffer, encoding: Encoding): number {
  const text = decodeEachLine(bytes, encoding)
  let count = 0
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) count++
  return count
}
