import type { Interval } from '../../time/interval.ts'
import { type ChargeColumns, unpacked } from '../charge-columns.ts'
import type { BookEngine } from '../engines/engine.ts'
import { assertSound, groupsWithin, sealedTable } from './assert-sound.ts'
import { foldInteger } from './integer-cell.ts'
import { RowHash } from './row-hash.ts'
import { emptySeal, type Seal } from './seal.ts'
import { unmarked } from './seal-tally.ts'
import { periodOf } from './sealed-tables.ts'

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
const [lowHalf, highHalf] = isLittleEndian ? [0, 1] : [1, 0]
const comma = ','.charCodeAt(0)
const lineBreak = '\n'.charCodeAt(0)
/** Behind the figures of a wide line: both liabilities with their scales, when it was received, and what the document does not know. */
const liabilityCells = 4
/** In a wide line the mantissas begin behind the instant and the series with its scales. */
const cellsBeforeMantissas = 2
const mantissaCells = 3

/**
 * Holds charges that are read as columns against their seals, from the very columns: reading them a second time would double
 * the price. A group is judged when all of it was read, so that what is wrong with the last one is told after its rows, but
 * before the reading ends. When a charge was received is not among the columns, and not held against anything here.
 */
export class ChargeBatchSeals {
  readonly #opened: () => BookEngine
  readonly #owner: string
  readonly #account: string
  readonly #groups: Interval
  readonly #hash = new RowHash()
  readonly #sums = new Map<number, Seal>()
  /** Groups before this one were judged. */
  #judged: number

  private constructor(opened: () => BookEngine, owner: string, account: string, groups: Interval) {
    this.#opened = opened
    this.#owner = owner
    this.#account = account
    this.#groups = groups
    this.#judged = groups.from
  }

  /** Makes sure at once of the groups that the span holds only a part of. @throws `book.damaged` */
  static async of(opened: () => BookEngine, owner: string, account: string, within: Interval): Promise<ChargeBatchSeals> {
    const { from, to } = groupsWithin(sealed, within)
    const span = sealed.grouped?.span ?? 1
    const isWhole = { first: from * span >= within.from, last: to * span <= within.to }
    const inner = { from: isWhole.first || from === wholeFrom ? from : from + 1, to: isWhole.last || to === wholeTo ? to : to - 1 }
    for (const part of [from, to - 1]) {
      if (part < inner.from || part >= inner.to) {
        await assertSound(opened(), sealed.table, owner, account, { from: part, to: part + 1 })
      }
    }
    return new ChargeBatchSeals(opened, owner, account, inner)
  }

  /** Adds a page, and judges what is whole with it. @throws `book.damaged` */
  async add(columns: ChargeColumns, bytes: Uint8Array, text: string, isLast: boolean): Promise<void> {
    this.#sum(columns, bytes, text)
    const end = isLast ? this.#groups.to : periodOf(sealed, columns.at[columns.count - 1] as number)
    const until = Math.min(end, this.#groups.to)
    if (until <= this.#judged) return
    const span = { from: this.#judged, to: until }
    this.#judged = until
    if (!(await this.#fits(span))) {
      // Somebody may have written in between; one statement reads rows and seals alike.
      await assertSound(this.#opened(), sealed.table, this.#owner, this.#account, span)
    }
    for (const period of this.#sums.keys()) if (period < until) this.#sums.delete(period)
  }

  async #fits({ from, to }: Interval): Promise<boolean> {
    const seals = await this.#opened()
      .db.selectFrom('seals')
      .select(['period', 'row_count', 'low', 'high'])
      .where('kind', '=', sealed.kind)
      .where('owner', '=', this.#owner)
      .where('period', '>=', from)
      .where('period', '<', to)
      .execute()
    const missed = new Set([...this.#sums.keys()].filter((period) => from <= period && period < to))
    for (const { period, row_count, low, high } of seals) {
      const found = this.#sums.get(Number(period)) ?? emptySeal()
      if (found.rows !== Number(row_count) || found.low !== Number(low) || found.high !== Number(high)) return false
      missed.delete(Number(period))
    }
    return missed.size === 0
  }

  #sum(columns: ChargeColumns, bytes: Uint8Array, text: string): void {
    const { count, at, seriesOf, principal, rate, interest, isWide, lineAt, beyond64 } = columns
    const hash = this.#hash
    const owner = Number(this.#owner)
    let period = Number.NaN
    let sum = emptySeal()
    for (let row = 0; row < count; row++) {
      const instant = at[row] as number
      const rowPeriod = periodOf(sealed, instant)
      if (rowPeriod !== period) {
        period = rowPeriod
        sum = this.#sums.get(period) ?? emptySeal()
        this.#sums.set(period, sum)
      }
      hash.begin()
      hash.whole(owner)
      hash.whole(instant)
      hash.whole((seriesOf[row] as number) + 1)
      const line = lineAt[row] as number
      if (beyond64.size > 0 && beyond64.has(row)) {
        this.#foldWideFigures(columns, bytes, text, row)
      } else {
        const [low, high] = [2 * row + lowHalf, 2 * row + highHalf]
        hash.halves(principal.halves[low] as number, principal.halves[high] as number)
        hash.whole(principal.scales[row] as number)
        hash.halves(rate.halves[low] as number, rate.halves[high] as number)
        hash.whole(rate.scales[row] as number)
        hash.halves(interest.halves[low] as number, interest.halves[high] as number)
        hash.whole(interest.scales[row] as number)
      }
      if (isWide[row] === 1) {
        this.#foldRest(bytes, text, line)
      } else {
        for (let cell = 0; cell < liabilityCells; cell++) hash.nothing()
        hash.text('')
      }
      hash.finish()
      sum.rows++
      sum.low = (sum.low + hash.low) >>> 0
      sum.high = (sum.high + hash.high) >>> 0
    }
  }

  /** Mantissas beyond 64 bits, by their digits; scales beyond 8, by those that were packed. */
  #foldWideFigures({ lineAt }: ChargeColumns, bytes: Uint8Array, text: string, row: number): void {
    let position = lineAt[row] as number
    const packedAt = text.indexOf(',', position) + 1
    const packed = Number(text.slice(packedAt, text.indexOf(',', packedAt)))
    const scales = unpacked(packed)
    const all = [scales.principal, scales.rate, scales.interest]
    for (let cell = 0; cell < cellsBeforeMantissas; cell++) position = text.indexOf(',', position) + 1
    for (let cell = 0; cell < mantissaCells; cell++) {
      position = foldInteger(this.#hash, bytes, position, comma, lineBreak) + 1
      this.#hash.whole(all[cell] as number)
    }
  }

  #foldRest(bytes: Uint8Array, text: string, line: number): void {
    let position = line
    for (let cell = 0; cell < cellsBeforeMantissas + mantissaCells; cell++) {
      while (bytes[position] !== comma) position++
      position++
    }
    for (let cell = 0; cell < liabilityCells; cell++) position = foldInteger(this.#hash, bytes, position, comma) + 1
    while (bytes[position] !== comma) position++
    const begin = position + 1
    if (begin >= text.length || bytes[begin] === lineBreak) {
      this.#hash.text('')
      return
    }
    const end = text.indexOf('\n', begin)
    this.#hash.text(unmarked(text.slice(begin, end < 0 ? undefined : end)))
  }
}

const sealed = sealedTable('charge_rows')
const { from: wholeFrom, to: wholeTo } = groupsWithin(sealed, undefined)
