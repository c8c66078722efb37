// oxlint-disable-next-line import/no-named-as-default -- its types know the default only
import qrcode from 'qrcode-generator'
import { decorate, INK, type Paper } from './paper.ts'

/** A QR code of a text (GB/T 18284, level M), `size` points wide with its quiet zone, as one figure with its words. */
export function drawQr(paper: Paper, text: string, at: { x: number; y: number; size: number }): void {
  const { doc } = paper
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  const module = at.size / (count + 4)
  const figure = doc.struct('Figure', { alt: `二维码 QR code: ${text}` })
  doc.addStructure(figure)
  const content = doc.markStructureContent('Figure')
  doc.save().rect(at.x, at.y, at.size, at.size).fill(INK.white)
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      // neighbours as one bar: no hairlines between them
      let length = 0
      while (column + length < count && code.isDark(row, column + length)) length += 1
      if (length === 0) continue
      doc.rect(at.x + (column + 2) * module, at.y + (row + 2) * module, length * module, module)
      column += length
    }
  }
  doc.fill(INK.ink).restore()
  doc.endMarkedContent()
  figure.add(content)
  figure.end()
}

/**
 * The stamp of the signature block. It says that the signature is electronic, and is drawn unlike the round seals with a
 * star of state organs: what counts is the signature in the file.
 */
export function drawStamp(paper: Paper, of: { x: number; y: number; radius: number; ring: string; day: string }): void {
  const { radius } = of
  decorate(paper, (doc) => {
    doc.translate(of.x, of.y).rotate(-9)
    doc.lineWidth(2.2).circle(0, 0, radius).stroke(INK.seal)
    doc
      .lineWidth(0.7)
      .circle(0, 0, radius - 5)
      .stroke(INK.seal)
    doc
      .lineWidth(0.7)
      .circle(0, 0, radius - 22)
      .stroke(INK.seal)
    doc.font('bold').fontSize(9.5).fillColor(INK.seal)
    const letters = Array.from(of.ring)
    const step = Math.min(30, 250 / letters.length)
    letters.forEach((letter, index) => {
      doc.save()
      doc.rotate((index - (letters.length - 1) / 2) * step)
      doc.text(letter, -doc.widthOfString(letter) / 2, -radius + 17, { lineBreak: false, baseline: 'alphabetic' })
      doc.restore()
    })
    const centred = (text: string, size: number, y: number) => {
      doc.font('bold').fontSize(size)
      doc.text(text, -doc.widthOfString(text) / 2, y, { lineBreak: false, baseline: 'alphabetic' })
    }
    centred('电子签名', 11, -3)
    centred(of.day, 7.5, 9)
    centred('ELECTRONIC', 5, 17)
  })
}
