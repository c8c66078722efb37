import type { FoldedRecord } from '#domain/archive.ts'
import { itemAt } from '#domain/catalog.ts'
import { noticeOfRecord } from '#domain/notice.ts'
import { findRepairWay } from '#domain/repair.ts'
import type { Text } from '#domain/refusal.ts'
import { repairable } from '../repair/ways.ts'
import { dayOf, findUnit, today, type System } from '../system.ts'

const GONE: { title: Text; text: Text } = {
  title: { zh: '一条记录已删除', en: 'A record has been erased' },
  text: {
    zh: '此通知所指的记录内容已经删除，平台不再保存。',
    en: 'The content of the record that this notice was about has been erased; the platform holds it no more.',
  },
}

/** The words of the notice of a record, from the record as it stands for its person. */
export function wordsOfRecord(
  system: System,
  record: FoldedRecord | undefined,
  at: string,
): { title: Text; text: Text } {
  if (!record || record.state === 'erased') return GONE
  const { pack } = system.reference
  const item = itemAt(pack, record.item, record.decided) ?? pack.items.findLast(({ id }) => id === record.item)
  if (!item) return GONE
  const way = findRepairWay(pack, repairable(pack, record), today(system))
  return noticeOfRecord({
    item,
    unit: findUnit(pack, record.unit)?.name ?? { zh: record.unit, en: record.unit },
    day: dayOf(at),
    corrected: record.version > 1,
    state: record.state,
    until: record.until,
    ...(way ? { repair: { rule: way.rule, from: way.from } } : {}),
  })
}
