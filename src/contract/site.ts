export {
  CONTENT_KINDS,
  CONTENT_KIND_NAMES,
  isContentKind,
  isTipKind,
  TIP_KINDS,
  type ContentKind,
  type TipKind,
} from '#domain/public-kinds.ts'
export { excerptOf, parseMarkup, type Block, type Inline } from '#domain/markup.ts'
