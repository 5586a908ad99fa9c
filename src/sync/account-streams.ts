import type { Book } from '../book/book-interface.ts'
import type { BookAccount, Stream } from '../book/record.ts'
import { type StreamRule, streamRule, streamRules } from './stream-rule.ts'
import type { SyncClient } from './sync-client.ts'

/**
 * Every history an account has, by what the book knows of it: those of single assets as soon as the assets are known.
 * Binance tells loans and repayments of one asset at a time, here of every asset that the account ever held, owed or was
 * charged on; and published rates, here of those it was charged on. Rates are told by the api host alone: they are among
 * the histories where the client reaches it, or where some of them are proven, and so it was reached before.
 *
 * @param client only where a sync asks
 * @throws `book.account-unknown`
 */
export async function accountStreams(book: Book, account: BookAccount, client?: SyncClient): Promise<readonly StreamRule[]> {
  const whole = streamRules(account.exchange)
  if (account.exchange !== 'binance') return whole
  const { label } = account
  const charged = await chargedAssets(book, label)
  const held = (await book.latestBalances(label)).map(({ asset }) => asset)
  const all = [...new Set([...held, ...charged])].sort()
  const streams: Stream[] = all.flatMap((asset) => [`margin-loans:${asset}` as const, `margin-repayments:${asset}` as const])
  for (const asset of [...charged].sort()) {
    const stream = `rates:${asset}` as const
    if (reachesRates(client) || (await book.proven(label, stream)).length > 0) streams.push(stream)
  }
  return Object.freeze([...whole, ...streams.flatMap((stream) => streamRule('binance', stream) ?? [])])
}

/** Whether published rates can be asked for: without the api host there is no such history. */
export function reachesRates(client: SyncClient | undefined): boolean {
  return client?.exchange === 'binance' && client.hasApiHost
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
