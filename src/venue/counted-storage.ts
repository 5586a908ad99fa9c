import type { EngineFiles } from './engine/engine-files.ts'
import type { Journal } from './engine/journal.ts'
import type { VenueStorage } from './venue-storage.ts'

/** A storage that counts what is written, and tells: every change of the state is in the journal first. */
export interface CountedStorage extends VenueStorage {
  /** Grows with every entry written, and with every new journal. */
  revision(): number
}

export function countedStorage(storage: VenueStorage, changed: () => void = () => undefined): CountedStorage {
  let revision = 0
  const countedJournal = (journal: Journal): Journal => ({
    append: (entries) => {
      revision += 1
      journal.append(entries)
      changed()
    },
    read: (after) => journal.read(after),
    find: (id) => journal.find(id),
    meta: (key) => journal.meta(key),
    allMeta: () => journal.allMeta(),
    setMeta: (key, value) => journal.setMeta(key, value),
    close: () => journal.close(),
  })
  const counted = (files: EngineFiles): EngineFiles => ({ ...files, journal: countedJournal(files.journal) })
  return {
    ...storage,
    revision: () => revision,
    open: () => counted(storage.open()),
    replace: ({ fill, ...replacement }) => {
      revision += 1
      let filled: EngineFiles | undefined
      const next = storage.replace({
        ...replacement,
        fill: (files) => {
          filled = counted(files)
          fill(filled)
        },
      })
      return filled ?? counted(next)
    },
  }
}
