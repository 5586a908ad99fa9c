import { type EngineCopy, type EngineFiles, filesOf, filesOfAll, memoryFiles } from './engine/engine-files.ts'
import { checkNewSnapshot, knownSnapshot, type Snapshot } from './snapshot.ts'
import type { VenueStorage } from './venue-storage.ts'

/** Keeps everything until the process ends. `begun` is what it begins with. */
export function memoryStorage(begun?: EngineCopy): VenueStorage {
  const kept = new Map<string, { readonly snapshot: Snapshot; readonly copy: EngineCopy }>()
  const list = (): Snapshot[] => [...kept.values()].map(({ snapshot }) => snapshot)
  const filesFrom = (name: string): EngineFiles => {
    knownSnapshot(name, list())
    const copy = kept.get(name)?.copy
    return copy === undefined ? memoryFiles() : filesOf(copy)
  }
  return {
    open: () => (begun === undefined ? memoryFiles() : filesOfAll(begun)),
    replace: ({ from, fill, close }) => {
      const files = from === undefined ? memoryFiles() : filesFrom(from)
      fill(files)
      close()
      return files
    },
    snapshots: list,
    keep: (name, engine) => {
      checkNewSnapshot(name, list())
      const snapshot = Object.freeze({ name, at: engine.now, journalLength: engine.sequence })
      kept.set(name, { snapshot, copy: engine.copy() })
      return snapshot
    },
    drop: (name) => {
      knownSnapshot(name, list())
      kept.get(name)?.copy.charges.close()
      kept.delete(name)
    },
    close: () => {
      for (const { copy } of kept.values()) copy.charges.close()
      kept.clear()
    },
  }
}
