import type { Book, ChargeBatch } from '../../book/book-interface.ts'
import type { BookAccount, Price } from '../../book/record.ts'
import { decimalOf, powerOfTen } from '../../decimal/decimal.ts'
import type { Interval } from '../../time/interval.ts'
import { type Period, periodOf } from '../period.ts'
import { type PriceLine, priceInForce, readPriceLine } from './price-line.ts'
import type { PricedPart } from './valued.ts'

export interface ValuesQuestion {
  readonly accounts: readonly BookAccount[]
  readonly asset?: string | undefined
  readonly within?: Interval | undefined
  readonly by: Period
  readonly currency: string
  readonly ageMsMax: number
}

/** What belongs together: one account, asset and period, and all charges in it that share a price. */
export interface PricedGroup extends PricedPart {
  readonly account: string
  readonly period: string
}

/** A sum while it is being added up, without an object for each charge. */
interface Cell {
  readonly account: string
  readonly asset: string
  readonly period: string
  readonly price: Price | undefined
  readonly reason: string
  charges: number
  mantissa: bigint
  scale: number
}

/** Where one series stands: charges before `until` go to the same cell. */
interface Slot {
  cell: Cell
  until: number
}

/**
 * Every charge at its own price, added up by what shares one: reads the accounts' charges once, in batches, so that
 * memory grows with the groups and prices alone.
 */
export async function pricedGroups(book: Book, question: ValuesQuestion): Promise<readonly PricedGroup[]> {
  const lines = new Map<string, PriceLine>()
  const groups: PricedGroup[] = []
  for (const { label } of question.accounts) {
    const cells = new Map<string, Cell>()
    for await (const batch of book.chargeBatches(label, question.within)) {
      for (const asset of new Set(batch.series.map((series) => series.asset))) {
        if (!lines.has(asset) && isAsked(question, asset))
          lines.set(asset, await readPriceLine(book, { ...question, asset, within: question.within }))
      }
      // Places of series hold within a batch alone: a new series may come in between.
      addBatch(batch, question, { lines, cells, slots: new Map() })
    }
    for (const { mantissa, scale, ...rest } of cells.values()) groups.push(Object.freeze({ ...rest, amount: decimalOf(mantissa, scale) }))
  }
  return groups
}

interface Sums {
  readonly lines: ReadonlyMap<string, PriceLine>
  readonly cells: Map<string, Cell>
  readonly slots: Map<number, Slot>
}

function addBatch(batch: ChargeBatch, question: ValuesQuestion, sums: Sums): void {
  const { count, at, seriesOf, interestMantissa, interestScale, series, beyond64, wide } = batch
  for (let row = 0; row < count; row++) {
    const place = seriesOf[row] ?? 0
    const instant = at[row] ?? 0
    let slot = sums.slots.get(place)
    if (slot === undefined || instant >= slot.until) {
      const asset = series[place]?.asset ?? ''
      if (!isAsked(question, asset)) continue
      slot = slotAt(batch.account, asset, instant, question, sums)
      sums.slots.set(place, slot)
    }
    const whole = beyond64.has(row) ? wide.get(row) : undefined
    const { cell } = slot
    cell.charges += 1
    if (whole === undefined) addTo(cell, interestMantissa[row] ?? 0n, interestScale[row] ?? 0)
    else addTo(cell, whole.interest.mantissa, whole.interest.scale)
  }
}

function slotAt(account: string, asset: string, at: number, { by, currency, ageMsMax }: ValuesQuestion, { lines, cells }: Sums): Slot {
  const line = lines.get(asset) ?? { asset, currency, prices: [], ageMsMax }
  const { price, reason, until } = priceInForce(line, at)
  const period = periodOf(at, by)
  const key = JSON.stringify([asset, period.name, price?.at ?? reason])
  const cell = cells.get(key) ?? { account, asset, period: period.name, price, reason, charges: 0, mantissa: 0n, scale: 0 }
  cells.set(key, cell)
  return { cell, until: Math.min(until, period.to) }
}

function addTo(cell: Cell, mantissa: bigint, scale: number): void {
  if (scale > cell.scale) {
    cell.mantissa = cell.mantissa * powerOfTen(scale - cell.scale) + mantissa
    cell.scale = scale
  } else cell.mantissa += scale === cell.scale ? mantissa : mantissa * powerOfTen(cell.scale - scale)
}

function isAsked({ asset }: ValuesQuestion, found: string): boolean {
  return asset === undefined || asset === found
}
