/**
 * Chinese text in two bytes a character instead of three: GB 18030's two-byte part, which decoders read natively.
 * Text with a character outside it is kept as UTF-8 behind a zero byte. A record is a fifth smaller for it, and there
 * are half a billion (decisions/001).
 */
const decodeGb = new TextDecoder('gb18030', { fatal: true })
const decodeUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const UTF8_MARK = 0
/** What the editions of GB 18030 (2000, 2005, 2022) place differently, private use included: another decoder may, too. */
const UNSETTLED = /[\ue000-\uf8ff\ufe10-\ufe19\u9fb4-\u9fbb\u1e3f]/

const TABLE = makeTable()

function makeTable(): Uint16Array {
  const table = new Uint16Array(65_536)
  const decoder = new TextDecoder('gb18030')
  const pair = new Uint8Array(2)
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue
      pair[0] = lead
      pair[1] = trail
      const text = decoder.decode(pair)
      if (text.length === 1 && text !== '\ufffd' && text > '\u007f' && !UNSETTLED.test(text))
        table[text.charCodeAt(0)] = (lead << 8) | trail
    }
  }
  return table
}

/** Longest encoding of so many UTF-16 units. */
export const compactRoom = (length: number): number => 1 + length * 3

/** Writes text into `target` at `at`; returns the number of bytes. The target must have `compactRoom` left. */
export function writeCompact(target: Buffer, at: number, text: string): number {
  let to = at
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80 && unit !== UTF8_MARK) {
      target[to] = unit
      to += 1
      continue
    }
    const code = TABLE[unit] as number
    if (code === 0) {
      target[at] = UTF8_MARK
      return 1 + target.write(text, at + 1)
    }
    target[to] = code >> 8
    target[to + 1] = code & 0xff
    to += 2
  }
  return to - at
}

export function readCompact(bytes: Uint8Array): string {
  return bytes[0] === UTF8_MARK ? decodeUtf8.decode(bytes.subarray(1)) : decodeGb.decode(bytes)
}
