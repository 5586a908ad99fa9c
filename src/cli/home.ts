import { mkdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { BookTarget } from '../book/open-book.ts'
import { fail } from '../errors/overdraft-error.ts'
import type { Io } from './io.ts'

/** Where everything of one user lies: --home, else OVERDRAFT_HOME, else the data folder of the XDG rules. */
export function homeFolder(io: Io, option: string | undefined): string {
  const named = option ?? nonEmpty(io.env['OVERDRAFT_HOME'])
  if (named !== undefined) return resolve(named)
  return join(nonEmpty(io.env['XDG_DATA_HOME']) ?? join(io.userFolder, '.local', 'share'), 'overdraft')
}

/** --book, else OVERDRAFT_BOOK, else `book.db` in the home folder. */
export function bookTarget(io: Io, option: string | undefined, home: string): BookTarget {
  const named = option ?? nonEmpty(io.env['OVERDRAFT_BOOK'])
  if (named === undefined) return { kind: 'sqlite', path: join(home, 'book.db') }
  return /^postgres(ql)?:/i.test(named) ? { kind: 'postgres', url: named } : { kind: 'sqlite', path: resolve(named) }
}

/** The target as texts show it: without the password that a database address may carry. */
export function shownTarget(target: BookTarget): string {
  return target.kind === 'sqlite' ? target.path : target.url.replace(/\/\/[^@/]*@/, '//…@')
}

/** Makes the folder, closed to others, unless it is there. @throws `storage.unwritable`, `storage.full` */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (reason.includes('ENOSPC')) fail('storage.full', { path }, error)
    fail('storage.unwritable', { path, reason }, error)
  }
}

export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text
}
