import { type ChargeMark, type ChargeStores, memoryChargeStores } from './charge-stores.ts'

/** Where an engine's charges are kept. */
export interface ChargePlace {
  /** Everything up to the mark, and nothing after it; without a mark nothing. One set is open at a time. @throws `storage.*` */
  open(mark?: ChargeMark): ChargeStores
  /** What an open set holds now, kept as it is whatever is appended to the set. @throws `storage.*` */
  copy(stores: ChargeStores): ChargeCopy
  /** Ends the place itself, after what was opened was closed. */
  close(): void
}

/** Charges to which nobody appends. */
export interface ChargeCopy {
  /** A place of its own for charges that begin with these; as many as one likes. */
  place(): ChargePlace
  /** After the places made of it. */
  close(): void
}

/** Charges that end with the process; there is no mark to go back to. */
export const chargesInMemory: ChargePlace = Object.freeze({
  open: () => memoryChargeStores(),
  copy: copyInMemory,
  close: () => undefined,
})

function copyInMemory(stores: ChargeStores): ChargeCopy {
  const base = stores.fork()
  const open = (mark?: ChargeMark): ChargeStores => (mark === undefined ? memoryChargeStores() : base.fork())
  return { place: () => ({ open, copy: copyInMemory, close: () => undefined }), close: () => base.close() }
}
