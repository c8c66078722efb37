import type { Text } from '#domain/refusal.ts'
import { groupCode, REPORT_KINDS, type ReportKind } from '#domain/report.ts'
import type { ReportContent } from './content.ts'
import { drawRecord, row } from './draw-record.ts'
import { drawQr, drawStamp } from './draw-seal.ts'
import {
  closePaper,
  decorate,
  FULL,
  heightOf,
  INK,
  needRoom,
  openPaper,
  PAGE,
  write,
  writeAt,
  type Paper,
} from './paper.ts'

/** Everything that stands on a report; the same of it gives the same bytes. */
export type ReportSheet = {
  kind: ReportKind
  place: Text
  demo: boolean
  code: string
  /** instant the archive is shown as of, and the number of the look-up that this report is */
  at: string
  access: string
  subject: { name: string; number: string; kind: 'person' | 'organisation' }
  /** who had it made, for what */
  issued: { label: Text; value: string; english?: string | undefined }[]
  period: { from: string; to: string } | undefined
  content: ReportContent
  pack: { name: Text; version: string }
  key: { text: string; origin: string; id: string }
  address: string
}

const BODY = { size: 9, color: INK.soft, lead: 1.55 }
const ENGLISH = { size: 7.8, color: INK.faint, lead: 1.5 }

/** An instant as people read it, in Asia/Shanghai. */
const inWords = (at: string): string =>
  Temporal.Instant.from(at)
    .toZonedDateTimeISO('Asia/Shanghai')
    .toPlainDateTime()
    .round('second')
    .toString()
    .replace('T', ' ')

/** A heading never stands at the foot of a page: `room` is what has to follow it there. */
function heading(paper: Paper, zh: string, en: string, aside = '', room = 120): void {
  needRoom(paper, room + 30)
  const { y } = paper
  writeAt(paper, y, zh, { size: 12.5, weight: 'bold', color: INK.brand, lead: 1.4 }, { tag: 'H2' })
  paper.doc.font('bold').fontSize(12.5)
  const x = PAGE.left + paper.doc.widthOfString(zh) + 8
  writeAt(paper, y + 3.4, en, { ...ENGLISH, lead: 1.4 }, { x, width: PAGE.right - x - 90 })
  if (aside !== '') writeAt(paper, y + 2.5, aside, { size: 8.5, color: INK.soft, lead: 1.4 }, { align: 'right' })
  paper.y = y + 21
  decorate(paper, (doc) => doc.rect(PAGE.left, paper.y, FULL, 0.8).fill(INK.brand))
  paper.y += 9
}

/** Title, whom it is about, as of when, who asked; the code to check it by. */
function drawHead(paper: Paper, sheet: ReportSheet): void {
  const title: Text = REPORT_KINDS[sheet.kind]
  const qr = 84
  const qrX = PAGE.right - qr
  decorate(paper, (doc) => doc.rect(0, 0, PAGE.width, 8).fill(INK.brand))
  drawQr(paper, `${sheet.address}/verify#${sheet.code}`, { x: qrX + 4, y: PAGE.top - 14, size: qr })
  writeAt(
    paper,
    PAGE.top + 71,
    '扫码核验 Scan to verify',
    { size: 7.4, color: INK.soft },
    { x: qrX + 4 - 20, width: qr + 40, align: 'center' },
  )
  const width = FULL - qr - 24
  const eyebrow = `信用${sheet.place.zh} · 公共信用信息平台${sheet.demo ? ' · 演示数据 Demonstration data' : ''}`
  write(paper, eyebrow, { size: 9, weight: 'bold', color: INK.brand }, { width })
  paper.y += 5
  write(
    paper,
    title.zh,
    { size: sheet.kind === 'personal' ? 23 : 19, weight: 'bold', lead: 1.35 },
    { width, tag: 'H1' },
  )
  write(paper, title.en, { size: 10.5, color: INK.soft }, { width })
  paper.y += 7
  write(
    paper,
    `报告编号 Report code   ${groupCode(sheet.code)}`,
    { size: 9, weight: 'bold', color: INK.ink },
    { width },
  )
  paper.y = Math.max(paper.y, PAGE.top + 92) + 6
}

