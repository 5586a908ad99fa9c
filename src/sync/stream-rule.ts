import type { BookAccount, Stream } from '../book/record.ts'
import { interestAccrued } from '../contracts/okx/interest-accrued.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'

/** How one history of one exchange is fetched and when it may be believed. */
export interface StreamRule {
  readonly stream: Stream
  /** Rows may still appear this long after their instant: nothing newer counts as proven (design, decision 4). */
  readonly settleMs: number
  /** This much of the newest past is read again by every sync, proven or not. */
  readonly overlapMs: number
  /** How far back the exchange keeps rows; absent where no limit is documented. */
  readonly retentionMs?: number
  /** Where the wanted history begins when nothing else is said; absent where `retentionMs` says it. */
  readonly begins?: number
}

const okxRetentionMs = interestAccrued.cursor?.retentionMs ?? 365 * dayMs

const rules: Readonly<Record<BookAccount['exchange'], readonly StreamRule[]>> = Object.freeze({
  binance: [
    // When a charge of 00:00 UTC is first shown is not documented. The oldest charge in the documents is of
    // December 2022; a window of 30 days costs 50 of 6000 weight, so asking from the start of that year is cheap.
    { stream: 'interest', settleMs: 10 * minuteMs, overlapMs: 2 * dayMs, begins: parseInstant('2022-01-01') },
    // A run is shown once it has ended, which takes minutes. The oldest run in the documents is of January 2025 (facts A3.3).
    { stream: 'exchanges', settleMs: hourMs, overlapMs: 2 * dayMs, begins: parseInstant('2025-01-01') },
  ],
  // Recording takes about ten minutes (facts B4).
  okx: [{ stream: 'interest', settleMs: 15 * minuteMs, overlapMs: 2 * hourMs, retentionMs: okxRetentionMs }],
})

/** The histories an account has. */
export function streamRules(exchange: BookAccount['exchange']): readonly StreamRule[] {
  return rules[exchange]
}

/** The rule of one stream; `undefined` where the exchange has no such history. */
export function streamRule(exchange: BookAccount['exchange'], stream: Stream): StreamRule | undefined {
  return rules[exchange].find((rule) => rule.stream === stream)
}
