import {
  closeSync,
  copyFileSync,
  existsSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { fail } from '../../errors/overdraft-error.ts'
import { asStorageError } from '../../sqlite/storage-error.ts'

interface Segment {
  readonly path: string
  /** Where its first byte stands in the whole. */
  readonly start: number
  bytes: number
  handle: number | undefined
}

const segmentName = /^(\d{16})\.charges$/
const ownerOnlyFile = 0o600
const ownerOnlyFolder = 0o700
/** So much may be written before the disk is asked, in the background, to keep it. */
const backgroundSyncBytes = 16 * 2 ** 20
/** Of sealed files, so that a venue with many forks does not run out of handles. */
const openHandlesMax = 64

/**
 * Bytes that are only ever appended, as one long row over files of a bounded size. A file that is full or was shared
 * with a fork is sealed: it is never written again, and may belong to several folders at once.
 */
export class ChargeFiles {
  readonly #folder: string
  readonly #segmentBytes: number
  readonly #segments: Segment[]
  readonly #unsynced = new Set<Segment>()
  #isSealed = true
  #bytes: number
  #inBackground = 0
  #failure: unknown

  /** What stands beyond `bytes` is cut off. @throws `storage.damaged` when less is there, `storage.unwritable` */
  constructor(folder: string, bytes: number, segmentBytes: number) {
    this.#folder = folder
    this.#segmentBytes = segmentBytes
    this.#bytes = bytes
    this.#segments = guarded(folder, () => openSegments(folder, bytes))
  }

  get bytes(): number {
    return this.#bytes
  }

  /** @returns where it stands. @throws `storage.full`, `storage.unwritable` */
  append(content: Uint8Array): number {
    if (this.#failure !== undefined) throw asStorageError(this.#folder, this.#failure)
    const segment = this.#writable()
    const handle = this.#handleOf(segment)
    guarded(segment.path, () => {
      for (let done = 0; done < content.length; ) done += writeSync(handle, content, done, content.length - done, segment.bytes + done)
    })
    const place = this.#bytes
    segment.bytes += content.length
    this.#bytes += content.length
    this.#unsynced.add(segment)
    this.#inBackground += content.length
    if (this.#inBackground >= backgroundSyncBytes) this.#syncInBackground(handle)
    return place
  }

  /** @throws `storage.damaged` when the file ends before */
  read(place: number, into: Uint8Array): void {
    const segment = this.#segmentAt(place)
    const done = guarded(segment.path, () => readSync(this.#handleOf(segment), into, 0, into.length, place - segment.start))
    if (done < into.length)
      fail('storage.damaged', { path: segment.path, reason: `it ends before byte ${place - segment.start + into.length}` })
  }

  /** The file that holds the byte, for messages. */
  pathAt(place: number): string {
    return this.#segmentAt(place).path
  }

  /** Puts everything into another folder, without copying where the file system can share files. */
  shareWith(folder: string): void {
    this.#isSealed = true
    guarded(folder, () => {
      mkdirSync(folder, { recursive: true, mode: ownerOnlyFolder })
      for (const { path, start, bytes } of this.#segments) if (bytes > 0) linkOrCopy(path, join(folder, nameOf(start)))
      syncFolder(folder)
    })
  }

  sync(): void {
    if (this.#failure !== undefined) throw asStorageError(this.#folder, this.#failure)
    if (this.#unsynced.size === 0) return
    guarded(this.#folder, () => {
      for (const segment of this.#unsynced) fdatasyncSync(this.#handleOf(segment))
      syncFolder(this.#folder)
    })
    this.#unsynced.clear()
    this.#inBackground = 0
  }

  close(): void {
    for (const segment of this.#segments) release(segment)
  }

  #writable(): Segment {
    const last = this.#segments.at(-1)
    if (last !== undefined && !this.#isSealed && last.bytes < this.#segmentBytes) return last
    const path = join(this.#folder, nameOf(this.#bytes))
    const segment: Segment = { path, start: this.#bytes, bytes: 0, handle: guarded(path, () => openSync(path, 'w+', ownerOnlyFile)) }
    this.#segments.push(segment)
    this.#isSealed = false
    return segment
  }

  #segmentAt(place: number): Segment {
    let low = 0
    let high = this.#segments.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#segments[middle]?.start ?? 0) <= place) low = middle
      else high = middle - 1
    }
    return this.#segments[low] ?? fail('storage.damaged', { path: this.#folder, reason: 'it holds no charges' })
  }

  #handleOf(segment: Segment): number {
    if (segment.handle === undefined) {
      const open = this.#segments.filter((other) => other.handle !== undefined && !this.#unsynced.has(other))
      if (open.length >= openHandlesMax && open[0] !== undefined) release(open[0])
      segment.handle = guarded(segment.path, () => openSync(segment.path, 'r'))
    }
    return segment.handle
  }

  /** The disk works while charges are computed; a failure is raised by whatever is appended next. */
  #syncInBackground(handle: number): void {
    this.#inBackground = 0
    fdatasync(handle, (error) => {
      // A file may have been closed meanwhile, which only happens after it was synced or given up.
      if (error !== null && error.code !== 'EBADF') this.#failure ??= error
    })
  }
}

/** What a file holds; nothing where it is not there. */
export function contentOf(path: string): Uint8Array {
  return guarded(path, () => (existsSync(path) ? readFileSync(path) : new Uint8Array(0)))
}

/** Writes durably from `position` on, into a file that is made where it is not there. */
export function writeAt(path: string, position: number, content: Uint8Array): void {
  guarded(path, () => {
    closeSync(openSync(path, 'a', ownerOnlyFile))
    const handle = openSync(path, 'r+')
    try {
      for (let done = 0; done < content.length; ) done += writeSync(handle, content, done, content.length - done, position + done)
      fdatasyncSync(handle)
    } finally {
      closeSync(handle)
    }
  })
}

/** Names within a folder; none where it is not there. */
export function entriesOf(folder: string): string[] {
  return guarded(folder, () => (existsSync(folder) ? readdirSync(folder) : []))
}

/** A new folder whose name begins with `prefix`. */
export function passingFolder(within: string, prefix: string): string {
  return guarded(within, () => mkdtempSync(join(within, prefix)))
}

export function makeFolder(folder: string): void {
  guarded(folder, () => mkdirSync(folder, { recursive: true, mode: ownerOnlyFolder }))
}

export function removeFolder(folder: string): void {
  guarded(folder, () => rmSync(folder, { recursive: true, force: true }))
}

/** Runs `work` with what the file system says turned into errors of ours. */
export function guarded<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw asStorageError(path, error)
  }
}

function openSegments(folder: string, bytes: number): Segment[] {
  const starts = readdirSync(folder)
    .map((name) => segmentName.exec(name)?.[1])
    .filter((start) => start !== undefined)
    .map(Number)
    .sort((left, right) => left - right)
  for (const start of starts.filter((start) => start >= bytes)) rmSync(join(folder, nameOf(start)))
  const kept = starts.filter((start) => start < bytes)
  let reached = 0
  const segments = kept.map((start, index): Segment => {
    const path = join(folder, nameOf(start))
    const expected = (kept[index + 1] ?? bytes) - start
    const { size } = statSync(path)
    if (start !== reached || size < expected)
      fail('storage.damaged', { path, reason: `${expected} bytes should be there from ${reached} on` })
    if (size > expected) cutTo(path, expected)
    reached = start + expected
    return { path, start, bytes: expected, handle: undefined }
  })
  if (reached !== bytes) fail('storage.damaged', { path: folder, reason: `charges from byte ${reached} on are missing` })
  return segments
}

/** A file that a fork shares keeps its length there. */
function cutTo(path: string, bytes: number): void {
  if (statSync(path).nlink > 1) {
    copyFileSync(path, `${path}.new`)
    renameSync(`${path}.new`, path)
  }
  const handle = openSync(path, 'r+')
  try {
    ftruncateSync(handle, bytes)
    if (fstatSync(handle).size !== bytes) fail('storage.damaged', { path, reason: `it could not be cut to ${bytes} bytes` })
  } finally {
    closeSync(handle)
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK') throw error
    copyFileSync(from, to)
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function release(segment: Segment): void {
  if (segment.handle !== undefined) closeSync(segment.handle)
  segment.handle = undefined
}

function nameOf(start: number): string {
  return `${String(start).padStart(16, '0')}.charges`
}
