import type { Book } from '../book/book-interface.ts'
import type { BookAccount, Stream } from '../book/record.ts'
import { type StreamRule, streamRule, streamRules } from './stream-rule.ts'
import type { SyncClient } from './sync-client.ts'

/**
 * The histories that Binance tells of one asset at a time: loans and repayments of every asset that the account ever held,
 * owed or was charged on, and published rates of those it was charged on. Published rates are on the api host only.
 *
 * @throws `book.account-unknown`
 */
export async function assetStreams(
  book: Book,
  account: BookAccount,
  options: { readonly hasApiHost: boolean },
): Promise<readonly StreamRule[]> {
  if (account.exchange !== 'binance') return []
  const charged = await chargedAssets(book, account.label)
  const held = (await book.latestBalances(account.label)).map(({ asset }) => asset)
  const all = [...new Set([...held, ...charged])].sort()
  const streams: Stream[] = all.flatMap((asset) => [`margin-loans:${asset}` as const, `margin-repayments:${asset}` as const])
  if (options.hasApiHost) streams.push(...[...charged].sort().map((asset) => `rates:${asset}` as const))
  return streams.flatMap((stream) => streamRule('binance', stream) ?? [])
}

/** Whether published rates can be asked for at all: without the api host there is no such stream. */
export function hasRates(client: SyncClient): boolean {
  return client.exchange === 'binance' && client.hasApiHost
}

/**
 * Every history an account has, by what the book knows of it. Published rates are among them once some of them are proven:
 * only then is it known that their host can be reached.
 *
 * @throws `book.account-unknown`
 */
export async function accountStreams(book: Book, account: BookAccount): Promise<readonly StreamRule[]> {
  const ofAssets = await assetStreams(book, account, { hasApiHost: true })
  const known: StreamRule[] = []
  for (const rule of ofAssets) {
    if (!rule.stream.startsWith('rates:') || (await book.proven(account.label, rule.stream)).length > 0) known.push(rule)
  }
  return Object.freeze([...streamRules(account.exchange), ...known])
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
