/** Must not begin a line, must not end one (GB/T 15834). */
const NO_START = '，。、；：？！）》」』】〕”’％%,.;:?!)]}·…'
const NO_END = '（《「『【〔“‘([{'
const isWord = (char: string): boolean => /[A-Za-z0-9_./@#&+=~'\u00c0-\u024f-]/u.test(char)
/** A word that is longer than this is broken anywhere: keys, digests. */
const LONGEST_WORD = 28

/** Pieces that are not broken: a Chinese character with its punctuation, a Latin word with the space after it. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let open = ''
  for (const char of text) {
    const last = pieces.at(-1)
    const before = last?.at(-1) ?? ''
    if (NO_END.includes(char)) open += char
    else if (open !== '') {
      pieces.push(open + char)
      open = ''
    } else if (last !== undefined && (NO_START.includes(char) || char === ' ')) pieces[pieces.length - 1] = last + char
    else if (last !== undefined && isWord(char) && isWord(before) && last.length < LONGEST_WORD)
      pieces[pieces.length - 1] = last + char
    else pieces.push(char)
  }
  return open === '' ? pieces : [...pieces, open]
}

/**
 * Breaks a text into lines of at most `width`, Chinese and Latin mixed. Own code, so that the same text breaks the same
 * way whatever version of ICU there is: reports are reproduced to the byte.
 */
export function breakLines(text: string, width: number, measure: (char: string) => number): string[] {
  const widthOf = (piece: string) => Array.from(piece, measure).reduce((sum, one) => sum + one, 0)
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    let used = 0
    for (const piece of piecesOf(paragraph.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' '))) {
      const more = widthOf(piece.trimEnd())
      if (line !== '' && used + more > width) {
        lines.push(line.trimEnd())
        line = ''
        used = 0
      }
      line += piece
      used += widthOf(piece)
    }
    return [...lines, line.trimEnd()]
  })
}
