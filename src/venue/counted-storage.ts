import type { Journal } from './engine/journal.ts'
import type { VenueStorage } from './venue-storage.ts'

/** A storage that counts what is written, and tells: every change of the state is in the journal first. */
export interface CountedStorage extends VenueStorage {
  /** Grows with every entry written, and with every new journal. */
  revision(): number
}

export function countedStorage(storage: VenueStorage, changed: () => void = () => undefined): CountedStorage {
  let revision = 0
  const counted = (journal: Journal): Journal => ({
    append: (entries) => {
      revision += 1
      journal.append(entries)
      changed()
    },
    read: (after) => journal.read(after),
    find: (id) => journal.find(id),
    allMeta: () => journal.allMeta(),
    meta: (key) => journal.meta(key),
    setMeta: (key, value) => journal.setMeta(key, value),
    close: () => journal.close(),
  })
  return {
    revision: () => revision,
    open: () => counted(storage.open()),
    replace: (fill, close) => {
      revision += 1
      let filled: Journal | undefined
      const next = storage.replace((journal) => {
        filled = counted(journal)
        fill(filled)
      }, close)
      return filled ?? counted(next)
    },
    close: () => storage.close(),
  }
}
