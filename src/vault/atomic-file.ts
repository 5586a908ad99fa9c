import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail } from '../errors/overdraft-error.ts'

/** The text of a file, or `undefined` when there is none. @throws `storage.unwritable` when it may not be read */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    return fail('storage.unwritable', { path, reason: reasonOf(error) }, error)
  }
}

/**
 * Replaces a file as a whole, readable by its owner only: whoever reads it at any moment, also after a power cut,
 * sees either the old text or the new one.
 * @throws `storage.full`, `storage.unwritable`, with the old file untouched
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeDurably(temporary, text)
    await rename(temporary, path)
    await syncDirectory(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    if (errorCode(error) === 'ENOSPC') fail('storage.full', { path }, error)
    fail('storage.unwritable', { path, reason: reasonOf(error) }, error)
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The rename itself is durable only once its folder is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
