import type { Book, ChargeBatch, ChargeSeriesName } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import type { MarginChargeBatch } from '../book/row-batch.ts'
import type { Interval } from '../time/interval.ts'
import type { ChargeJudge } from './charge-judge.ts'
import type { Evidence } from './evidence.ts'
import { SeenRow } from './seen-row.ts'
import type { NumberedSeries, SeriesNumbers } from './series-numbers.ts'

export interface Walk {
  readonly book: Pick<Book, 'chargeBatches' | 'marginChargeBatches'>
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

/** Judges Binance's margin interest history, oldest first. Gives how many charges there were. */
export async function walkMarginCharges({ book, account, within, evidence, judge, series, afterBatch }: Walk): Promise<number> {
  let charges = 0
  const row = new SeenRow(account, 'binance')
  await evidence.begin('margin-charges')
  for await (const batch of book.marginChargeBatches({ account, within })) {
    const { count, at } = batch
    if (count === 0) continue
    await evidence.advance({ from: at[0] ?? 0, to: (at[count - 1] ?? 0) + 1 })
    judgeMarginBatch(batch, series.ofMarginBatch(batch), row, judge)
    charges += count
    await afterBatch()
  }
  return charges
}

function judgeMarginBatch(batch: MarginChargeBatch, numbered: readonly NumberedSeries[], row: SeenRow, judge: ChargeJudge): void {
  const { count, nameOf } = batch
  for (let place = 0; place < count; place++) {
    row.fromMarginBatch(batch, place, numbered[nameOf[place] as number] as NumberedSeries)
    judge.judge(row)
  }
}
