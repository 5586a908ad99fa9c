import type { JournalEntry } from './command.ts'

/** Where the engine's commands are kept. */
export interface Journal {
  /** All entries or none, and durable when it returns. @throws `storage.*` */
  append(entries: readonly JournalEntry[]): void
  /** Every entry, or those after the number given, oldest first. @throws `storage.damaged` naming the entry */
  read(after?: number): Iterable<JournalEntry>
  /** The entry of that id, when there is one. */
  find(id: string): JournalEntry | undefined
  meta(key: string): string | undefined
  /** Everything beside the entries. */
  allMeta(): readonly (readonly [key: string, value: string])[]
  setMeta(key: string, value: string): void
  close(): void
}
