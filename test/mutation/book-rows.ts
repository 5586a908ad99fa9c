import type { Book } from '../../src/book/book-interface.ts'
import { openBook } from '../../src/book/open-book.ts'
import type {
  BalanceSnapshot,
  BookAccount,
  Charge,
  CoverageSpan,
  MarginCharge,
  Movement,
  PublishedRate,
  Stream,
} from '../../src/book/record.ts'
import { ManualClock } from '../../src/time/manual-clock.ts'
import { collect } from '../support/charges.ts'

/** Everything a book knows of one account, to be changed and written again. */
export interface AccountRows {
  readonly account: BookAccount
  readonly charges: readonly Charge[]
  readonly marginCharges: readonly MarginCharge[]
  readonly movements: readonly Movement[]
  readonly balances: readonly BalanceSnapshot[]
  readonly rates: readonly PublishedRate[]
  readonly coverage: ReadonlyMap<Stream, readonly CoverageSpan[]>
}

export async function readRows(book: Book, account: BookAccount): Promise<AccountRows> {
  const { label } = account
  const filter = { account: label, order: 'oldest-first' } as const
  const balances = await collect(book.balances(filter))
  const movements = await collect(book.movements(filter))
  const assets = new Set([...balances, ...movements].map(({ asset }) => asset))
  const coverage = new Map<Stream, readonly CoverageSpan[]>()
  for (const stream of streamsOf(account, assets)) {
    const spans = await book.proven(label, stream)
    coverage.set(
      stream,
      spans.map(({ from, to }) => ({ account: label, stream, from, to, provenBy: 'the world’s own sync', provenAt: to })),
    )
  }
  return {
    account,
    charges: await collect(book.charges({ accounts: [label], order: 'oldest-first' })),
    marginCharges: await collect(book.marginCharges(filter)),
    movements,
    balances,
    rates: await collect(book.rates(filter)),
    coverage,
  }
}

/** A new book that holds these rows and no others. */
export async function bookOf(rows: AccountRows): Promise<Book> {
  const { account, charges, marginCharges, movements, balances, rates, coverage } = rows
  const { label } = account
  const proofs = (stream: Stream) => coverage.get(stream) ?? []
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: new ManualClock(account.addedAt) })
  await book.addAccount(account)
  await book.recordCharges(label, charges, proofs('interest'))
  await book.recordBalances(label, balances)
  await book.recordMarginCharges(label, marginCharges, proofs('margin-interest'))
  for (const [stream, spans] of coverage) {
    const [name = '', asset] = stream.split(':')
    if (name === 'rates')
      await book.recordRates(
        label,
        rates.filter((rate) => rate.asset === asset),
        spans,
      )
    else if (!['interest', 'margin-interest', 'exchanges'].includes(name)) {
      const own = movements.filter((movement) => movement.stream === name && (asset === undefined || movement.asset === asset))
      await book.recordMovements(label, stream, own, spans)
    }
  }
  return book
}

function streamsOf({ exchange }: BookAccount, assets: ReadonlySet<string>): readonly Stream[] {
  if (exchange === 'okx') return ['interest', 'bills']
  const ofAssets = [...assets].flatMap((asset): Stream[] => [`margin-loans:${asset}`, `margin-repayments:${asset}`, `rates:${asset}`])
  return ['interest', 'margin-interest', 'um-income', 'cm-income', ...ofAssets]
}
