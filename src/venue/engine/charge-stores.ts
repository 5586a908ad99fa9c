import { ColumnChargeStore } from './charge-column-store.ts'
import { type ChargeKind, type ChargeMark, type ChargeStores, chargeColumns } from './charge-store.ts'

export { diskChargeStores } from './charge-disk-stores.ts'
export type { ChargeKind, ChargeMark, ChargeStore, ChargeStores, StoreMark } from './charge-store.ts'

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
