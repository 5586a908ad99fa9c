import { randomBytes } from 'node:crypto'
import { type FileHandle, link, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fail } from '../../errors/overdraft-error.ts'
import type { ExportSink } from './export-format.ts'

/** A file that is being written. */
export interface OpenTarget extends ExportSink {
  /** Returns once everything written would survive a loss of power. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** What writing a file needs of the machine, so that tests can let it run full. */
export interface TargetFiles {
  /** A new file; fails where there is one. */
  create(path: string): Promise<OpenTarget>
  /** Gives the written file its name, replacing what has it only if `replace`. */
  publish(from: string, to: string, replace: boolean): Promise<void>
  remove(path: string): Promise<void>
  /** What stands under a name: its real path, and whether it is an ordinary file; `undefined` where nothing does. */
  find(path: string): Promise<{ readonly path: string; readonly isFile: boolean } | undefined>
}

export const nodeFiles: TargetFiles = Object.freeze({
  create: async (path: string) => targetOf(await open(path, 'wx', 0o644)),
  publish: async (from: string, to: string, replace: boolean) => {
    if (replace) await rename(from, to)
    else {
      // A link fails where somebody has made a file of that name meanwhile; a renaming would replace it.
      await link(from, to)
      await rm(from)
    }
    const folder = await open(dirname(to), 'r').catch(() => undefined)
    await folder?.sync().catch(() => undefined)
    await folder?.close()
  },
  remove: async (path: string) => rm(path, { force: true }),
  find: async (path: string) => {
    try {
      return { path: await realpath(path), isFile: (await stat(path)).isFile() }
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  },
})

/**
 * Writes a file as a whole or not at all: beside the target under another name, synced, and only then given its name.
 *
 * @throws `report.target-exists`, `report.target-unwritable`, `report.target-full`, and whatever `work` throws
 */
export async function writeTarget<Result>(
  path: string,
  { force, files = nodeFiles }: { readonly force: boolean; readonly files?: TargetFiles },
  work: (sink: ExportSink) => Promise<Result>,
): Promise<Result> {
  const found = await told(path, () => files.find(path))
  if (found !== undefined && !force) fail('report.target-exists', { path })
  if (found !== undefined && !found.isFile) fail('report.target-unwritable', { path, reason: 'it is not an ordinary file' })
  const target = found?.path ?? path
  const partial = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.partial`)
  const file = await told(path, () => files.create(partial))
  let isOpen = true
  const close = async () => {
    if (isOpen) {
      isOpen = false
      await file.close()
    }
  }
  try {
    const result = await work({ write: (bytes) => told(path, () => file.write(bytes)) })
    await told(path, async () => {
      await file.sync()
      await close()
      await files.publish(partial, target, force)
    })
    return result
  } catch (error) {
    await close().catch(() => undefined)
    await files.remove(partial).catch(() => undefined)
    throw error
  }
}

/** What the machine refuses, in our words. */
async function told<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOSPC' || code === 'EDQUOT') fail('report.target-full', { path }, error)
    if (code === 'EEXIST') fail('report.target-exists', { path }, error)
    return fail('report.target-unwritable', { path, reason: error instanceof Error ? error.message : String(error) }, error)
  }
}

/** Text is encoded here, always into the same bytes. */
const encodedBytes = 2 ** 20

function targetOf(handle: FileHandle): OpenTarget {
  const encoded = Buffer.allocUnsafe(encodedBytes)
  const writeAll = async (bytes: Uint8Array) => {
    for (let written = 0; written < bytes.length; ) written += (await handle.write(bytes, written)).bytesWritten
  }
  return {
    write: async (bytes) => {
      // A character takes up to three bytes of UTF-8.
      if (typeof bytes !== 'string') await writeAll(bytes)
      else if (bytes.length * 3 > encodedBytes) await writeAll(Buffer.from(bytes))
      else await writeAll(encoded.subarray(0, encoded.write(bytes)))
    },
    sync: () => handle.sync(),
    close: () => handle.close(),
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