function drawIdentity(paper: Paper, sheet: ReportSheet): void {
  const person = sheet.subject.kind === 'person'
  const cells: [string, string, string, string?][] = [
    [person ? '姓名' : '名称', 'Name', sheet.subject.name || '—'],
    [
      person ? '证件号码' : '统一社会信用代码',
      person ? 'Identity number' : 'Unified social credit code',
      sheet.subject.number || '—',
    ],
    ['信息截至（北京时间）', 'As of (Beijing time)', inWords(sheet.at)],
    ...sheet.issued.map(({ label, value, english }): [string, string, string, string?] => [
      label.zh,
      label.en,
      value,
      english,
    ]),
    ...(sheet.period
      ? [
          ['查询期间（决定日期）', 'Period searched (decided)', `${sheet.period.from} — ${sheet.period.to}`] as [
            string,
            string,
            string,
          ],
        ]
      : []),
    ['规则版本', 'Rules', `${sheet.pack.name.zh} ${sheet.pack.version}`],
  ]
  const width = (FULL - 24) / 2 - 10
  const value = { size: 10, weight: 'bold' as const, color: INK.ink, lead: 1.4 }
  const heights = cells.map(
    ([, , text, english]) =>
      12 +
      heightOf(paper, text, value, width) +
      (english === undefined ? 0 : heightOf(paper, english, ENGLISH, width)) +
      9,
  )
  const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, at) =>
    Math.max(heights[at * 2] ?? 0, heights[at * 2 + 1] ?? 0),
  )
  const height = rows.reduce((sum, one) => sum + one, 0) + 14
  const { y: top } = paper
  decorate(paper, (doc) => doc.roundedRect(PAGE.left, top, FULL, height, 5).fillAndStroke(INK.sunk, INK.line))
  let y = top + 10
  cells.forEach(([zh, en, text, english], at) => {
    const x = PAGE.left + 14 + (at % 2) * (width + 20)
    const below = writeAt(paper, y, `${zh}  ${en}`, { size: 7.8, color: INK.faint, lead: 1.5 }, { x, width })
    const end = writeAt(paper, below, text, value, { x, width })
    if (english !== undefined) writeAt(paper, end, english, ENGLISH, { x, width })
    if (at % 2 === 1) y += rows[(at - 1) / 2] ?? 0
  })
  paper.y = top + height + 14
}

/** What the special report is asked for, in one sentence: found, or not. */
function drawConclusion(paper: Paper, sheet: ReportSheet): void {
  if (!sheet.period) return
  const found = sheet.content.sections.reduce((sum, { records }) => sum + records.length, 0)
  const clear = found === 0
  const kinds = sheet.content.searched.length
  const { from, to } = sheet.period
  const title = clear ? `经查询，未见有效的违法违规、失信信息` : `经查询，有 ${found} 条有效的违法违规、失信信息`
  const zh = `查询范围：${from} 至 ${to} 作出决定、截至出具时依法仍可展示和使用的 ${kinds} 类信息（见下表）。已到期、撤回、更正、修复、暂停的信息不计入。`
  const en = clear
    ? `No adverse information decided between ${from} and ${to} and still usable by law was found in the ${kinds} kinds searched (table below). What has expired, was withdrawn, corrected, repaired or is suspended does not count.`
    : `${found} adverse record${found === 1 ? '' : 's'} decided between ${from} and ${to} and still usable by law: listed below. What has expired, was withdrawn, corrected, repaired or is suspended does not count.`
  const width = FULL - 32
  const big = { size: 14, weight: 'bold' as const, color: clear ? INK.good : INK.seal, lead: 1.4 }
  const height =
    heightOf(paper, title, big, width) + heightOf(paper, zh, BODY, width) + heightOf(paper, en, ENGLISH, width) + 26
  decorate(paper, (doc) =>
    doc
      .roundedRect(PAGE.left, paper.y, FULL, height, 5)
      .fill(clear ? INK.goodSoft : INK.sealSoft)
      .rect(PAGE.left, paper.y, 4, height)
      .fill(clear ? INK.good : INK.seal),
  )
  const { y: top } = paper
  const at = { x: PAGE.left + 18, width }
  paper.y += 11
  write(paper, title, big, { ...at, tag: 'H2' })
  paper.y += 3
  write(paper, zh, { ...BODY, color: INK.ink }, at)
  write(paper, en, ENGLISH, at)
  paper.y = top + height + 16
}

