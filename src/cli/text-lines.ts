import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { fail, isOverdraftError } from '../errors/overdraft-error.ts'

/** No row of any file that is read is nearly so long. */
export const lineLengthMax = 64 * 1024

/** The lines of a text file, and afterwards what the file was. */
export interface TextLines extends AsyncIterable<string> {
  /** SHA-256 of all bytes, as hex; of what was read, until the lines have ended. */
  sha256(): string
}

/**
 * The lines of a text file, one after another, without holding more of it in memory than a line.
 * @throws `report.file-unreadable`, `report.line-too-long`
 */
export function textLines(path: string): TextLines {
  const hash = createHash('sha256')
  return { sha256: () => hash.copy().digest('hex'), [Symbol.asyncIterator]: () => linesOf(path, (bytes) => hash.update(bytes)) }
}

async function* linesOf(path: string, see: (bytes: Buffer) => void): AsyncGenerator<string> {
  try {
    const file = await open(path, 'r')
    try {
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
      let [line, rest] = [0, '']
      for await (const bytes of file.createReadStream({ autoClose: false })) {
        see(bytes)
        const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n')
        rest = parts.pop() ?? ''
        for (const part of parts) yield whole(path, ++line, part)
        whole(path, line + 1, rest)
      }
      rest += decoder.decode()
      if (rest !== '') yield whole(path, line + 1, rest)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (isOverdraftError(error)) throw error
    fail('report.file-unreadable', { path, reason: error instanceof Error ? error.message : String(error) }, error)
  }
}

function whole(path: string, line: number, text: string): string {
  if (text.length > lineLengthMax) fail('report.line-too-long', { path, line, limit: lineLengthMax })
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
