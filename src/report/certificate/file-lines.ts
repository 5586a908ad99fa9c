import { type FileHandle, open } from 'node:fs/promises'
import { fail } from '../../errors/overdraft-error.ts'

/** One line of a file, without its line feed. */
export interface FileLine {
  readonly bytes: Buffer
  /** Where it begins in the file. */
  readonly offset: number
  /** Whether a line feed ends it. */
  readonly isEnded: boolean
}

const chunkBytes = 64 * 1024
/** The longest lines there are hold a thousand findings; anything longer was not written by Overdraft. */
const lineBytesMax = 16 * 1024 * 1024
const lineFeed = 0x0a

/** The lines from an offset to the end. @throws `certificate.unreadable`, `certificate.line-too-long` */
export async function* linesForward(path: string, from = 0): AsyncGenerator<FileLine> {
  const file = await opened(path)
  try {
    let [kept, keptAt]: [Buffer, number] = [Buffer.alloc(0), from]
    for (let position = from; ; ) {
      const chunk = await readPart(file, path, position, chunkBytes)
      if (chunk.length === 0) break
      position += chunk.length
      const whole = Buffer.concat([kept, chunk])
      let start = 0
      for (let end = whole.indexOf(lineFeed, kept.length); end !== -1; end = whole.indexOf(lineFeed, start)) {
        yield { bytes: whole.subarray(start, end), offset: keptAt + start, isEnded: true }
        start = end + 1
      }
      kept = whole.subarray(start)
      keptAt += start
      if (kept.length > lineBytesMax) fail('certificate.line-too-long', { path, bytes: lineBytesMax })
    }
    if (kept.length > 0) yield { bytes: kept, offset: keptAt, isEnded: false }
  } finally {
    await file.close()
  }
}

/** The lines from the last to the one that begins at an offset. @throws `certificate.unreadable`, `certificate.line-too-long` */
export async function* linesBackward(path: string, until = 0): AsyncGenerator<FileLine> {
  const file = await opened(path)
  try {
    const { size } = await file.stat()
    let kept: Buffer = Buffer.alloc(0)
    let isEnded = false
    let position = size
    while (position > until) {
      const length = Math.min(chunkBytes, position - until)
      position -= length
      const chunk = await readPart(file, path, position, length)
      const whole = Buffer.concat([chunk, kept])
      let end = whole.length
      // What was kept holds no line feed.
      for (let feed = chunk.lastIndexOf(lineFeed); feed !== -1; feed = feed === 0 ? -1 : chunk.lastIndexOf(lineFeed, feed - 1)) {
        const isAfterLast = !isEnded && position + feed + 1 === size
        if (!isAfterLast) yield { bytes: whole.subarray(feed + 1, end), offset: position + feed + 1, isEnded }
        isEnded = true
        end = feed
      }
      kept = whole.subarray(0, end)
      if (kept.length > lineBytesMax) fail('certificate.line-too-long', { path, bytes: lineBytesMax })
    }
    if (size > until) yield { bytes: kept, offset: until, isEnded }
  } finally {
    await file.close()
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (error) {
    return unreadable(path, error)
  }
}

async function readPart(file: FileHandle, path: string, position: number, length: number): Promise<Buffer> {
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    return unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): never {
  return fail('certificate.unreadable', { path, reason: error instanceof Error ? error.message : String(error) }, error)
}
