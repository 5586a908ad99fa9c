import { isOverdraftError, type OverdraftError, overdraftError } from '../errors/overdraft-error.ts'

/** What SQLite and the file system say, as one of our storage errors; other errors pass as they are. */
export function asStorageError(path: string, error: unknown): OverdraftError | unknown {
  if (isOverdraftError(error)) return error
  const reason = error instanceof Error ? error.message : String(error)
  if (/not a database|malformed|disk image|corrupt/i.test(reason)) return overdraftError('storage.damaged', { path, reason }, error)
  if (/database or disk is full|ENOSPC|no space/i.test(reason)) return overdraftError('storage.full', { path }, error)
  if (/database is locked|SQLITE_BUSY/i.test(reason)) return overdraftError('storage.locked', { path }, error)
  if (/unable to open|readonly|EACCES|EROFS|ENOENT|ENOTDIR|EISDIR|permission|disk I\/O/i.test(reason)) {
    return overdraftError('storage.unwritable', { path, reason }, error)
  }
  return error
}
