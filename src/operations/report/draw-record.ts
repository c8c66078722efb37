import { describeMark } from './marks.ts'
import {
  beginRule,
  decorate,
  endRule,
  FULL,
  heightOf,
  INK,
  linesOf,
  needRoom,
  PAGE,
  write,
  writeAt,
  type Paper,
} from './paper.ts'
import type { ReportRecord } from './content.ts'

const INDENT = 14
const LABEL = 128
const LABEL_STYLE = { size: 8, color: INK.faint, lead: 1.55 }
const VALUE_STYLE = { size: 9, color: INK.ink, lead: 1.45 }
const ENGLISH_STYLE = { size: 7.6, color: INK.faint, lead: 1.45 }
const VALUE_X = PAGE.left + INDENT + LABEL
const VALUE_WIDTH = PAGE.right - VALUE_X

const NATURES = { adverse: INK.seal, favourable: INK.good, neutral: INK.brand } as const

/** A label and what stands to its right, in Chinese and, smaller under it, in English. */
export function row(paper: Paper, label: { zh: string; en: string }, value: string, english?: string): void {
  const words = `${label.zh}  ${label.en}`
  const labelHeight = heightOf(paper, words, LABEL_STYLE, LABEL - 10)
  const valueHeight = heightOf(paper, value, VALUE_STYLE, VALUE_WIDTH)
  // a long value may run over the page, but does not begin with one line at its foot
  needRoom(paper, Math.max(labelHeight, Math.min(valueHeight, VALUE_STYLE.size * VALUE_STYLE.lead * 3)))
  const { y: top } = paper
  writeAt(paper, top, words, LABEL_STYLE, { x: PAGE.left + INDENT, width: LABEL - 10 })
  write(paper, value, VALUE_STYLE, { x: VALUE_X, width: VALUE_WIDTH })
  if (english !== undefined && english !== value)
    write(paper, english, ENGLISH_STYLE, { x: VALUE_X, width: VALUE_WIDTH })
  // a value that ran over the page has left its label behind
  paper.y = paper.y < top ? paper.y : Math.max(paper.y, top + labelHeight)
  paper.y += 2
}

/** A small coloured label; returns where it ends. */
export function tag(paper: Paper, x: number, y: number, text: string, ink: string, ground: string): number {
  const style = { size: 7.6, weight: 'bold' as const, color: ink, lead: 1.5 }
  paper.doc.font('bold').fontSize(style.size)
  const width = paper.doc.widthOfString(text) + 10
  decorate(paper, (doc) => doc.roundedRect(x, y, width, 13, 3).fill(ground))
  writeAt(paper, y + 0.8, text, style, { x: x + 5, width: width })
  return x + width + 5
}

/** One record: what it is, who decided what and when, until when it is shown and on what basis, and what is disputed. */
export function drawRecord(paper: Paper, record: ReportRecord): void {
  const { item, source, decided, document, until, display, basis, remedy, fields, marks } = record
  const disputed = marks.length > 0
  needRoom(paper, 120)
  beginRule(paper, disputed ? INK.warn : NATURES[record.nature])
  const title = { size: 10.5, weight: 'bold' as const, color: INK.ink, lead: 1.5 }
  const x = PAGE.left + INDENT
  const { y: top } = paper
  write(paper, item.zh, title, { x, width: FULL - INDENT - 150, tag: 'H3' })
  paper.doc.font('bold').fontSize(title.size)
  const oneLine = linesOf(paper, item.zh, title, FULL - INDENT - 150).length === 1
  let after = x + (oneLine ? paper.doc.widthOfString(item.zh) : FULL - INDENT - 150) + 8
  for (const mark of marks) after = tag(paper, after, top + 1.5, describeMark(mark).tag.zh, INK.warn, INK.warnSoft)
  write(paper, item.en, ENGLISH_STYLE, { x, width: FULL - INDENT })
  paper.y += 3
  row(paper, { zh: '来源单位', en: 'Source' }, source.zh, source.en)
  row(paper, { zh: '决定日期', en: 'Decided' }, decided)
  if (document) row(paper, { zh: '文书号', en: 'Document' }, document)
  for (const { name, value, english } of fields) row(paper, name, value, english)
  if (until !== undefined)
    row(
      paper,
      { zh: '展示和使用至', en: 'Shown and used until' },
      `${until}（当日起不再展示和使用${display ? `；${display.zh}` : ''}）`,
      `from that day neither shown nor used${display ? `; ${display.en}` : ''}`,
    )
  if (basis !== '') row(paper, { zh: '依据', en: 'Basis' }, basis)
  for (const mark of marks) {
    const { tag: words, detail } = describeMark(mark)
    row(paper, { zh: '异议、修复标注', en: 'Marked' }, `${words.zh}：${detail.zh}`, `${words.en}: ${detail.en}`)
  }
  if (remedy) row(paper, { zh: '救济途径', en: 'Remedy' }, remedy.zh, remedy.en)
  endRule(paper)
  paper.y += 12
}
