/**
 * Brings an identifier as people and spreadsheets write it into the one form it is keyed by: full-width digits and
 * letters become half width, small letters capital; spaces of every kind, invisible marks (zero width, direction
 * marks that copying from some dialogs adds) and a spreadsheet's leading apostrophe disappear.
 */
export function normalise(raw: string): string {
  let out = ''
  for (let i = 0; i < raw.length; i++) {
    let c = raw.charCodeAt(i)
    if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0
    if (c >= 0x61 && c <= 0x7a) c -= 32
    if (isBlank(c) || (out === '' && (c === 0x27 || c === 0x2019))) continue
    out += String.fromCharCode(c)
  }
  return out
}

function isBlank(c: number): boolean {
  return (
    c <= 0x20 ||
    c === 0x7f ||
    c === 0xa0 ||
    c === 0x3000 ||
    c === 0xfeff ||
    (c >= 0x2000 && c <= 0x200f) ||
    (c >= 0x2028 && c <= 0x202f) ||
    (c >= 0x205f && c <= 0x2069)
  )
}

/**
 * Says that a spreadsheet has turned a long identifier into a figure: 1.20115E+17, or 120115198001010000.0.
 * Takes the normalised text. A damaged 18-digit text without such marks shows only in its last three digits being 0
 * (a spreadsheet keeps 15 digits) and its check digit being wrong: `endsLikeDamage` is for that.
 */
export function isDamaged(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?E[+-]?\d+$|^\d{15,}\.0*$/.test(text)
}

/** True for an all-digit 18-character text whose last three digits are 0: ask only after its check digit failed. */
export function endsLikeDamage(text: string): boolean {
  return text.length === 18 && text.endsWith('000') && /^\d+$/.test(text)
}
