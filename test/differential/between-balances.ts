import type { Book } from '../../src/book/book-interface.ts'
import type { BalanceSnapshot } from '../../src/book/record.ts'
import { isoInstant } from '../../src/time/instant.ts'
import { interval } from '../../src/time/interval.ts'
import { minuteMs } from '../../src/time/units.ts'
import type { Venue } from '../../src/venue/index.ts'
import { type Row, rowText } from './row.ts'

interface Event {
  readonly at: number
  readonly asset: string
}

/** So long before a balance was read, and so shortly after, nothing may have happened that it could lack or hold. */
const edge = { beforeMs: 10 * minuteMs, afterMs: minuteMs } as const
/** Whether anything was repaid is proven an hour later. */
const settledMs = 70 * minuteMs

/**
 * Rows that no reply showed and that unpaid interest must have told of: charges of Binance between two balances, where the
 * repayments between them are all known.
 */
export async function toldByBalances(venue: Venue, book: Book, lost: readonly Row[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const row of lost) {
    if (row.stream !== 'interest' && row.stream !== 'margin-interest') continue
    const state = venue.truth().accounts.find(({ account }) => account === row.account)
    if (state?.exchange !== 'binance') continue
    const { asset } = row.record as Event
    const events: readonly Event[] = [...state.charges, ...state.loanCharges, ...state.movements]
    const [before, after] = await around(venue, book, row, asset, events)
    if (before === undefined || after === undefined) continue
    const isRepaymentLost = lost.some(
      ({ account, stream, at }) =>
        account === row.account && stream === `margin-repayments:${asset}` && before.takenAt < at && at <= after.takenAt,
    )
    if (isRepaymentLost) continue
    found.push(`${rowText(row)}, between the balances of ${isoInstant(before.takenAt)} and ${isoInstant(after.takenAt)}`)
  }
  return found
}

/** The balances next to a row that can be read in one way alone. */
async function around(
  venue: Venue,
  book: Book,
  { account, at }: Row,
  asset: string,
  events: readonly Event[],
): Promise<readonly [BalanceSnapshot | undefined, BalanceSnapshot | undefined]> {
  let before: BalanceSnapshot | undefined
  const within = interval(0, venue.clock.now() - settledMs)
  for await (const sight of book.balances({ account, asset, within, order: 'oldest-first' })) {
    const { takenAt } = sight
    const isClear = !events.some((one) => one.asset === asset && one.at > takenAt - edge.beforeMs && one.at <= takenAt + edge.afterMs)
    if (!isClear || (await book.fact(account, 'clock-ahead', takenAt))?.at === takenAt) continue
    if (takenAt >= at) return [before, sight]
    before = sight
  }
  return [before, undefined]
}
