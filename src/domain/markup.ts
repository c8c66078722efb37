/**
 * The markup of texts on the public site: a small part of Markdown, parsed to a tree that a page draws. There is no way
 * to write HTML in it, and addresses lead into the site or to https.
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong'; text: string }
  | { kind: 'link'; text: string; href: string }

export type Block =
  | { kind: 'heading'; level: 2 | 3; content: Inline[] }
  | { kind: 'paragraph'; content: Inline[] }
  | { kind: 'quote'; content: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }

const INLINE = /\*\*([^*\n]+)\*\*|\[([^\]\n]+)\]\(([^)\s]+)\)/g

/** Within the site, or over https: nothing that runs, nothing without a name. */
const isSafe = (href: string): boolean =>
  /^\/(?!\/)[\w\-./?=&%#]*$/.test(href) || /^https:\/\/[\w.-]+(?:[/?#]\S*)?$/.test(href)

function parseInline(text: string): Inline[] {
  const parts: Inline[] = []
  let at = 0
  for (const match of text.matchAll(INLINE)) {
    const [whole, strong, label, href = ''] = match
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) })
    if (strong !== undefined) parts.push({ kind: 'strong', text: strong })
    else if (label !== undefined && isSafe(href)) parts.push({ kind: 'link', text: label, href })
    else parts.push({ kind: 'text', text: whole })
    at = match.index + whole.length
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) })
  return parts
}

const STARTS = [
  { pattern: /^##\s+/, kind: 'heading', level: 2 },
  { pattern: /^###\s+/, kind: 'heading', level: 3 },
] as const
const ITEM = /^(?:[-*]|(\d+)[.)、])\s+/

/** Parses a text. Everything that is not markup is text, `<` included. */
export function parseMarkup(text: string): Block[] {
  const blocks: Block[] = []
  for (const part of text.replaceAll('\r\n', '\n').split(/\n{2,}/)) {
    const lines = part.split('\n').filter((line) => line.trim() !== '')
    let paragraph: string[] = []
    const flush = () => {
      if (paragraph.length > 0) blocks.push({ kind: 'paragraph', content: parseInline(paragraph.join('\n')) })
      paragraph = []
    }
    for (const line of lines) {
      const heading = STARTS.find(({ pattern }) => pattern.test(line))
      const item = ITEM.exec(line)
      const last = blocks.at(-1)
      if (heading) {
        flush()
        blocks.push({ kind: 'heading', level: heading.level, content: parseInline(line.replace(heading.pattern, '')) })
      } else if (item) {
        const joins = paragraph.length === 0 && line !== lines[0] && last?.kind === 'list'
        flush()
        const content = parseInline(line.slice(item[0].length))
        if (joins && last.ordered === (item[1] !== undefined)) last.items.push(content)
        else blocks.push({ kind: 'list', ordered: item[1] !== undefined, items: [content] })
      } else if (line.startsWith('> ')) {
        flush()
        blocks.push({ kind: 'quote', content: parseInline(line.slice(2)) })
      } else paragraph.push(line)
    }
    flush()
  }
  return blocks
}

/** The first words of a text, without its markup: what a list shows of it. */
export function excerptOf(text: string, length: number): string {
  const plain = parseMarkup(text)
    .filter((block) => block.kind === 'paragraph')
    .map(({ content }) => content.map((part) => part.text).join(''))
    .join(' ')
    .replaceAll('\n', ' ')
  return plain.length <= length ? plain : `${plain.slice(0, length)}…`
}
