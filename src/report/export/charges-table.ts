import type { Book, ChargeBatch } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import type { Interval } from '../../time/interval.ts'
import { type ExportColumn, type ExportRow, headColumns } from './export-table.ts'

export interface RowsQuestion {
  readonly accounts: readonly BookAccount[]
  readonly asset?: string | undefined
  readonly within?: Interval | undefined
}

/** Every field of a charge, exactly as the exchange printed it: the names that `overdraft verify` reads. */
export const chargeColumns: readonly ExportColumn[] = Object.freeze([
  ...headColumns,
  { name: 'asset', kind: 'text' },
  { name: 'marginMode', kind: 'text' },
  { name: 'instId', kind: 'text' },
  { name: 'loanType', kind: 'text' },
  { name: 'principal', kind: 'decimal' },
  { name: 'rate', kind: 'decimal' },
  { name: 'ratePer', kind: 'text' },
  { name: 'interest', kind: 'decimal' },
  { name: 'totalLiability', kind: 'decimal' },
  { name: 'interestFreeLiability', kind: 'decimal' },
])

/** Charges in pieces, account after account, oldest first; memory does not grow with the history. */
export async function* chargePieces(book: Book, { accounts, asset, within }: RowsQuestion): AsyncGenerator<readonly ExportRow[]> {
  for (const account of accounts) {
    for await (const batch of book.chargeBatches(account.label, within)) {
      for (let from = 0; from < batch.count; from += rowsPerPiece) yield rowsOfBatch(batch, account, asset, from)
    }
  }
}

/** Small pieces die young: a batch at once would outlive the collector's quick rounds. */
const rowsPerPiece = 512

function rowsOfBatch(batch: ChargeBatch, { label, exchange }: BookAccount, only: string | undefined, from: number): readonly ExportRow[] {
  const rows: ExportRow[] = []
  const ratePer = exchange === 'binance' ? 'day' : 'hour'
  for (let place = from; place < Math.min(from + rowsPerPiece, batch.count); place++) {
    const { asset = '', marginMode = '', instId = '', loanType = '' } = batch.series[batch.seriesOf[place] ?? 0] ?? {}
    if (only !== undefined && only !== asset) continue
    const whole = batch.wide.has(place) ? batch.wide.get(place) : undefined
    rows.push([
      'charge',
      batch.at[place] ?? 0,
      null,
      label,
      exchange,
      'interest',
      asset,
      marginMode,
      instId,
      loanType,
      whole?.principal ?? { mantissa: batch.principalMantissa[place] ?? 0n, scale: batch.principalScale[place] ?? 0 },
      whole?.rate ?? { mantissa: batch.rateMantissa[place] ?? 0n, scale: batch.rateScale[place] ?? 0 },
      ratePer,
      whole?.interest ?? { mantissa: batch.interestMantissa[place] ?? 0n, scale: batch.interestScale[place] ?? 0 },
      whole?.totalLiability ?? null,
      whole?.interestFreeLiability ?? null,
    ])
  }
  return rows
}
