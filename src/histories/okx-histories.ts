import { billsArchive } from '../contracts/okx/bills-archive.ts'
import { interestAccrued } from '../contracts/okx/interest-accrued.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'
import type { HistoryEntry, Retention } from './history.ts'

const yearMs = 365 * dayMs
const interestKeptMs = interestAccrued.cursor?.retentionMs ?? yearMs
/**
 * Copies of the document conflict (facts B5): most say 3 months, which are 89 days where February is one of them; one of spring
 * 2025 says a year. What is older than the shorter is proven by rows that are shown alone.
 */
export const billsRetention: Retention = Object.freeze({ shortestMs: 89 * dayMs, longestMs: yearMs })

export const okxHistories: readonly HistoryEntry[] = Object.freeze([
  // Recording takes about ten minutes (facts B4).
  {
    kind: 'interest',
    isOfAsset: false,
    endpoint: interestAccrued,
    pageRows: 100,
    settleMs: 15 * minuteMs,
    overlapMs: 2 * hourMs,
    retention: { shortestMs: interestKeptMs, longestMs: interestKeptMs },
    answers: ['charges', 'statement', 'audit'],
  },
  {
    kind: 'bills',
    isOfAsset: false,
    endpoint: billsArchive,
    pageRows: 100,
    settleMs: 15 * minuteMs,
    overlapMs: 2 * hourMs,
    retention: billsRetention,
    answers: ['movements', 'statement'],
    otherWay: {
      since: parseInstant('2021-02-01'),
      says:
        'OKX makes a file of each past quarter (POST, then GET /api/v5/account/bills-history-archive): unpack it, and ' +
        'overdraft import okx-bills FILE --account LABEL --quarter YEAR-Qn',
    },
  },
])
