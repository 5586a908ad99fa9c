import type { Book } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import { isZero } from '../../decimal/arithmetic.ts'
import { debtChanges, sightOf } from '../../rules/debt-changes.ts'
import { linesOf, type PotChange, type ReconciledLine, type Reconciliation, reconcile, type Sight } from '../../rules/reconcile.ts'
import { type Interval, interval } from '../../time/interval.ts'

/** One asset of an account over a span. */
export interface AssetStatement {
  readonly account: string
  readonly asset: string
  readonly within: Interval
  /** The time it rests on: the span, and everything up to the balances that it was rolled from. */
  readonly restsOn: Interval
  /** Everything recorded in the span; positive makes the debt larger. */
  readonly lines: readonly ReconciledLine[]
  /** The lines between what was owed at both ends; `undefined` where no balance of the account was ever read. */
  readonly reconciled: Reconciliation | undefined
}

/**
 * What of each asset was owed when the span began, what happened, and what was owed when it ended. The debt of a Binance
 * account is what its futures wallets lack and the interest not paid yet; of an OKX account its liability. Margin loans
 * themselves are not in it.
 *
 * @param only this asset alone; left out, every one that owed or moved something
 * @throws `book.account-unknown`
 */
export async function readStatement(book: Book, account: BookAccount, within: Interval, only?: string): Promise<readonly AssetStatement[]> {
  const assets = only === undefined ? await assetsOf(book, account.label, within) : [only]
  const statements: AssetStatement[] = []
  for (const asset of assets) {
    const statement = await statementOf(book, account, asset, within)
    if (only !== undefined || saysSomething(statement)) statements.push(statement)
  }
  return statements
}

async function statementOf(book: Book, account: BookAccount, asset: string, within: Interval): Promise<AssetStatement> {
  const sights = await sightsAround(book, account, asset, within)
  const instants = sights.map(({ at }) => at)
  // What happened at the very instant of a balance is in it.
  const restsOn = interval(Math.min(within.from, ...instants), Math.max(within.to, ...instants.map((at) => at + 1)))
  const changes = await changesWithin(book, account, asset, interval(restsOn.from, restsOn.to + 1))
  const inside = changes.filter(({ at }) => within.from <= at && at < within.to)
  return Object.freeze({
    account: account.label,
    asset,
    within,
    restsOn,
    lines: linesOf(inside),
    reconciled: reconcile({ sights, changes, within }),
  })
}

async function assetsOf(book: Book, label: string, within: Interval): Promise<readonly string[]> {
  const charged = await book.totals({ accounts: [label], within, by: 'all' })
  const seen = await book.latestBalances(label)
  return [...new Set([...charged, ...seen].map(({ asset }) => asset))].sort()
}

/**
 * The newest balance before each bound, and the first there is where none is older. A reply lists every asset that stands
 * anywhere but at zero, so where it showed others alone this one stood at zero: a debt may come and go between two replies.
 */
async function sightsAround(book: Book, { label, exchange }: BookAccount, asset: string, within: Interval): Promise<readonly Sight[]> {
  const sights = new Map<number, Sight>()
  const keepOne = async (span: Interval | undefined, order: 'newest-first' | 'oldest-first') => {
    const [own] = await collected(book.balances({ account: label, asset, within: span, order, limit: 1 }))
    const [any] = own === undefined ? await collected(book.balances({ account: label, within: span, order, limit: 1 })) : [own]
    if (any === undefined) return
    const sight = any.asset === asset ? sightOf(exchange, any) : { at: any.takenAt, levels: new Map() }
    sights.set(sight.at, sight)
  }
  await keepOne(interval(0, within.from), 'newest-first')
  await keepOne(interval(0, within.to), 'newest-first')
  if (sights.size === 0 || Math.min(...sights.keys()) >= within.from) await keepOne(undefined, 'oldest-first')
  return [...sights.values()].sort((left, right) => left.at - right.at)
}

async function changesWithin(book: Book, { label, exchange }: BookAccount, asset: string, within: Interval): Promise<readonly PotChange[]> {
  const filter = { account: label, asset, within, order: 'oldest-first' as const }
  return debtChanges({
    exchange,
    charges: await collected(book.charges({ accounts: [label], asset, within, order: 'oldest-first' })),
    marginCharges: exchange === 'binance' ? await collected(book.marginCharges(filter)) : [],
    movements: await collected(book.movements(filter)),
  })
}

function saysSomething({ lines, reconciled }: AssetStatement): boolean {
  if (lines.length > 0) return true
  return reconciled !== undefined && !(isZero(reconciled.opening.debt) && isZero(reconciled.closing.debt) && isZero(reconciled.unexplained))
}

async function collected<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
