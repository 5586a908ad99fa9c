import { type FileHandle, open, rm } from 'node:fs/promises'
import { fail } from '../../errors/overdraft-error.ts'

const pieceCharacters = 256 * 1024

/**
 * Writes lines to a new file, a piece at a time, and gives what the lines end with. A file that is there already is left
 * alone, and one that could not be finished is taken away again.
 *
 * @throws `certificate.unwritable`; whatever the lines throw
 */
export async function writeNewFile<Result>(path: string, lines: AsyncGenerator<string, Result>): Promise<Result> {
  const file = await open(path, 'wx').catch((error: unknown) => unwritable(path, error))
  try {
    const result = await writeLines(path, file, lines)
    await file.sync().catch((error: unknown) => unwritable(path, error))
    await file.close()
    return result
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(path, { force: true })
    throw error
  }
}

async function writeLines<Result>(path: string, file: FileHandle, lines: AsyncGenerator<string, Result>): Promise<Result> {
  let piece = ''
  const flush = async () => {
    const text = piece
    piece = ''
    await file.appendFile(text).catch((error: unknown) => unwritable(path, error))
  }
  for (;;) {
    const { value, done } = await lines.next()
    if (done === true) {
      await flush()
      return value
    }
    piece += value
    if (piece.length >= pieceCharacters) await flush()
  }
}

function unwritable(path: string, error: unknown): never {
  return fail('certificate.unwritable', { path, reason: error instanceof Error ? error.message : String(error) }, error)
}
