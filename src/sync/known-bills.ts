import { fail } from '../errors/overdraft-error.ts'
import type { BillOfFile } from '../imports/okx-bill-line.ts'

/** How many bills one file may have: what is remembered of each is some 24 bytes. */
export const billsMax = 5_000_000
const firstCapacity = 4_096

/** The bills of a file by their ids, of which no two are alike, in so little memory that a quarter of millions fits. */
export class KnownBills {
  readonly #name: string
  #count = 0
  #ids = new BigUint64Array(firstCapacity)
  #instants = new Float64Array(firstCapacity)
  #assets = new Uint16Array(firstCapacity)
  readonly #assetNames: string[] = []
  readonly #assetPlaces = new Map<string, number>()
  #order = new Uint32Array(0)

  /** @param name of the file, for errors */
  constructor(name: string) {
    this.#name = name
  }

  /** @throws `import.too-many-rows` */
  take({ billId, ts, ccy }: BillOfFile): void {
    if (this.#count >= billsMax) fail('import.too-many-rows', { name: this.#name, limit: billsMax })
    if (this.#count === this.#ids.length) this.#grow()
    this.#ids[this.#count] = billId
    this.#instants[this.#count] = ts
    this.#assets[this.#count] = this.#assetOf(ccy)
    this.#count++
  }

  /** Called once, when all are there. @throws `import.twice-told` */
  close(): void {
    const order = new Uint32Array(this.#count)
    for (let place = 0; place < order.length; place++) order[place] = place
    order.sort((left, right) => (this.#idAt(left) < this.#idAt(right) ? -1 : this.#idAt(left) > this.#idAt(right) ? 1 : 0))
    this.#order = order
    for (let rank = 1; rank < order.length; rank++) {
      const id = this.#idAt(order[rank] ?? 0)
      if (id === this.#idAt(order[rank - 1] ?? 0)) fail('import.twice-told', { name: this.#name, billId: id.toString() })
    }
  }

  /** When, and in which asset, the file tells of a bill; `undefined` where it does not. Only after `close`. */
  get(id: string): { readonly at: number; readonly asset: string } | undefined {
    const wanted = BigInt(id)
    let [low, high] = [0, this.#order.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#idAt(this.#order[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    const place = this.#order[low]
    if (place === undefined || this.#idAt(place) !== wanted) return undefined
    return { at: this.#instants[place] ?? 0, asset: this.#assetNames[this.#assets[place] ?? 0] ?? '' }
  }

  #idAt(place: number): bigint {
    return this.#ids[place] ?? 0n
  }

  #assetOf(name: string): number {
    const known = this.#assetPlaces.get(name)
    if (known !== undefined) return known
    this.#assetPlaces.set(name, this.#assetNames.length)
    return this.#assetNames.push(name) - 1
  }

  #grow(): void {
    const [ids, instants, assets] = [this.#ids, this.#instants, this.#assets]
    this.#ids = new BigUint64Array(ids.length * 2)
    this.#instants = new Float64Array(ids.length * 2)
    this.#assets = new Uint16Array(ids.length * 2)
    this.#ids.set(ids)
    this.#instants.set(instants)
    this.#assets.set(assets)
  }
}
