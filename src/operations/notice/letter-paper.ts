import { dayEn, dayZh } from '#domain/day-words.ts'
import { closePaper, decorate, FULL, INK, openPaper, PAGE, write } from '../report/paper.ts'
import { dayOf } from '../system.ts'
import type { Letter } from './letters.ts'

const SOFT = { size: 9, color: INK.soft, lead: 1.6 }

/** A letter as it is printed: to whom, what, how to answer, the slip that proves its service (送达回证). */
export async function drawLetter(letter: Letter, platform: { zh: string; en: string }): Promise<Buffer> {
  const day = dayOf(letter.told)
  const paper = openPaper({ title: '通知书 Notice', subject: letter.letter, at: new Date(letter.at) })
  const gap = (height: number) => (paper.y += height)
  const line = () => {
    gap(8)
    decorate(paper, (doc) => doc.rect(PAGE.left, paper.y, FULL, 0.6).fill(INK.line))
    gap(12)
  }
  write(paper, letter.unit.zh, { size: 17, weight: 'bold', color: INK.brand }, { tag: 'H1', align: 'center' })
  write(paper, letter.unit.en, { size: 9, color: INK.faint }, { align: 'center' })
  gap(6)
  write(paper, '通知书 · Notice', { size: 13, weight: 'bold' }, { tag: 'H2', align: 'center' })
  line()
  write(paper, `${letter.to.name}：`, { size: 11.5, weight: 'bold' })
  if (letter.to.address !== undefined) write(paper, letter.to.address, SOFT)
  gap(10)
  write(paper, letter.title.zh, { size: 11.5, weight: 'bold' }, { tag: 'H3' })
  gap(2)
  write(paper, letter.text.zh, { size: 11, lead: 1.8 })
  gap(12)
  write(paper, letter.title.en, { size: 10, weight: 'bold', color: INK.soft }, { tag: 'H3' })
  write(paper, letter.text.en, { size: 9.5, color: INK.soft, lead: 1.6 })
  gap(14)
  write(paper, letter.unit.zh, { size: 10.5 }, { align: 'right' })
  write(paper, `${dayZh(day)} · ${dayEn(day)}`, SOFT, { align: 'right' })
  gap(10)
  write(paper, '您也可以持身份证件到任一服务窗口查询、提出异议；开立账户后，可以随时在网上查看全部档案和通知。', SOFT)
  write(
    paper,
    'At any counter you can read your file and object, with your identity document; with an account you can do so on line.',
    { ...SOFT, size: 8.5, color: INK.faint },
  )
  line()
  write(paper, '送达回证 · Proof of service', { size: 11, weight: 'bold' }, { tag: 'H2' })
  gap(4)
  for (const [zh, en] of SLIP) {
    write(paper, `${zh} ${en}：____________________________________________`, { size: 9.5, lead: 2.3 })
  }
  write(paper, `编号 Number：${letter.letter}`, { size: 7.5, color: INK.faint, lead: 2 })
  write(paper, `${platform.zh} · ${platform.en}`, { size: 7.5, color: INK.faint })
  return closePaper(paper)
}

const SLIP = [
  ['送达方式（直接、邮寄、留置、公告）', 'how it was served'],
  ['送达日期', 'day of service'],
  ['收件人签名或者邮件编号', 'signature, or number of the mail'],
  ['送达人', 'served by'],
] as const
