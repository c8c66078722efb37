/** Several codes in one cell: how departments join them, and how we store them. */
export const CODE_JOINER = '、'
const SEPARATORS = /[、，,；;|]/

/** The parts of a cell that may hold several codes (警告、罚款), without empty ones. */
export const splitCodes = (text: string): string[] =>
  text
    .split(SEPARATORS)
    .map((part) => part.trim())
    .filter((part) => part !== '')