/** The sections at a glance: how many records each has. */
function drawSummary(paper: Paper, { content }: ReportSheet): void {
  const width = FULL / 4
  const height = 50
  const { y: top } = paper
  content.sections.forEach(({ name, records }, at) => {
    const x = PAGE.left + (at % 4) * width
    const y = top + Math.floor(at / 4) * height
    decorate(paper, (doc) => doc.rect(x, y, width, height).lineWidth(0.6).stroke(INK.line))
    const some = records.length > 0
    writeAt(
      paper,
      y + 6,
      String(records.length),
      { size: 16, weight: 'bold', color: some ? INK.brand : INK.faint, lead: 1.3 },
      { x: x + 10, width: 40 },
    )
    writeAt(
      paper,
      y + 8.5,
      name.zh,
      { size: 8.8, weight: 'bold', color: INK.ink, lead: 1.4 },
      { x: x + 38, width: width - 42 },
    )
    writeAt(paper, y + 21.5, name.en, { size: 6.8, color: INK.faint, lead: 1.3 }, { x: x + 38, width: width - 42 })
  })
  paper.y = top + Math.ceil(content.sections.length / 4) * height + 20
}

function drawSections(paper: Paper, { content, kind }: ReportSheet): void {
  for (const { name, records } of content.sections) {
    const count = records.length
    if (count === 0) continue
    heading(paper, `${name.zh}信息`, name.en, `${count} 条 record${count === 1 ? '' : 's'}`)
    for (const record of records) drawRecord(paper, record)
    paper.y += 4
  }
  const none = content.sections.filter(({ records }) => records.length === 0)
  if (kind === 'no-violations' || none.length === 0) return
  heading(paper, '无记录的类别', 'Sections without a record', '', 40)
  write(paper, none.map((section) => section.name.zh).join('、'), { ...BODY, color: INK.ink })
  write(paper, none.map((section) => section.name.en).join(', '), ENGLISH)
  paper.y += 16
}

/** The kinds a special report searched: what is not in the table was not searched. */
function drawSearched(paper: Paper, { content }: ReportSheet): void {
  if (content.searched.length === 0) return
  heading(paper, '查询的信息类别', 'Kinds of information searched', `${content.searched.length} 类 kinds`)
  for (const { name, className, found } of content.searched) {
    needRoom(paper, 27)
    const { y } = paper
    writeAt(paper, y, name.zh, { size: 9, color: INK.ink, lead: 1.4 }, { width: 270 })
    writeAt(paper, y + 12, name.en, { size: 7.2, color: INK.faint, lead: 1.3 }, { width: 270 })
    writeAt(paper, y, className.zh, { size: 8.4, color: INK.soft, lead: 1.4 }, { x: PAGE.left + 280, width: 140 })
    writeAt(
      paper,
      y,
      found === 0 ? '无 none' : `${found} 条`,
      { size: 9, weight: 'bold', color: found === 0 ? INK.good : INK.seal, lead: 1.4 },
      { align: 'right' },
    )
    paper.y = y + 24
    decorate(paper, (doc) => doc.rect(PAGE.left, paper.y, FULL, 0.5).fill(INK.line))
    paper.y += 4
  }
  paper.y += 14
}

/** What the report leaves out (B13). The first sentence stands on every report, so that it says nothing about anyone. */
function drawLeftOut(paper: Paper, { content }: ReportSheet): void {
  heading(paper, '未列入的信息', 'What this report leaves out', '', 60)
  write(
    paper,
    '依法已到期、撤回、更正、修复、移出或者暂停的信息，自当日起不展示、不使用，任何报告均不列入，也不显示有无。',
    { ...BODY, color: INK.ink },
  )
  write(
    paper,
    'Information whose term has ended, or that was withdrawn, corrected, repaired, removed or suspended, is neither shown nor used from that day on. No report lists it or says whether there is any.',
    ENGLISH,
  )
  paper.y += 4
  for (const { count, what, ground, until } of content.left) {
    row(
      paper,
      { zh: '未列入', en: 'Withheld' },
      `${count} ${what.zh}。依据：${ground.zh}${until === undefined ? '' : `；至${until}`}`,
      `${count} ${what.en}. Ground: ${ground.en}${until === undefined ? '' : `; until ${until}`}`,
    )
  }
  paper.y += 12
}

