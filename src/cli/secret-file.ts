import { open } from 'node:fs/promises'
import { fail, isOverdraftError } from '../errors/overdraft-error.ts'
import { Secret } from '../errors/secret.ts'

const bytesMax = 64 * 1024

/**
 * A secret from a file that only its owner may read; the line break an editor adds at its end is not part of it.
 * What is no ordinary file (a pipe, a terminal) is not asked for its mode.
 * @throws `cli.file-unreadable`, `cli.file-open-to-others`
 */
export async function readSecretFile(what: string, path: string): Promise<Secret> {
  try {
    const file = await open(path, 'r')
    try {
      const { mode, size } = await file.stat().then((stats) => ({ mode: stats.isFile() ? stats.mode & 0o777 : 0, size: stats.size }))
      if ((mode & 0o077) !== 0) fail('cli.file-open-to-others', { what, path, mode: mode.toString(8).padStart(3, '0') })
      if (size > bytesMax) fail('cli.file-unreadable', { what, path, reason: `it is larger than ${bytesMax} bytes` })
      return new Secret(withoutLineEnd(await file.readFile('utf8')))
    } finally {
      await file.close()
    }
  } catch (error) {
    if (isOverdraftError(error)) throw error
    return fail('cli.file-unreadable', { what, path, reason: error instanceof Error ? error.message : String(error) }, error)
  }
}

export function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '')
}
