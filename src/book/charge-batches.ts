import type { Interval } from '../time/interval.ts'
import { accountLabels } from './account-store.ts'
import type { ChargeBatch } from './book-interface.ts'
import { readSeries, seriesKey } from './charge-series.ts'
import type { BookEngine } from './engines/engine.ts'
import { readCharges } from './read-charges.ts'
import type { Charge } from './record.ts'

const rowsPerBatch = 8_192
const int64Max = 2n ** 63n - 1n
const int64Min = -(2n ** 63n)

/** An account's charges as columns, oldest first, page by page: no reading transaction stays open between two batches. */
export async function* chargeBatches(opened: () => BookEngine, account: string, within: Interval | undefined): AsyncGenerator<ChargeBatch> {
  await accountLabels(opened().db, [account])
  const at = new Float64Array(rowsPerBatch)
  const seriesOf = new Uint32Array(rowsPerBatch)
  const [principalMantissa, rateMantissa, interestMantissa] = [0, 1, 2].map(() => new BigInt64Array(rowsPerBatch)) as [
    BigInt64Array,
    BigInt64Array,
    BigInt64Array,
  ]
  const [principalScale, rateScale, interestScale] = [0, 1, 2].map(() => new Uint8Array(rowsPerBatch)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ]
  const columns = [
    ['principal', principalMantissa, principalScale],
    ['rate', rateMantissa, rateScale],
    ['interest', interestMantissa, interestScale],
  ] as const
  for (let beyond: Charge | undefined; ; ) {
    const rows: readonly Charge[] = await readCharges(opened().db, account, { within, limit: rowsPerBatch, beyond })
    if (rows.length === 0) return
    const series = await readSeries(opened().db, account)
    const places = new Map(series.map((one, place) => [seriesKey(one), place]))
    const wide = new Map<number, Charge>()
    rows.forEach((charge, index) => {
      at[index] = charge.at
      seriesOf[index] = places.get(seriesKey(charge)) ?? 0
      let fits = charge.extra === undefined && charge.totalLiability === undefined && charge.interestFreeLiability === undefined
      for (const [name, mantissas, scales] of columns) {
        const { mantissa, scale } = charge[name]
        if (mantissa > int64Max || mantissa < int64Min) fits = false
        mantissas[index] = mantissa
        scales[index] = scale
      }
      if (!fits) wide.set(index, charge)
    })
    yield {
      account,
      count: rows.length,
      series,
      at,
      seriesOf,
      principalMantissa,
      principalScale,
      rateMantissa,
      rateScale,
      interestMantissa,
      interestScale,
      wide,
    }
    beyond = rows.at(-1)
  }
}
