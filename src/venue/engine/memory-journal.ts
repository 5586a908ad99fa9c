import type { JournalEntry } from './command.ts'
import type { Journal } from './journal.ts'

/** A journal that lasts as long as the process. */
export function memoryJournal(entries: Iterable<JournalEntry> = [], meta: Iterable<readonly [string, string]> = []): Journal {
  const kept: JournalEntry[] = []
  const byId = new Map<string, JournalEntry>()
  const values = new Map(meta)
  const append = (added: Iterable<JournalEntry>): void => {
    for (const entry of added) {
      kept.push(entry)
      if (entry.id !== undefined) byId.set(entry.id, entry)
    }
  }
  append(entries)
  return Object.freeze({
    append,
    // Entries are numbered from 1, without gaps.
    read: (after = 0) => (after === 0 ? kept.values() : kept.slice(after).values()),
    find: (id: string) => byId.get(id),
    meta: (key: string) => values.get(key),
    allMeta: () => [...values],
    setMeta: (key: string, value: string) => {
      values.set(key, value)
    },
    close: () => undefined,
  })
}
