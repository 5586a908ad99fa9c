import { type Decimal, decimalOf } from '../decimal/decimal.ts'
import type { Interval } from '../time/interval.ts'
import { accountNumber } from './account-store.ts'
import type { ChargeBatch, ChargeLiabilities, WideCharges } from './book-interface.ts'
import { ChargeColumns, unpacked } from './charge-columns.ts'
import { type ChargeSeries, readSeries } from './charge-series.ts'
import { type ChargePlace, readChargeText } from './charge-text.ts'
import type { BookEngine } from './engines/engine.ts'
import type { Charge } from './record.ts'
import { assertSound } from './seals/assert-sound.ts'
import { ChargeBatchSeals } from './seals/charge-batch-seals.ts'
import { assertAccounts } from './seals/sound-reads.ts'
import { asPrincipalScale, chargeOfRow } from './stored-charge.ts'

const rowsPerBatch = 8_192
const wholeTime: Interval = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }

/** An account's charges as columns, oldest first, page by page: no reading transaction stays open between two batches. */
export async function* chargeBatches(opened: () => BookEngine, account: string, within: Interval = wholeTime): AsyncGenerator<ChargeBatch> {
  await assertAccounts(opened())
  const number = await accountNumber(opened().db, account)
  await assertSound(opened(), 'charge_series', account, account)
  const seals = await ChargeBatchSeals.of(opened, String(number), account, within)
  let series = await numberedSeries(opened().db, account)
  if (series.length === 0) return assertSound(opened(), 'charge_rows', String(number), account, undefined)
  const begin = Math.max(within.from, Math.min(...series.map(({ firstAt }) => firstAt)))
  const columns = new ChargeColumns(rowsPerBatch)
  const { at, seriesOf, principal, rate, interest, beyond64 } = columns
  for (let beyond: ChargePlace | undefined; ; ) {
    const { db } = opened()
    const base = beyond?.at ?? begin
    const text = await readChargeText(db, { account: number, base, beyond, end: within.to, limit: rowsPerBatch })
    columns.read(text, base)
    const { count } = columns
    await seals.add(columns, columns.bytes, text, count < rowsPerBatch)
    if (count === 0) return
    // After the rows: a series that appeared meanwhile is among them.
    if (columns.seriesEnd > series.length) series = await numberedSeries(db, account)
    yield {
      account,
      count,
      series,
      at,
      seriesOf,
      principalMantissa: principal.mantissas,
      principalScale: principal.scales,
      rateMantissa: rate.mantissas,
      rateScale: rate.scales,
      interestMantissa: interest.mantissas,
      interestScale: interest.scales,
      beyond64,
      wide: new WideLines(columns, text, series),
    }
    if (count < rowsPerBatch) return
    beyond = { at: at[count - 1] as number, series: (seriesOf[count - 1] as number) + 1 }
  }
}

/** By their numbers, which are dense. */
async function numberedSeries(db: BookEngine['db'], account: string): Promise<readonly ChargeSeries[]> {
  return [...(await readSeries(db, account))].sort((left, right) => left.number - right.number)
}

/** In a wide line the columns of the liabilities begin with this one. */
const totalColumn = 5

/** Makes the whole charge of a wide line only when it is asked for. */
class WideLines implements WideCharges {
  readonly #columns: ChargeColumns
  readonly #text: string
  readonly #series: readonly ChargeSeries[]

  constructor(columns: ChargeColumns, text: string, series: readonly ChargeSeries[]) {
    this.#columns = columns
    this.#text = text
    this.#series = series
  }

  get size(): number {
    return this.#columns.wideCount
  }

  has(place: number): boolean {
    return place < this.#columns.count && this.#columns.isWide[place] === 1
  }

  get(place: number): Charge | undefined {
    const { lineAt, at, seriesOf } = this.#columns
    const series = this.#series[seriesOf[place] as number]
    if (!this.has(place) || series === undefined) return undefined
    const begin = lineAt[place] as number
    const end = this.#text.indexOf('\n', begin)
    const cells = this.#text.slice(begin, end < 0 ? undefined : end).split(',')
    const cell = (column: number) => cells[column] ?? ''
    const scales = unpacked(Number(cell(1)))
    const optional = (column: number) => (cell(column) === '' ? null : cell(column))
    return chargeOfRow(
      {
        at: at[place] as number,
        principal_mantissa: cell(2),
        principal_scale: scales.principal,
        rate_mantissa: cell(3),
        rate_scale: scales.rate,
        interest_mantissa: cell(4),
        interest_scale: scales.interest,
        total_liability_mantissa: optional(5),
        total_liability_scale: optional(6),
        free_liability_mantissa: optional(7),
        free_liability_scale: optional(8),
        received_at: cell(9),
        // What is left may hold commas of its own.
        extra: cells.length > 10 && cell(10) !== '' ? cells.slice(10).join(',') : null,
      },
      series,
    )
  }

  liabilities(place: number): ChargeLiabilities | undefined {
    if (!this.has(place)) return undefined
    const text = this.#text
    let begin = this.#columns.lineAt[place] as number
    for (let column = 0; column < totalColumn; column++) begin = text.indexOf(',', begin) + 1
    const totalEnd = text.indexOf(',', begin)
    const totalScaleEnd = text.indexOf(',', totalEnd + 1)
    const freeEnd = text.indexOf(',', totalScaleEnd + 1)
    // Empty where the exchange sent it empty, or not at all.
    if (freeEnd === totalScaleEnd + 1) return undefined
    const total = this.#total(place, text.slice(begin, totalEnd), text.slice(totalEnd + 1, totalScaleEnd))
    if (total === undefined) return undefined
    const freeScale = Number(text.slice(freeEnd + 1, text.indexOf(',', freeEnd + 1)))
    return { total, interestFree: decimalOf(BigInt(text.slice(totalScaleEnd + 1, freeEnd)), freeScale) }
  }

  #total(place: number, mantissa: string, scale: string): Decimal | undefined {
    if (mantissa !== '') return decimalOf(BigInt(mantissa), Number(scale))
    if (Number(scale) !== asPrincipalScale) return undefined
    const { principal, beyond64 } = this.#columns
    if (beyond64.has(place)) return this.get(place)?.principal
    return decimalOf(principal.mantissas[place] as bigint, principal.scales[place])
  }
}
