/** Two-byte GB18030 by character, from the decoder itself: Node decodes the encoding and does not write it. */
let table: Map<string, [number, number]> | undefined

function makeTable(): Map<string, [number, number]> {
  const pairs = new Map<string, [number, number]>()
  const decoder = new TextDecoder('gb18030')
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const char = decoder.decode(Uint8Array.of(lead, trail))
      if (trail !== 0x7f && char.length === 1 && char !== '\ufffd' && !pairs.has(char)) pairs.set(char, [lead, trail])
    }
  }
  return pairs
}

/** Text as GB18030 bytes; throws on a character outside of its two-byte part. */
export function encodeGb(text: string): Buffer {
  const pairs = (table ??= makeTable())
  const bytes: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    const pair = pairs.get(char)
    if (code < 128) bytes.push(code)
    else if (pair) bytes.push(...pair)
    else throw new Error('not a two-byte character of GB18030')
  }
  return Buffer.from(bytes)
}