function drawSignature(paper: Paper, sheet: ReportSheet): void {
  heading(paper, '签名与核验', 'Signature and verification', '', 200)
  const width = FULL - 150
  const { y: top } = paper
  write(
    paper,
    `联网核验：扫描首页二维码，或打开 ${sheet.address}/verify 并输入报告编号，可知真伪以及出具后信息有无变化；不会显示任何个人信息。`,
    { ...BODY, color: INK.ink },
    { width },
  )
  write(
    paper,
    `Online: scan the code on the first page, or open ${sheet.address}/verify and enter the code. It tells whether the report is genuine and whether anything has changed since, and shows no personal data.`,
    ENGLISH,
    { width },
  )
  paper.y += 5
  write(
    paper,
    '离线核验：./xinheng report verify 文件 --key 公钥。签名和账本存证附在本文件内（附件），改动任何一个字节都会被发现。',
    { ...BODY, color: INK.ink },
    { width },
  )
  write(
    paper,
    'Offline: ./xinheng report verify FILE --key KEY. The signature and the ledger proof are attached to this file; a change of a single byte is found.',
    ENGLISH,
    { width },
  )
  paper.y += 5
  write(paper, `公钥 Public key  ${sheet.key.text}`, { size: 7.6, color: INK.ink, lead: 1.5 }, { width })
  write(
    paper,
    `查询记录 Look-up no. ${sheet.access} · 账本 Ledger ${sheet.key.origin}`,
    { size: 7.6, color: INK.ink, lead: 1.5 },
    { width },
  )
  drawStamp(paper, {
    x: PAGE.right - 66,
    y: top + 66,
    radius: 56,
    ring: `信用${sheet.place.zh}公共信用信息平台`,
    day: inWords(sheet.at).slice(0, 10),
  })
  paper.y = Math.max(paper.y, top + 136) + 6
  write(paper, '对所列信息有异议的，可向平台或者来源单位提出；办理期间标注随记录展示。', BODY)
  write(
    paper,
    'Whoever finds an error may object to the platform or the source; while it is examined the mark stays with the record.',
    ENGLISH,
  )
}

function drawFooters(paper: Paper, sheet: ReportSheet): void {
  const { doc } = paper
  const { count } = doc.bufferedPageRange()
  const left = `${groupCode(sheet.code)}   ${inWords(sheet.at)}`
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page)
    decorate(paper, () => {
      doc.rect(PAGE.left, 794, FULL, 0.6).fill(INK.line)
      doc.font('regular').fontSize(7.4).fillColor(INK.faint)
      doc.text(left, PAGE.left, 808, { lineBreak: false, baseline: 'alphabetic' })
      const right = `第 ${page + 1} 页，共 ${count} 页   Page ${page + 1} of ${count}`
      doc.text(right, PAGE.right - doc.widthOfString(right), 808, { lineBreak: false, baseline: 'alphabetic' })
    })
  }
}

/** Draws a report: the PDF before its seal. */
export async function drawReport(sheet: ReportSheet): Promise<Buffer> {
  const title = REPORT_KINDS[sheet.kind]
  const paper = openPaper({
    title: `${title.zh} ${title.en}`,
    subject: `${groupCode(sheet.code)} ${sheet.at}`,
    at: new Date(sheet.at),
  })
  drawHead(paper, sheet)
  drawIdentity(paper, sheet)
  if (sheet.kind === 'no-violations') drawConclusion(paper, sheet)
  else drawSummary(paper, sheet)
  drawSections(paper, sheet)
  drawSearched(paper, sheet)
  drawLeftOut(paper, sheet)
  drawSignature(paper, sheet)
  drawFooters(paper, sheet)
  return closePaper(paper)
}
