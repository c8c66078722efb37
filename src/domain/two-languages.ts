import type { Text } from './refusal.ts'

/** Words made from a rule for a document that both languages share: Chinese first, English on the next line. */
export const joinText = ({ zh, en }: Text): string => `${zh}\n${en}`

/** Both languages of such words; what is in one language stands in both. Older documents have no line between them. */
export function splitText(text: string): Text {
  const [, zh = text, en = text] = /^(\P{ASCII}[^]*?[。\n])\s*([A-Z][\p{ASCII}’“”]+)$/u.exec(text) ?? []
  return { zh: zh.trim(), en }
}
