import type { Holding } from './account.ts'
import { AmountVector } from './amount-vector.ts'
import type { ChargeBatch } from './charge-store.ts'
import type { CompoundingDebts } from './okx-columns.ts'

/** One charge that was computed by itself; integers at the scale of the ledger. */
export interface OkxChargeOfOne {
  readonly holding: Holding
  readonly rate: number
  readonly charged: bigint
  readonly interestFree: bigint
  readonly interest: bigint
}

/** The charges of one hour, put together from the columns and from those that were computed one by one. */
export class OkxCharges {
  #compounding: CompoundingDebts | undefined
  #others: OkxChargeOfOne[] = []
  #capacity = 0
  #debtors = new Uint32Array(0)
  #rates = new Uint32Array(0)
  #amounts = [new AmountVector(0), new AmountVector(0), new AmountVector(0)] as const

  /** @returns what will be added */
  begin(compounding: CompoundingDebts): readonly OkxChargeOfOne[] {
    this.#compounding = compounding
    this.#others = []
    return this.#others
  }

  /** Holdings ascend by id. */
  add(charge: OkxChargeOfOne): void {
    this.#others.push(charge)
  }

  /** The columns are those of the debts themselves where there is nothing else. */
  finish(at: number): ChargeBatch {
    const from = this.#compounding
    const own = from?.count ?? 0
    this.#reserve(own + this.#others.length)
    const [liabilities, frees, interests] = this.#amounts
    if (from === undefined) return { at, count: 0, debtors: this.#debtors, rates: this.#rates, amounts: this.#amounts }
    if (this.#others.length === 0)
      return { at, count: own, debtors: from.debtors, rates: from.rates, amounts: [from.liabilities, noneFree(frees), from.interests] }
    let row = 0
    let taken = 0
    for (const { holding, rate, charged, interestFree, interest } of this.#others) {
      const until = firstNotBelow(from.debtors, taken, own, holding.id)
      row = this.#copy(from, taken, until, row)
      taken = until
      this.#debtors[row] = holding.id
      this.#rates[row] = rate
      liabilities.set(row, charged)
      frees.set(row, interestFree)
      interests.set(row, interest)
      row++
    }
    const count = this.#copy(from, taken, own, row)
    return { at, count, debtors: this.#debtors, rates: this.#rates, amounts: this.#amounts }
  }

  #copy(from: CompoundingDebts, start: number, end: number, row: number): number {
    const length = end - start
    if (length === 0) return row
    const [liabilities, frees, interests] = this.#amounts
    this.#debtors.set(from.debtors.subarray(start, end), row)
    this.#rates.set(from.rates.subarray(start, end), row)
    from.liabilities.copyTo(liabilities, row, start, length)
    from.interests.copyTo(interests, row, start, length)
    frees.clear(row, row + length)
    return row + length
  }

  #reserve(capacity: number): void {
    if (capacity <= this.#capacity) return
    this.#capacity = 2 * capacity
    this.#debtors = new Uint32Array(this.#capacity)
    this.#rates = new Uint32Array(this.#capacity)
    this.#amounts = [new AmountVector(this.#capacity), new AmountVector(this.#capacity), new AmountVector(this.#capacity)]
  }
}

function noneFree(frees: AmountVector): AmountVector {
  frees.clear(0, frees.capacity)
  return frees
}

function firstNotBelow(debtors: Uint32Array, from: number, to: number, id: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((debtors[middle] ?? 0) < id) low = middle + 1
    else high = middle
  }
  return low
}
