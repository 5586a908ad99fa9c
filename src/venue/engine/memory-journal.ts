import type { JournalEntry } from './command.ts'
import type { Journal } from './journal.ts'

/** A journal that lasts as long as the process. */
export function memoryJournal(entries: Iterable<JournalEntry> = [], meta: Iterable<readonly [string, string]> = []): Journal {
  const kept = [...entries]
  const values = new Map(meta)
  return Object.freeze({
    append: (added: readonly JournalEntry[]) => {
      for (const entry of added) kept.push(entry)
    },
    read: () => kept.values(),
    meta: (key: string) => values.get(key),
    setMeta: (key: string, value: string) => {
      values.set(key, value)
    },
    close: () => undefined,
  })
}
