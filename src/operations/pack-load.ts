import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkLayers, checkShape, isPackLayer } from '#domain/pack-check.ts'
import { mergePack } from '#domain/pack-merge.ts'
import type { Pack, PackLayer } from '#domain/pack.ts'
import {
  locate,
  parseLayer,
  problemAt,
  readLayerTexts,
  readPackFiles,
  type LayerTexts,
  type PackFiles,
  type Problem,
} from './pack-files.ts'

/**
 * Where packs are looked for: the project's `policy/`, or folders of the caller's, first found first; `layers` stand in the
 * place of what the folders say, whole.
 */
export type PackOptions = { root?: string | readonly string[]; layers?: ReadonlyMap<string, LayerTexts> }

const POLICY = fileURLToPath(new URL('../../policy', import.meta.url))

/**
 * Loads a pack with the layers it extends, checked. Throws with every problem as `file:line code message` if there is
 * any: a city never runs on a pack that does not pass.
 */
export async function loadPack(id: string, options: PackOptions = {}): Promise<Pack> {
  const { layers, problems } = await readLayers(id, options)
  if (layers === undefined || problems.length > 0) {
    throw new Error(`pack ${id} does not pass:\n${problems.map(formatProblem).join('\n')}`, { cause: problems })
  }
  return mergePack(layers)
}

/** Every problem of a pack and the layers it extends, in file and line order; empty if it may be used. */
export async function checkPack(id: string, options: PackOptions = {}): Promise<Problem[]> {
  return (await readLayers(id, options)).problems
}

/** The pack with its problems, in one reading: `pack` is there where it has none. */
export async function tryPack(id: string, options: PackOptions = {}): Promise<{ pack?: Pack; problems: Problem[] }> {
  const { layers, problems } = await readLayers(id, options)
  return layers === undefined || problems.length > 0 ? { problems } : { pack: mergePack(layers), problems }
}

/** The texts of one layer as the project's folder has them; undefined where there is none. */
export async function readStoredLayer(id: string, root: string = POLICY): Promise<LayerTexts | undefined> {
  const folder = join(root, id)
  return /^[a-z][a-z0-9-]*$/.test(id) && existsSync(folder) ? readLayerTexts(folder) : undefined
}

/** The packs of a folder, by name: every folder with YAML in it. */
export async function listPacks(root: string = POLICY): Promise<string[]> {
  const folders = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const files = await Promise.all(folders.map(({ name }) => readdir(join(root, name))))
  return folders
    .filter((_, index) => files[index]?.some((name) => /\.ya?ml$/.test(name)))
    .map(({ name }) => name)
    .toSorted()
}

/** `file:line  code  message` */
export const formatProblem = (problem: Problem): string =>
  `${problem.file}:${problem.line}  ${problem.code}  ${problem.message.zh} / ${problem.message.en}`

async function readLayers(id: string, options: PackOptions): Promise<{ layers?: PackLayer[]; problems: Problem[] }> {
  const { reads, problems } = await followExtends(id, options)
  for (const read of reads) {
    problems.push(...read.problems)
    // what could not be read has no shape to judge
    if (read.problems.length === 0) problems.push(...checkShape(read.layer).map((found) => locate(read, found)))
    const named = property(read.layer['pack'], 'id')
    if (named !== undefined && named !== read.id) {
      problems.push(locate(read, { code: 'pack-id', path: ['pack', 'id'], what: read.id }))
    }
  }
  const layers = reads.map(({ layer }) => layer)
  if (problems.length > 0 || !layers.every(isPackLayer)) return { problems: sorted(problems) }
  const found = checkLayers(layers).flatMap((one) =>
    reads.slice(one.layer, one.layer + 1).map((read) => locate(read, one)),
  )
  return { layers, problems: sorted(found) }
}

/** Reads a pack's folder and those above it, uppermost first. */
async function followExtends(
  id: string,
  { root = POLICY, layers }: PackOptions,
): Promise<{ reads: PackFiles[]; problems: Problem[] }> {
  const roots = typeof root === 'string' ? [root] : root
  const reads: PackFiles[] = []
  for (let next: string | undefined = id; next !== undefined; next = property(reads[0]?.layer['pack'], 'extends')) {
    const name: string = next
    const [below] = reads
    const path = ['pack', 'extends']
    if (below && reads.some((read) => read.id === name)) {
      return { reads, problems: [locate(below, { code: 'extends-cycle', path, what: name })] }
    }
    const texts = layers && (layers.get(name) ?? (await readStoredLayer(name)))
    if (texts) {
      reads.unshift(parseKnown(name, texts))
      continue
    }
    const folder = roots.map((one) => join(one, name)).find((one) => existsSync(one))
    if (folder === undefined) {
      const unknown = below
        ? locate(below, { code: 'extends-unknown', path, what: name })
        : problemAt('pack-unknown', name, { line: 1 }, name)
      return { reads, problems: [unknown] }
    }
    reads.unshift(await readPackFiles(name, folder))
  }
  return { reads, problems: [] }
}

const KEPT = 12
const known = new Map<string, PackFiles>()

/** Reading YAML is what costs; while one layer is edited, the others stay as they were. */
function parseKnown(id: string, texts: LayerTexts): PackFiles {
  const key = hash('sha256', JSON.stringify([id, texts]))
  const read = known.get(key) ?? parseLayer(id, 'policy', texts)
  known.delete(key)
  known.set(key, read)
  for (const oldest of [...known.keys()].slice(0, -KEPT)) known.delete(oldest)
  return read
}

/** A text property of something read from YAML, whatever that is. */
function property(value: unknown, name: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof found === 'string' ? found : undefined
}

/** In file and line order, and every finding once: an alias can make the same line wrong many times. */
function sorted(problems: readonly Problem[]): Problem[] {
  const keyOf = ({ file, line, column = 0, code, message }: Problem) =>
    [file, String(line).padStart(6, '0'), String(column).padStart(6, '0'), code, message.zh].join('\n')
  const byKey = new Map(problems.map((problem) => [keyOf(problem), problem]))
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, problem]) => problem)
}
