import { histories, historyOf, wholeHistories } from '../histories/histories.ts'
import type { History } from '../histories/history.ts'
import type { Stream, StreamOfAsset } from '../histories/stream.ts'
import type { Book } from './book-interface.ts'
import type { BookAccount } from './record.ts'

/** What is known of where an account can be asked; a client knows. */
export interface Reach {
  readonly exchange: BookAccount['exchange']
  readonly hasApiHost?: boolean
}

/**
 * Every history an account has, by what the book knows of it: those of single assets as soon as the assets are known.
 * Binance tells loans and repayments of one asset at a time, here of every asset that the account ever held, owed or was
 * charged on; and published rates, here of those it was charged on. Rates are told by the api host alone: they are among
 * the histories where the client reaches it, or where some of them are proven, and so it was reached before.
 *
 * @param reach only where a sync asks, or is planned
 * @param besides an asset that is asked about, whether or not the account ever held it
 * @throws `book.account-unknown`
 */
export async function accountHistories(book: Book, account: BookAccount, reach?: Reach, besides?: string): Promise<readonly History[]> {
  const { label, exchange } = account
  const whole = wholeHistories(exchange)
  const ofAssets = histories[exchange].filter(({ isOfAsset }) => isOfAsset)
  if (ofAssets.length === 0) return whole
  const charged = await chargedAssets(book, label)
  const held = (await book.latestBalances(label)).map(({ asset }) => asset)
  const all = [...new Set([...held, ...charged, ...(besides === undefined ? [] : [besides])])].sort()
  const moved = ofAssets.filter(({ kind }) => kind !== 'rates')
  const streams: Stream[] = all.flatMap((asset) => moved.map(({ kind }) => `${kind as StreamOfAsset}:${asset}` as const))
  for (const asset of [...charged].sort()) {
    const stream = `rates:${asset}` as const
    if (reachesRates(reach) || (await book.proven(label, stream)).length > 0) streams.push(stream)
  }
  return Object.freeze([...whole, ...streams.flatMap((stream) => historyOf(exchange, stream) ?? [])])
}

/** Whether published rates can be asked for: without the api host there is no such history. */
export function reachesRates(reach: Reach | undefined): boolean {
  return reach?.exchange === 'binance' && reach.hasApiHost === true
}

/** Assets with charges on negative balances or on margin loans. */
async function chargedAssets(book: Book, label: string): Promise<ReadonlySet<string>> {
  const charged = new Set((await book.latestCharges(label)).map(({ asset }) => asset))
  for (const { asset } of await book.latestBalances(label)) {
    if (charged.has(asset)) continue
    for await (const charge of book.marginCharges({ account: label, asset, limit: 1 })) charged.add(charge.asset)
  }
  return charged
}
