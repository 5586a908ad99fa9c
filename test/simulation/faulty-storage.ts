import { overdraftError } from '../../src/errors/overdraft-error.ts'
import type { ChargePlace } from '../../src/venue/engine/charge-place.ts'
import type { ChargeBatch, ChargeStore, ChargeStores } from '../../src/venue/engine/charge-store.ts'
import type { EngineFiles } from '../../src/venue/engine/engine-files.ts'
import type { Journal } from '../../src/venue/engine/journal.ts'
import type { VenueStorage } from '../../src/venue/venue-storage.ts'

export type WriteKind = 'journal' | 'charges'

/** What is to happen around a write. */
export interface Around {
  /** Throws when the write is to fail. */
  before?(kind: WriteKind): void
  after?(kind: WriteKind): void
}

/** A storage on which a write can fail, or be looked upon just before and just after. */
export class FaultyStorage {
  readonly storage: VenueStorage
  #around: Around = {}
  #writes = 0

  constructor(inner: VenueStorage) {
    this.storage = {
      ...inner,
      open: () => this.#watched(inner.open()),
      replace: ({ fill, ...replacement }) => {
        let filled: EngineFiles | undefined
        const next = inner.replace({
          ...replacement,
          fill: (files) => {
            filled = this.#watched(files)
            fill(filled)
          },
        })
        return filled ?? this.#watched(next)
      },
    }
  }

  /** How many writes there were so far. */
  get writes(): number {
    return this.#writes
  }

  /** Until it is called again, without anything to put an end to it. */
  watch(around: Around = {}): void {
    this.#around = around
  }

  /** Every write from the one after so many on finds the disk full, as often as said. */
  fillUp(after: number, times: number): void {
    let seen = 0
    this.watch({
      before: (kind) => {
        seen += 1
        if (seen > after && seen <= after + times) throw overdraftError('storage.full', { path: kind })
      },
    })
  }

  #write(kind: WriteKind, write: () => void): void {
    this.#writes += 1
    this.#around.before?.(kind)
    write()
    this.#around.after?.(kind)
  }

  #watched(files: EngineFiles): EngineFiles {
    return { ...files, journal: this.#watchedJournal(files.journal), charges: this.#watchedPlace(files.charges) }
  }

  #watchedJournal(journal: Journal): Journal {
    return {
      append: (entries) => this.#write('journal', () => journal.append(entries)),
      read: (after) => journal.read(after),
      find: (id) => journal.find(id),
      meta: (key) => journal.meta(key),
      allMeta: () => journal.allMeta(),
      setMeta: (key, value) => journal.setMeta(key, value),
      close: () => journal.close(),
    }
  }

  #watchedPlace(place: ChargePlace): ChargePlace {
    return {
      open: (mark) => this.#watchedStores(place.open(mark)),
      copy: (stores) => place.copy(stores),
      close: () => place.close(),
    }
  }

  #watchedStores(stores: ChargeStores): ChargeStores {
    const watched = (store: ChargeStore): ChargeStore => ({
      get size() {
        return store.size
      },
      append: (batch: ChargeBatch) => this.#write('charges', () => store.append(batch)),
      rows: (debtors, from, to) => store.rows(debtors, from, to),
      contents: () => store.contents(),
    })
    return {
      negativeBalance: watched(stores.negativeBalance),
      marginLoan: watched(stores.marginLoan),
      okx: watched(stores.okx),
      mark: () => stores.mark(),
      fork: (directory) => stores.fork(directory),
      sync: () => stores.sync(),
      close: () => stores.close(),
    }
  }
}
