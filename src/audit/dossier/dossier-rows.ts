import type { Book } from '../../book/book-interface.ts'
import type {
  BalanceSnapshot,
  BookAccount,
  Charge,
  CoverageSpan,
  MarginCharge,
  Movement,
  PublishedRate,
  Stream,
} from '../../book/record.ts'
import { contains } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import type { Finding } from '../finding.ts'

/** What the book knows around one finding. */
export interface DossierRows {
  readonly account: BookAccount
  readonly charges: readonly Charge[]
  readonly marginCharges: readonly MarginCharge[]
  readonly movements: readonly Movement[]
  readonly balances: readonly BalanceSnapshot[]
  readonly rates: readonly PublishedRate[]
  /** The requests that proved the histories at that instant. */
  readonly proofs: readonly CoverageSpan[]
}

/** Some rows before and after are enough to see what is out of line. */
const around = { binance: 3 * dayMs, okx: dayMs / 4 } as const
const rowsMax = 500

/** Reads what stands around the charge of a finding: the same asset, some time before and after. */
export async function dossierRows(book: Book, account: BookAccount, { charge }: Finding): Promise<DossierRows> {
  const { label, exchange } = account
  const { asset, at } = charge
  // A charge on a margin loan stands among hourly ones.
  const reach = charge.txId === undefined ? around[exchange] : around.okx
  const within = { from: at - reach, to: at + reach + 1 }
  const filter = { account: label, asset, within, order: 'oldest-first', limit: rowsMax } as const
  const proofs: CoverageSpan[] = []
  for (const stream of streamsBehind(exchange, asset)) {
    for (const span of await book.coverage(label, stream)) if (contains(span, at)) proofs.push(span)
  }
  return Object.freeze({
    account,
    charges: await gathered(book.charges({ accounts: [label], asset, within, order: 'oldest-first', limit: rowsMax })),
    marginCharges: await gathered(book.marginCharges(filter)),
    movements: await gathered(book.movements(filter)),
    balances: await gathered(book.balances(filter)),
    rates: await gathered(book.rates(filter)),
    proofs: Object.freeze(proofs),
  })
}

function streamsBehind(exchange: BookAccount['exchange'], asset: string): readonly Stream[] {
  if (exchange === 'okx') return ['interest', 'bills']
  const ofAsset: readonly Stream[] = [`margin-loans:${asset}`, `margin-repayments:${asset}`, `rates:${asset}`]
  return ['interest', 'margin-interest', 'um-income', 'cm-income', ...ofAsset]
}

async function gathered<Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const all: Row[] = []
  for await (const row of rows) all.push(row)
  return Object.freeze(all)
}
