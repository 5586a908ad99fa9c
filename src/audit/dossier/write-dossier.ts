import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, isOverdraftError } from '../../errors/overdraft-error.ts'
import type { DossierFile } from './dossier-files.ts'

/**
 * Writes files into a folder that is new or empty, each flushed before the next, in the order given.
 *
 * @throws `audit.dossier-not-empty`, `audit.dossier-unwritable`
 */
export async function writeDossier(folder: string, files: AsyncIterable<DossierFile> | Iterable<DossierFile>): Promise<void> {
  await assertEmpty(folder)
  for await (const { name, text } of files) {
    try {
      const path = join(folder, name)
      await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
      // 'wx' never writes over what somebody put there in the meantime.
      const handle = await open(path, 'wx', 0o600)
      try {
        await handle.writeFile(text)
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch (error) {
      if (isOverdraftError(error)) throw error
      fail('audit.dossier-unwritable', { path: folder, reason: reasonOf(error) }, error)
    }
  }
}

async function assertEmpty(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length > 0) fail('audit.dossier-not-empty', { path: folder })
  } catch (error) {
    if (isOverdraftError(error)) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    fail('audit.dossier-unwritable', { path: folder, reason: reasonOf(error) }, error)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
