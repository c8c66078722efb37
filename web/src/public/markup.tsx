import { parseMarkup, type Inline } from '#contract/site.ts'
import { useHref } from './site.tsx'

function Line({ content }: { content: Inline[] }) {
  const href = useHref()
  return content.map((part, at) => {
    const key = `${at}`
    if (part.kind === 'strong') return <strong key={key}>{part.text}</strong>
    if (part.kind === 'link')
      return (
        <a key={key} href={part.href.startsWith('/') ? href(part.href) : part.href} rel="noreferrer">
          {part.text}
        </a>
      )
    return <span key={key}>{part.text}</span>
  })
}

/** A text of the site, drawn: there is no HTML in it that could be anything else than text. */
export function Markup({ text }: { text: string }) {
  return (
    <div className="prose">
      {parseMarkup(text).map((block, at) => {
        const key = `${at}`
        switch (block.kind) {
          case 'heading':
            return block.level === 2 ? (
              <h2 key={key}>
                <Line content={block.content} />
              </h2>
            ) : (
              <h3 key={key}>
                <Line content={block.content} />
              </h3>
            )
          case 'quote':
            return (
              <blockquote key={key}>
                <Line content={block.content} />
              </blockquote>
            )
          case 'list': {
            const List = block.ordered ? 'ol' : 'ul'
            return (
              <List key={key}>
                {block.items.map((item, n) => (
                  <li key={`${n}`}>
                    <Line content={item} />
                  </li>
                ))}
              </List>
            )
          }
          case 'paragraph':
            return (
              <p key={key}>
                <Line content={block.content} />
              </p>
            )
        }
      })}
    </div>
  )
}
