import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
// oxlint-disable-next-line import/no-named-as-default -- its types know the default only
import PDFDocument from 'pdfkit'
import { breakLines } from './lines.ts'

/** Points. A4 with room for a hole punch; nothing but the footer stands below `bottom`. */
export const PAGE = { width: 595.28, height: 841.89, left: 54, right: 541.28, top: 58, bottom: 776 }
export const FULL = PAGE.right - PAGE.left

/** The colours of the screens (web/src/style/tokens.css). */
export const INK = {
  ink: '#17272d',
  soft: '#415259',
  faint: '#58676d',
  line: '#dedace',
  sunk: '#f7f5f0',
  brand: '#14525f',
  brandSoft: '#e2eef0',
  seal: '#a3281b',
  sealSoft: '#fae9e5',
  good: '#1c6642',
  goodSoft: '#e3f1e8',
  warn: '#754b00',
  warnSoft: '#fbf0d9',
  white: '#ffffff',
} as const

export type Weight = 'regular' | 'bold'
export type Style = { size: number; weight?: Weight; color?: string; lead?: number }

const FILES = {
  regular: '400Regular/NotoSansSC_400Regular.ttf',
  bold: '700Bold/NotoSansSC_700Bold.ttf',
} as const satisfies Record<Weight, string>
const fonts = new Map<Weight, Buffer>()

/** The font, read once a process: ten megabytes each, of which a report embeds what it uses. */
function fontOf(weight: Weight): Buffer {
  let font = fonts.get(weight)
  if (!font) {
    font = readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${FILES[weight]}`))
    fonts.set(weight, font)
  }
  return font
}

type Fontkit = { hasGlyphForCodePoint: (point: number) => boolean }

/** What is drawn on, and where the next thing goes. Tagged for screen readers: everything is text of an element or decoration. */
export type Paper = {
  doc: PDFKit.PDFDocument
  y: number
  /** drawn beside the text from page to page: the rule of a card */
  rule: { x: number; from: number; color: string } | undefined
  widths: Map<string, number>
}

/**
 * A document in which nothing is left to chance: dates and id follow from the instant. Streams are not compressed: what
 * zlib makes of the same bytes differs between processors and versions, and a report must come out the same everywhere.
 */
export function openPaper(of: { title: string; subject: string; at: Date }): Paper {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    compress: false,
    tagged: true,
    displayTitle: true,
    lang: 'zh-CN',
    pdfVersion: '1.7',
    info: {
      Title: of.title,
      Subject: of.subject,
      Producer: 'Xinheng',
      Creator: 'Xinheng',
      CreationDate: of.at,
      ModDate: of.at,
    },
  })
  for (const weight of ['regular', 'bold'] as const) doc.registerFont(weight, fontOf(weight))
  return { doc, y: PAGE.top, rule: undefined, widths: new Map() }
}

/** The bytes, when all is drawn. */
export async function closePaper({ doc }: Paper): Promise<Buffer> {
  const parts: Buffer[] = []
  const done = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject))
  doc.on('data', (part: Buffer) => parts.push(part))
  doc.end()
  await done
  return Buffer.concat(parts)
}

/** Decoration, which nobody needs to have read out. */
export function decorate(paper: Paper, draw: (doc: PDFKit.PDFDocument) => void): void {
  paper.doc.markContent('Artifact', { type: 'Layout' })
  paper.doc.save()
  draw(paper.doc)
  paper.doc.restore()
  paper.doc.endMarkedContent()
}

/** A character the font does not have is named, never left out: a name must be readable. */
function drawable(paper: Paper, text: string, weight: Weight): string {
  paper.doc.font(weight)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the font as fontkit has it, which the types do not show
  const { _font } = paper.doc as unknown as { _font: { font: Fontkit } }
  const shown = (char: string) => char === '\n' || _font.font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0)
  return Array.from(text, (char) =>
    shown(char) ? char : `〔U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}〕`,
  ).join('')
}

/** A text in lines of a width. */
export function linesOf(paper: Paper, text: string, { size, weight = 'regular' }: Style, width: number): string[] {
  const { doc, widths } = paper
  doc.font(weight).fontSize(1000)
  const measure = (char: string) => {
    const key = weight + char
    let known = widths.get(key)
    if (known === undefined) widths.set(key, (known = doc.font(weight).fontSize(1000).widthOfString(char) / 1000))
    return known * size
  }
  return breakLines(drawable(paper, text, weight), width, measure)
}

const leadOf = ({ size, lead = 1.5 }: Style): number => size * lead

export const heightOf = (paper: Paper, text: string, style: Style, width: number): number =>
  linesOf(paper, text, style, width).length * leadOf(style)

function strokeRule({ doc, rule }: Paper, to: number): void {
  if (!rule || to <= rule.from) return
  doc
    .save()
    .rect(rule.x, rule.from, 2.2, to - rule.from)
    .fill(rule.color)
    .restore()
}

export function turnPage(paper: Paper): void {
  if (paper.rule) decorate(paper, () => strokeRule(paper, PAGE.bottom))
  paper.doc.addPage()
  paper.y = PAGE.top
  if (paper.rule) paper.rule.from = PAGE.top
}

/** Begins a rule along what is drawn until it ends. */
export function beginRule(paper: Paper, color: string): void {
  paper.rule = { x: PAGE.left, from: paper.y, color }
}

export function endRule(paper: Paper): void {
  decorate(paper, () => strokeRule(paper, paper.y))
  paper.rule = undefined
}

/** Goes to the next page unless so much room is left on this one. */
export function needRoom(paper: Paper, height: number): void {
  if (paper.y + height > PAGE.bottom && paper.y > PAGE.top) turnPage(paper)
}

export type Tag = 'H1' | 'H2' | 'H3' | 'P'
export type Place = { x?: number; width?: number; tag?: Tag; align?: 'left' | 'right' | 'center' }

/** Writes a text from where the paper stands, over as many pages as it needs. */
export function write(
  paper: Paper,
  text: string,
  style: Style,
  { x = PAGE.left, width = FULL, tag = 'P', align = 'left' }: Place = {},
): void {
  const { doc } = paper
  const element = doc.struct(tag)
  doc.addStructure(element)
  const lines = linesOf(paper, text, style, width)
  const lead = leadOf(style)
  let at = 0
  while (at < lines.length) {
    needRoom(paper, lead)
    const fit = Math.max(1, Math.floor((PAGE.bottom - paper.y + 0.01) / lead))
    const content = doc.markStructureContent(tag)
    doc
      .font(style.weight ?? 'regular')
      .fontSize(style.size)
      .fillColor(style.color ?? INK.ink)
    for (const line of lines.slice(at, at + fit)) {
      const free = align === 'left' ? 0 : width - doc.widthOfString(line)
      const left = x + (align === 'center' ? free / 2 : free)
      // a line is set in the middle of its lead, by its baseline
      doc.text(line, left, paper.y + (lead - style.size) / 2 + style.size * 0.86, {
        lineBreak: false,
        baseline: 'alphabetic',
      })
      paper.y += lead
    }
    doc.endMarkedContent()
    element.add(content)
    at += fit
  }
  element.end()
}

/** The same at a place of its own; the paper stays where it was. */
export function writeAt(paper: Paper, y: number, text: string, style: Style, place: Place = {}): number {
  const { y: before } = paper
  paper.y = y
  write(paper, text, style, place)
  const { y: after } = paper
  paper.y = before
  return after
}
