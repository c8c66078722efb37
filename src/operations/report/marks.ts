import type { Text } from '#domain/refusal.ts'
import type { Mark } from '#domain/step.ts'

/** What a mark of a case says beside the record it travels with (G9): its words, and the detail under them. */
export function describeMark({ name, day, due, text }: Mark): { tag: Text; detail: Text } {
  return {
    tag: name,
    detail: {
      zh: `自${day}起${due === undefined ? '' : `，应于${due}前办结`}${text ? `。本人陈述：${text}` : ''}`,
      en: `since ${day}${due === undefined ? '' : `, due by ${due}`}`,
    },
  }
}
