import type { Book } from '../book/book-interface.ts'
import type { BookAccount, CoverageReport, Stream } from '../book/record.ts'
import { interval } from '../time/interval.ts'
import { difference, type IntervalSet, intersection, intervalSet } from '../time/interval-set.ts'
import { dayMs } from '../time/units.ts'
import { accountStreams } from './account-streams.ts'
import { beginsAt, type StreamRule, streamRule } from './stream-rule.ts'

/**
 * What of the wanted history is proven, what is not, and what can no longer be had. The wanted history reaches from
 * `since` to `now` minus the settle delay; without `since` it begins where a sync's would, where an exchange keeps rows for
 * a while only as long before the account was added, or with the oldest proof if that is older. A history the exchange does not have is empty.
 *
 * @param now epoch ms, by the exchange's clock
 * @throws `book.account-unknown`
 */
export async function coverageReport(
  book: Book,
  account: BookAccount,
  stream: Stream,
  now: number,
  since?: number,
): Promise<CoverageReport> {
  const rule = streamRule(account.exchange, stream)
  const held = intervalSet(await book.proven(account.label, stream))
  if (rule === undefined) return Object.freeze({ account: account.label, stream, proven: [], unproven: [], lost: [] })
  const from = since ?? Math.min(held[0]?.from ?? now, wantedFrom(account, rule))
  const wanted = intervalSet([interval(from, Math.max(from, now - rule.settleMs))])
  const gaps = difference(wanted, held)
  const gone = goneBefore(rule, now, from)
  return Object.freeze({
    account: account.label,
    stream,
    proven: intersection(held, wanted),
    unproven: difference(gaps, gone),
    lost: intersection(gaps, gone),
  })
}

/**
 * The coverage of every history an account has, in the order of `accountStreams`.
 *
 * @param now epoch ms, by the exchange's clock
 * @throws `book.account-unknown`
 */
export async function coverageReports(book: Book, account: BookAccount, now: number): Promise<readonly CoverageReport[]> {
  const reports: CoverageReport[] = []
  for (const { stream } of await accountStreams(book, account)) reports.push(await coverageReport(book, account, stream, now))
  return Object.freeze(reports)
}

function wantedFrom(account: BookAccount, rule: StreamRule): number {
  const { retentionMs } = rule
  if (retentionMs === undefined) return beginsAt(rule, account.addedAt) ?? account.addedAt
  // The first whole day that the first sync could still reach, whenever on the day after adding it ran.
  return Math.ceil((account.addedAt - retentionMs) / dayMs + 1) * dayMs
}

function goneBefore({ retentionMs }: StreamRule, now: number, from: number): IntervalSet {
  if (retentionMs === undefined || now - retentionMs <= from) return []
  return intervalSet([interval(from, now - retentionMs)])
}
