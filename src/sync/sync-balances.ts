import type { Book } from '../book/book-interface.ts'
import type { BalanceSnapshot } from '../book/record.ts'
import { snapshotOfBinance, snapshotOfOkx, snapshotsOfGone } from './balances-of-reply.ts'
import { noteClocks } from './snapshot-clock.ts'
import type { SyncClient } from './sync-client.ts'
import { pricesOfBalance } from './sync-facts.ts'

/**
 * Takes one snapshot of every asset of the account, and the prices that the reply implies. Taken at the exchange's time:
 * with our own, a clock that was wrong and is set right would leave a debt of before standing as the newest there is.
 *
 * @returns the assets of which the reply told what they hold
 */
export async function syncBalances(
  book: Book,
  account: string,
  client: SyncClient,
  signal: AbortSignal | undefined,
): Promise<readonly BalanceSnapshot[]> {
  const { snapshots, listed, takenAt } = await takeSnapshots(book, account, client, signal)
  const gone = snapshotsOfGone(await book.latestBalances(account), listed, takenAt)
  await noteClocks(book, account, client, takenAt)
  await book.recordBalances(account, [...snapshots, ...gone])
  return snapshots
}

interface Taken {
  readonly snapshots: readonly BalanceSnapshot[]
  /** Every asset that the reply named. */
  readonly listed: ReadonlySet<string>
  readonly takenAt: number
}

async function takeSnapshots(book: Book, account: string, client: SyncClient, signal: AbortSignal | undefined): Promise<Taken> {
  if (client.exchange === 'okx') {
    const { data } = await client.balance({}, { signal })
    const takenAt = client.serverNow()
    const rows = data.flatMap(({ details }) => details)
    const prices = pricesOfBalance(rows, takenAt)
    if (prices.length > 0) await book.recordPrices(prices)
    const snapshots = rows.flatMap((row) => snapshotOfOkx(account, row, takenAt) ?? [])
    return { snapshots, listed: new Set(rows.map(({ ccy }) => ccy)), takenAt }
  }
  const reply = await client.balance({}, { signal })
  const takenAt = client.serverNow()
  const rows = Array.isArray(reply) ? reply : [reply]
  const snapshots = rows.map((row) => snapshotOfBinance(account, row, takenAt))
  return { snapshots, listed: new Set(snapshots.map(({ asset }) => asset)), takenAt }
}
