import type { Text } from './refusal.ts'

/** Several codes in one cell: how departments join them, and how we store them. */
export const CODE_JOINER = '、'
const SEPARATORS = /[、，,；;|]/

/** The parts of a cell that may hold several codes (警告、罚款), without empty ones. */
export const splitCodes = (text: string): string[] =>
  text
    .split(SEPARATORS)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** The words for a stored code, or for several joined by '、'; a part that the list does not know stands as it is. */
export function wordsOf(codes: Record<string, Text> | undefined, value: string): Text | undefined {
  const own = codes?.[value]
  if (own !== undefined || codes === undefined) return own
  const parts = value.split(CODE_JOINER)
  const words = parts.map((part) => codes[part])
  if (parts.length === 1 || words.every((word) => word === undefined)) return undefined
  const join = (language: keyof Text, by: string) => parts.map((part, at) => words[at]?.[language] ?? part).join(by)
  return { zh: join('zh', CODE_JOINER), en: join('en', ', ') }
}
