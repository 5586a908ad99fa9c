import type { JournalEntry } from './command.ts'

/** Where the engine's commands are kept. */
export interface Journal {
  /** All entries or none, and durable when it returns. @throws `storage.*` */
  append(entries: readonly JournalEntry[]): void
  /** Every entry, oldest first. @throws `storage.damaged` naming the entry */
  read(): Iterable<JournalEntry>
  meta(key: string): string | undefined
  setMeta(key: string, value: string): void
  close(): void
}
