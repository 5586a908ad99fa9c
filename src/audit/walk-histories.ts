import type { Book, ChargeBatch, ChargeSeriesName } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import type { Interval } from '../time/interval.ts'
import type { ChargeJudge } from './charge-judge.ts'
import type { Evidence } from './evidence.ts'
import { SeenRow } from './seen-row.ts'
import type { SeriesNumbers } from './series-numbers.ts'

export interface Walk {
  readonly book: Pick<Book, 'chargeBatches' | 'marginCharges'>
  readonly account: string
  readonly exchange: BookAccount['exchange']
  readonly within: Interval | undefined
  readonly evidence: Evidence
  readonly judge: ChargeJudge
  readonly series: SeriesNumbers
  /** Awaited after each batch. */
  readonly afterBatch: () => Promise<void>
}

/** Judges the history of interest, oldest first. Gives how many charges there were. */
export async function walkCharges({ book, account, exchange, within, evidence, judge, series, afterBatch }: Walk): Promise<number> {
  let charges = 0
  const row = new SeenRow(account, exchange)
  await evidence.begin('charges')
  for await (const batch of book.chargeBatches(account, within)) {
    const { count, at } = batch
    if (count === 0) continue
    await evidence.advance({ from: at[0] ?? 0, to: (at[count - 1] ?? 0) + 1 })
    judgeBatch(batch, series.ofBatch(batch), row, judge)
    charges += count
    await afterBatch()
  }
  return charges
}

function judgeBatch(batch: ChargeBatch, numbers: readonly number[], row: SeenRow, judge: ChargeJudge): void {
  const { count, series, seriesOf } = batch
  for (let place = 0; place < count; place++) {
    const index = seriesOf[place] as number
    row.fromBatch(batch, place, series[index] as ChargeSeriesName, numbers[index] as number)
    judge.judge(row)
  }
}

const marginChargesAtOnce = 4_096

/** Judges Binance's margin interest history, oldest first. Gives how many charges there were. */
export async function walkMarginCharges({ book, account, within, evidence, judge, series, afterBatch }: Walk): Promise<number> {
  let charges = 0
  const row = new SeenRow(account, 'binance')
  await evidence.begin('margin-charges')
  for await (const batch of inBatches(book.marginCharges({ account, within, order: 'oldest-first' }), marginChargesAtOnce)) {
    await evidence.advance({ from: batch[0]?.at ?? 0, to: (batch.at(-1)?.at ?? 0) + 1 })
    for (const charge of batch) {
      const { name, number } = series.ofMargin(charge.asset, charge.rawAsset, charge.type)
      row.fromMarginCharge(charge, name, number)
      judge.judge(row)
    }
    charges += batch.length
    await afterBatch()
  }
  return charges
}

async function* inBatches<Row>(rows: AsyncIterable<Row>, size: number): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
