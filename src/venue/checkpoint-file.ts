import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { replaceDurably } from '../sqlite/durable-file.ts'
import type { Checkpoint, Checkpoints } from './engine/checkpoint.ts'

const magic = 'overdraft venue checkpoint'
const newline = 0x0a
const longestHeaderBytes = 1 << 20
/** One may be spoilt by what spoilt the machine while it was written; then the one before spares most of the replay. */
const keptFiles = 2

/**
 * Writes a checkpoint: a line that says everything but the memory and seals both, then the memory.
 * @throws `storage.full`, `storage.unwritable`
 */
export function writeCheckpoint(path: string, { memory, ...rest }: Checkpoint): void {
  const header = JSON.stringify({ magic, ...rest, bytes: memory.length })
  const seal = sealOf(header, memory)
  replaceDurably(path, [`${JSON.stringify({ seal, header })}\n`, memory])
}

/** The checkpoint in a file, or undefined when there is none that is whole: it only spares time, so nothing is said of it. */
export function readCheckpoint(path: string): Checkpoint | undefined {
  try {
    const bytes = readFileSync(path)
    const end = bytes.subarray(0, longestHeaderBytes).indexOf(newline)
    const memory = bytes.subarray(end + 1)
    const { seal, header } = JSON.parse(bytes.toString('utf8', 0, end)) as { readonly seal: string; readonly header: string }
    if (seal !== sealOf(header, memory)) return undefined
    const { magic: found, bytes: length, ...rest } = JSON.parse(header)
    return found === magic && length === memory.length ? Object.freeze({ ...rest, memory }) : undefined
  } catch {
    return undefined
  }
}

function sealOf(header: string, memory: Uint8Array): string {
  return createHash('sha256').update(header).update('\n').update(memory).digest('base64url')
}

/** The checkpoints of one journal: files named `prefix` and the number of their last entry. */
export function checkpointFiles(prefix: string): Checkpoints {
  const directory = dirname(prefix)
  const start = basename(prefix)
  const numbers = (): number[] =>
    readdirSync(directory)
      .filter((name) => name.startsWith(start) && /^\d{1,15}$/.test(name.slice(start.length)))
      .map((name) => Number(name.slice(start.length)))
      .sort((left, right) => right - left)
  const pathOf = (number: number): string => join(directory, `${start}${number}`)
  return {
    *read() {
      for (const number of numbers()) {
        const checkpoint = readCheckpoint(pathOf(number))
        if (checkpoint !== undefined) yield checkpoint
      }
    },
    keep: (checkpoint) => {
      writeCheckpoint(pathOf(checkpoint.sequence), checkpoint)
      for (const number of numbers().slice(keptFiles)) rmSync(pathOf(number), { force: true })
    },
  }
}
