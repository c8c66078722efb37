import { citationOf } from './listing.ts'
import { dayEn, dayZh, lastBefore } from './day-words.ts'
import type { Item } from './pack.ts'
import type { RepairRule } from './pack-process.ts'
import type { Text } from './refusal.ts'
import type { RecordState } from './step.ts'

/** How notices get to people, besides what they read when they sign in. */
export const CHANNELS = {
  inbox: { zh: '站内查阅', en: 'read in the inbox' },
  sms: { zh: '短信', en: 'text message' },
  mail: { zh: '电子邮件', en: 'e-mail' },
  paper: { zh: '书面', en: 'on paper' },
} as const satisfies Record<string, Text>
export type Channel = keyof typeof CHANNELS

/** Why a letter is printed. */
export const LETTER_REASONS = {
  'no-account': { zh: '本人没有账户', en: 'the person has no account' },
  asked: { zh: '本人要求书面', en: 'the person asked for paper' },
  failed: { zh: '短信或者邮件未能送达', en: 'it could not be delivered by message or mail' },
  unread: { zh: '逾期无人查阅', en: 'nobody has read it in time' },
  own: { zh: '单位自行送达', en: 'served by the unit itself' },
} as const satisfies Record<string, Text>

/** How a letter was handed over (民事诉讼法 arts 88–95, as 行政处罚法 art 61 has it). */
export const LETTER_WAYS = {
  handed: { zh: '直接送达', en: 'handed over' },
  post: { zh: '邮寄送达', en: 'by post' },
  left: { zh: '留置送达', en: 'left before witnesses' },
  public: { zh: '公告送达', en: 'by public notice' },
} as const satisfies Record<string, Text>
export type LetterWay = keyof typeof LETTER_WAYS

/** What a notice says of a record, and what ends it sooner. `until`: first day on which it is shown no more. */
export type RecordFacts = {
  item: Pick<Item, 'name' | 'basis' | 'remedy' | 'notify'>
  unit: Text
  day: string
  corrected: boolean
  state: RecordState
  until?: string | undefined
  repair?: { rule: Pick<RepairRule, 'name' | 'automatic' | 'irreparable' | 'conditions'>; from?: string | undefined }
}

/**
 * The notice that a record was put on file (B16), made from its rule: why it is here, until when, what ends it sooner, how to
 * object. The same words whether it came in a file, alone or by decision (B11). Nothing of the record but its kind.
 */
export function noticeOfRecord(of: RecordFacts): { title: Text; text: Text } {
  const { item, unit, day } = of
  const zh = [
    of.corrected
      ? `${dayZh(day)}，${unit.zh}更新了您信用档案中的一条记录：${item.name.zh}。`
      : `${dayZh(day)}，${unit.zh}报送的一条记录列入您的信用档案：${item.name.zh}。`,
    `列入依据：${citationOf(item.basis)}。`,
  ]
  const en = [
    of.corrected
      ? `On ${dayEn(day)} ${unit.en} changed a record in your file: ${item.name.en}.`
      : `On ${dayEn(day)} a record reported by ${unit.en} was put in your file: ${item.name.en}.`,
    `Its basis: ${citationOf(item.basis, 'en')}.`,
  ]
  if (of.state !== 'shown' && of.state !== 'suspended') {
    zh.push('该记录现已不再展示和使用。')
    en.push('It is neither shown nor used any more.')
  } else {
    if (of.until !== undefined) {
      const last = lastBefore(of.until)
      zh.push(`展示和使用至${dayZh(last)}，到期自动停止，无需申请。`)
      en.push(`It is shown and used until ${dayEn(last)} and then stops by itself; nothing need be applied for.`)
    }
    const sooner = soonerOf(of.repair)
    zh.push(sooner.zh)
    en.push(sooner.en)
    zh.push(
      `认为有误的，可以在“我的档案”中提出异议：记录随即加注标记，由${unit.zh}限期答复；逾期不答复的，暂停展示和使用。`,
    )
    en.push(
      `If it is wrong, object under “My archive”: the record is marked at once and ${unit.en} answers within a term; without an answer, display and use stop.`,
    )
  }
  if (item.remedy) {
    zh.push(item.remedy.zh)
    en.push(item.remedy.en)
  }
  return {
    title: of.corrected
      ? { zh: `记录已更新：${item.name.zh}`, en: `A record was changed: ${item.name.en}` }
      : { zh: `记录已列入档案：${item.name.zh}`, en: `A record was put in your file: ${item.name.en}` },
    text: { zh: zh.join(''), en: en.join(' ') },
  }
}

function soonerOf(repair: RecordFacts['repair']): Text {
  if (!repair) return { zh: '', en: '' }
  const { rule, from } = repair
  if (rule.irreparable || from === undefined)
    return { zh: '依法不予提前修复。', en: 'By statute it is not repaired before that.' }
  const list = (language: 'zh' | 'en') =>
    rule.conditions.map((text) => text[language]).join(language === 'zh' ? '；' : '; ')
  return {
    zh: `提前终止：自${dayZh(from)}起可以申请信用修复（${list('zh')}）。`,
    en: `What ends it sooner: from ${dayEn(from)} repair can be applied for (${list('en')}).`,
  }
}

/** What goes out on a channel: a title, for mail the words too, and where to read it; nothing personal stands in the link. */
export function messageOf(
  channel: 'sms' | 'mail',
  notice: { title: Text; text: Text },
  of: { platform: Text; link: string },
): { subject: string; body: string } {
  const where = of.link === '' ? { zh: '“我的通知”', en: '“My notices”' } : { zh: of.link, en: of.link }
  if (channel === 'sms')
    return {
      subject: '',
      body: `【${of.platform.zh}】${notice.title.zh}。详情和期限请登录查看：${where.zh}`,
    }
  return {
    subject: notice.title.zh,
    body: `${notice.text.zh}\n\n请登录查看：${where.zh}\n\n${notice.text.en}\n\nSign in to read it: ${where.en}\n\n${of.platform.zh} · ${of.platform.en}\n`,
  }
}

const CONTACTS = {
  sms: /^1[3-9]\d{9}$/,
  mail: /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,190}\.[a-z]{2,24}$/i,
  paper: /^[^\n]{6,200}$/,
} as const
export type ContactChannel = keyof typeof CONTACTS
export const isContact = (channel: ContactChannel, address: string): boolean => CONTACTS[channel].test(address)

/** An address as it is shown again: enough to know which, not enough to learn it. */
export function maskContact(channel: ContactChannel, address: string): string {
  if (channel === 'sms') return `${address.slice(0, 3)}****${address.slice(-4)}`
  if (channel === 'mail') return `${address.slice(0, 1)}***${address.slice(address.indexOf('@'))}`
  return `${address.slice(0, 6)}…`
}
