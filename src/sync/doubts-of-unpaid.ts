import type { Book } from '../book/book-interface.ts'
import type { Stream } from '../book/record.ts'
import { isZero } from '../decimal/arithmetic.ts'
import { toText } from '../decimal/decimal.ts'
import { nextBinanceCharge } from '../rules/binance-charge-instant.ts'
import { isoInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import type { Doubt } from './doubt.ts'
import { unpaidAmount } from './unpaid-rows.ts'
import type { UnpaidStep } from './witness-unpaid.ts'

/**
 * What a step that does not fit says against the histories. Where more is unpaid than is known of, a charge is missing: on a
 * negative balance at one of the boundaries without one, or on a loan, which may be taken at any time. Where less is unpaid, a
 * repayment is.
 */
export async function* doubtsOfUnpaid(book: Book, account: string, step: UnpaidStep): AsyncGenerator<Doubt> {
  const { kind, asset, before, after, window, grown, known } = step
  if (kind === 'fits') return
  // An exchange that shows no unpaid interest at all says nothing of repayments.
  if (kind === 'less' && isZero(before.interest) && isZero(after.interest)) return
  const row = `${account} ${asset} ${isoInstant(before.takenAt)} to ${isoInstant(after.takenAt)}`
  const [grownText, knownText] = [toText(unpaidAmount(grown)), toText(unpaidAmount(known))]
  const common = {
    row: `unpaid interest ${row}`,
    came: `${grownText}, expected ${knownText}`,
    sentence:
      `unpaid interest ${row}: ${toText(before.interest)} became ${toText(after.interest)}, a change of ${grownText}, ` +
      `but charges less repayments between the two make ${knownText}`,
  }
  const doubt = (stream: Stream, span: Interval): Doubt => ({ ...common, stream, span, at: span.from })
  if (kind === 'less') return yield doubt(`margin-repayments:${asset}`, window)
  yield doubt('margin-interest', window)
  for (const span of await boundariesWithoutCharge(book, account, asset, window)) yield doubt('interest', span)
}

/** The instants of a span at which an asset could have been charged for a negative balance and was not. */
async function boundariesWithoutCharge(book: Book, account: string, asset: string, within: Interval): Promise<readonly Interval[]> {
  const charged = new Set<number>()
  for await (const { at } of book.charges({ accounts: [account], asset, within, order: 'oldest-first' })) charged.add(at)
  const spans: Interval[] = []
  for (let at = nextBinanceCharge(within.from - 1); at < within.to; at = nextBinanceCharge(at)) {
    if (!charged.has(at)) spans.push(interval(at, at + 1))
  }
  return spans
}
