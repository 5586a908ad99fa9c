import { open } from 'node:fs/promises'
import { fail, isOverdraftError } from '../errors/overdraft-error.ts'

/** The lines of a text file, one after another, without holding the file in memory. @throws `report.file-unreadable` */
export async function* textLines(path: string): AsyncGenerator<string> {
  try {
    const file = await open(path, 'r')
    try {
      yield* file.readLines({ encoding: 'utf8' })
    } finally {
      await file.close()
    }
  } catch (error) {
    if (isOverdraftError(error)) throw error
    fail('report.file-unreadable', { path, reason: error instanceof Error ? error.message : String(error) }, error)
  }
}
