import { randomBytes } from 'node:crypto'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeDirectory } from './directory.ts'

/** Writes text beside `path`, on disk when it returns; what it is called there. */
export async function writeAside(path: string, text: string, mode: number): Promise<string> {
  makeDirectory(dirname(path), 0o777)
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = await open(aside, 'wx', mode)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return aside
}

/** A name put into a folder survives the machine only when the folder is on disk too. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path))
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Replaces a file as a whole: whoever reads it, or starts after a crash, sees the one before or this one. */
export async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  await rename(await writeAside(path, text, mode), path)
  await syncFolder(path)
}
