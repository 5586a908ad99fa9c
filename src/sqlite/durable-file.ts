import { closeSync, constants, copyFileSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { asStorageError } from './storage-error.ts'

const ownerOnlyMode = 0o600

/** Copies a file that nobody writes to meanwhile; durable when it returns. @throws `storage.full`, `storage.unwritable` */
export function copyDurably(from: string, to: string): void {
  orStorageError(to, () => {
    // Readable by its owner only from the first byte on; where the file system can, both share their blocks.
    closeSync(openSync(to, 'w', ownerOnlyMode))
    copyFileSync(from, to, constants.COPYFILE_FICLONE)
    syncPath(to)
  })
}

/**
 * Replaces a file as a whole: whoever reads it at any moment, also after a power cut, sees the old parts or the new.
 * @throws `storage.full`, `storage.unwritable`, with the old file untouched
 */
export function replaceDurably(path: string, parts: readonly (Uint8Array | string)[]): void {
  const temporary = `${path}.new`
  orStorageError(path, () => {
    try {
      const handle = openSync(temporary, 'w', ownerOnlyMode)
      try {
        for (const part of parts) writeFileSync(handle, part)
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
      renameSync(temporary, path)
      syncPath(dirname(path))
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
  })
}

/** Waits until the disk has what a file, or the names in a directory, were changed to. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function orStorageError(path: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw asStorageError(path, error)
  }
}
