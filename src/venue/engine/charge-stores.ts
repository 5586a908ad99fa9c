import { ColumnChargeStore } from './charge-column-store.ts'
import type { ChargeStore } from './charge-store.ts'

/** The charges of a venue by kind, each with the number of its amounts. */
export const chargeColumns = Object.freeze({ negativeBalance: 2, marginLoan: 2, okx: 3 })

export type ChargeKind = keyof typeof chargeColumns

/** Names exactly what a store holds. */
export interface StoreMark {
  readonly batches: number
  readonly rows: number
  /** How far the data reaches, and a checksum over where everything stands; 0 in memory. */
  readonly bytes: number
  readonly checksum: number
}

/** Names exactly what is held now; plain data, to be kept beside a snapshot of the world. */
export type ChargeMark = Readonly<Record<ChargeKind, StoreMark>>

/** Where a venue keeps its charges. */
export interface ChargeStores extends Readonly<Record<ChargeKind, ChargeStore>> {
  mark(): ChargeMark
  /**
   * An independent set that begins with the rows held now; what either appends later the other does not see. What is
   * sealed is shared, never copied row by row. On disk without a directory it lies beside its origin until it is closed.
   */
  fork(directory?: string): ChargeStores
  /** Everything appended so far is durable when it returns. @throws `storage.full`, `storage.unwritable` */
  sync(): void
  close(): void
}

/** Charges kept in memory. */
export function memoryChargeStores(): ChargeStores {
  return new MemoryChargeStores({
    negativeBalance: new ColumnChargeStore(chargeColumns.negativeBalance),
    marginLoan: new ColumnChargeStore(chargeColumns.marginLoan),
    okx: new ColumnChargeStore(chargeColumns.okx),
  })
}

class MemoryChargeStores implements ChargeStores {
  readonly negativeBalance: ColumnChargeStore
  readonly marginLoan: ColumnChargeStore
  readonly okx: ColumnChargeStore

  constructor({ negativeBalance, marginLoan, okx }: Record<ChargeKind, ColumnChargeStore>) {
    this.negativeBalance = negativeBalance
    this.marginLoan = marginLoan
    this.okx = okx
  }

  mark(): ChargeMark {
    return Object.freeze({ negativeBalance: this.negativeBalance.mark(), marginLoan: this.marginLoan.mark(), okx: this.okx.mark() })
  }

  fork(): ChargeStores {
    return new MemoryChargeStores({
      negativeBalance: this.negativeBalance.fork(),
      marginLoan: this.marginLoan.fork(),
      okx: this.okx.fork(),
    })
  }

  /** Memory is as durable as it gets. */
  sync(): void {}

  close(): void {}
}
