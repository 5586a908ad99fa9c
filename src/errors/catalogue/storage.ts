import { entry, quoted } from '../entry.ts'

/** Errors of files and databases. */
export const storageErrors = {
  'storage.no-sqlite': entry<{ version: string }>({
    exit: 'storage',
    says: ({ version }) => `this Node (${version}) has no SQLite built in, and the package @photostructure/sqlite is not installed`,
    remedy: 'Use Node 22.13 or newer, or install without --omit=optional.',
  }),
  'storage.damaged': entry<{ path: string; reason: string }>({
    exit: 'storage',
    says: ({ path, reason }) => `${quoted(path)} is damaged or is not a database of Overdraft (${reason})`,
    remedy:
      'Nothing was changed. Restore the file from a backup; or, where it is a book, let `overdraft book repair` try to mend it; or move it away to start a new one, which a sync fills with what the exchange still shows.',
  }),
  'storage.full': entry<{ path: string }>({
    exit: 'storage',
    says: ({ path }) => `there is no space left to write ${quoted(path)}`,
    remedy: 'Free space on that disk and run the command again; everything acknowledged before is kept.',
  }),
  'storage.unwritable': entry<{ path: string; reason: string }>({
    exit: 'storage',
    says: ({ path, reason }) => `${quoted(path)} cannot be opened for writing (${reason})`,
    remedy: 'Check that the folder exists and that you may write there.',
  }),
  'storage.locked': entry<{ path: string }>({
    exit: 'storage',
    says: ({ path }) => `${quoted(path)} is in use by another process`,
    remedy: 'Wait until that process has ended, or stop it.',
  }),
  'storage.newer': entry<{ path: string; found: number; known: number }>({
    exit: 'storage',
    says: ({ path, found, known }) => `${quoted(path)} was written by a newer Overdraft (schema ${found}; this one knows ${known})`,
    remedy: 'Update Overdraft.',
  }),
}
