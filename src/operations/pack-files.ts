import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml'
import { PACK_PROBLEMS, type Found, type PackProblemCode, type Path } from '#domain/pack-problem.ts'
import type { Text } from '#domain/refusal.ts'

/** One thing wrong with a pack, and where: `line` and `column` count from 1. */
export type Problem = {
  code: PackProblemCode
  file: string
  line: number
  column?: number
  message: Text
  remedy: Text
}

type Source = { file: string; doc: Document; lines: LineCounter; path: Path }

/** One folder read: what it says, and where each of its parts was said. */
export type PackFiles = {
  id: string
  layer: Record<string, unknown>
  sources: Map<string, Source[]>
  problems: Problem[]
  files: string[]
}

/** The texts of one layer: name of the file → YAML. */
export type LayerTexts = Readonly<Record<string, string>>

/** Reads the YAML files of one folder as one layer. */
export async function readPackFiles(id: string, folder: string): Promise<PackFiles> {
  return parseLayer(id, basename(dirname(folder)), await readLayerTexts(folder))
}

/** Every YAML file of a folder. */
export async function readLayerTexts(folder: string): Promise<LayerTexts> {
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name))
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  )
}

/** Texts as one layer: lists of the same name are joined, anything else is said once. Pure. */
export function parseLayer(id: string, root: string, texts: LayerTexts): PackFiles {
  const names = Object.keys(texts).toSorted()
  const shown = join(root, id)
  const read: PackFiles = {
    id,
    layer: {},
    sources: new Map(),
    problems: [],
    files: names.map((name) => join(shown, name)),
  }
  for (const name of names) {
    const lines = new LineCounter()
    const file = join(shown, name)
    const doc = parseDocument(texts[name] ?? '', { lineCounter: lines, version: '1.2' })
    for (const error of [...doc.errors, ...doc.warnings]) {
      const { line, col } = lines.linePos(error.pos[0])
      read.problems.push(problemAt('yaml', file, { line, column: col }, error.code))
    }
    if (doc.errors.length > 0) continue
    const content = contentOf(doc)
    if (isRecord(content)) addFile(read, content, { file, doc, lines, path: [] })
    else read.problems.push(problemAt('yaml', file, { line: 1 }, 'NOT_A_MAP'))
  }
  if (read.layer['pack'] === undefined && read.problems.length === 0) {
    read.problems.push(problemAt('pack-missing', read.files[0] ?? join(shown, 'pack.yaml'), { line: 1 }, id))
  }
  return read
}

/** What a document says; undefined where its aliases name nothing, or so much that no policy says it. */
function contentOf(doc: Document): unknown {
  try {
    return doc.toJS({ maxAliasCount: 10_000 })
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function addFile(read: PackFiles, content: Record<string, unknown>, source: Source): void {
  for (const [key, value] of Object.entries(content)) {
    const at: Source = { ...source, path: [key] }
    const parts = Array.isArray(value) ? value.map((_, index) => ({ ...at, path: [key, index] })) : [at]
    const said = read.layer[key]
    if (said === undefined) {
      read.layer[key] = Array.isArray(value) ? [...value] : value
      read.sources.set(key, parts)
    } else if (Array.isArray(said) && Array.isArray(value)) {
      said.push(...value)
      read.sources.get(key)?.push(...parts)
    } else {
      const place = placeOf(at, [key])
      read.problems.push(problemAt('said-twice', at.file, place, key))
    }
  }
}

/** Turns a path in the layer into file and line: those of the deepest node on the path that was written. */
export function locate(read: PackFiles, found: Omit<Found, 'layer'>): Problem {
  const [key = '', ...rest] = found.path
  const sources = read.sources.get(String(key)) ?? []
  const [index, ...inside] = rest
  const isListed = Array.isArray(read.layer[String(key)]) && typeof index === 'number'
  const source = isListed ? sources[index] : sources[0]
  if (!source) return problemAt(found.code, read.files[0] ?? read.id, { line: 1 }, found.what)
  const path = [...source.path, ...(isListed ? inside : rest)]
  return problemAt(found.code, source.file, placeOf(source, path), found.what)
}

type Place = { line: number; column?: number }

/** Where the deepest node on a path starts; for a pair, its key. Aliases are followed to what they stand for. */
function placeOf({ doc, lines }: Source, path: Path): Place {
  let node: unknown = doc.contents
  let start = 0
  for (const step of path) {
    const real: unknown = isAlias(node) ? node.resolve(doc) : node
    if (isMap(real)) {
      const pair = real.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (!pair) break
      start = startOf(pair.key) ?? start
      node = pair.value
    } else if (isSeq(real)) {
      node = real.items[Number(step)]
      start = startOf(node) ?? start
    } else break
  }
  const { line, col } = lines.linePos(start)
  return { line: Math.max(line, 1), column: col }
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)

/** The problem with its words: `{}` in them is `what`. */
export function problemAt(code: PackProblemCode, file: string, place: Place, what: string): Problem {
  const { message, remedy } = PACK_PROBLEMS[code]
  const fill = ({ zh, en }: Text): Text => ({ zh: zh.replace('{}', what), en: en.replace('{}', what) })
  return { code, file, ...place, message: fill(message), remedy: fill(remedy) }
}
