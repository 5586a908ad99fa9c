import { type ChargeMark, type ChargeStores, memoryChargeStores } from './charge-stores.ts'

/** Where an engine's charges are kept. */
export interface ChargePlace {
  /** Everything up to the mark, and nothing after it; without a mark nothing. One set is open at a time. @throws `storage.*` */
  open(mark?: ChargeMark): ChargeStores
  /** Ends the place itself, after what was opened was closed. */
  close(): void
}

/** Charges that end with the process; there is no mark to go back to. */
export const chargesInMemory: ChargePlace = Object.freeze({ open: () => memoryChargeStores(), close: () => undefined })

/** The place of a fork: it goes back to what its origin had, which nobody appends to. */
export function chargesOf(base: ChargeStores): ChargePlace {
  return {
    open: (mark) => (mark === undefined ? memoryChargeStores() : base.fork()),
    close: () => base.close(),
  }
}
