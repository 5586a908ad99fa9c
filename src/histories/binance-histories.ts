import { cmIncome } from '../contracts/binance/cm-income.ts'
import { interestHistory } from '../contracts/binance/interest-history.ts'
import { marginInterestHistory } from '../contracts/binance/margin-interest-history.ts'
import { marginInterestRateHistory } from '../contracts/binance/margin-interest-rate-history.ts'
import { marginLoanHistory } from '../contracts/binance/margin-loan-history.ts'
import { marginRepayHistory } from '../contracts/binance/margin-repay-history.ts'
import { negativeBalanceExchangeRecord } from '../contracts/binance/negative-balance-exchange-record.ts'
import { umIncome } from '../contracts/binance/um-income.ts'
import type { Endpoint } from '../contracts/contract.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'
import type { HistoryEntry, OtherWay, Retention } from './history.ts'

/** No longest span is documented for UM income; that of the other histories is kept to. */
export const incomeWindowMs = 30 * dayMs
/** "Only support querying data in recent 3 months" (facts A6): 89 days where February is one of them. */
export const incomeKeptForCertainMs = 89 * dayMs
/** The longest span that margin records may be asked for (facts A6). */
export const recordWindowMs = 30 * dayMs

/**
 * The oldest charge in the documents is of December 2022; a window of 30 days costs 50 of 6000 weight, so asking from the
 * start of that year is cheap.
 */
const oldestCharges = parseInstant('2022-01-01')
const movementsMs = 90 * dayMs
const pageOfRecords = 100
export const incomeRetention: Retention = Object.freeze({ shortestMs: incomeKeptForCertainMs, longestMs: incomeKeptForCertainMs })

/** `GET /papi/v1/um/income/asyn` and its twin of CM make a file of up to a year (facts A6). */
function incomeFile(wallet: 'um' | 'cm'): OtherWay {
  return {
    reachMs: 365 * dayMs,
    says: `Binance makes a file of up to a year of it (GET /papi/v1/${wallet}/income/asyn), whose form no document states: overdraft cannot take it in`,
  }
}

function incomeHistory(wallet: 'um' | 'cm', endpoint: Endpoint): HistoryEntry {
  return {
    kind: `${wallet}-income`,
    isOfAsset: false,
    endpoint,
    windowMs: incomeWindowMs,
    pageRows: 1_000,
    settleMs: 10 * minuteMs,
    overlapMs: hourMs,
    retention: incomeRetention,
    answers: ['movements', 'statement'],
    otherWay: incomeFile(wallet),
  }
}

export const binanceHistories: readonly HistoryEntry[] = Object.freeze([
  // When a charge of 00:00 UTC is first shown is not documented.
  {
    kind: 'interest',
    isOfAsset: false,
    endpoint: interestHistory,
    windowMs: interestHistory.window?.maxMs ?? 30 * dayMs,
    pageRows: pageOfRecords,
    settleMs: 10 * minuteMs,
    overlapMs: 2 * dayMs,
    begins: oldestCharges,
    answers: ['charges', 'statement', 'audit'],
  },
  // A run is shown once it has ended, which takes minutes. The oldest run in the documents is of January 2025 (facts A3.3).
  {
    kind: 'exchanges',
    isOfAsset: false,
    endpoint: negativeBalanceExchangeRecord,
    windowMs: 89 * dayMs - hourMs,
    settleMs: hourMs,
    overlapMs: 2 * dayMs,
    begins: parseInstant('2025-01-01'),
    answers: ['auto-exchanges'],
  },
  {
    kind: 'margin-interest',
    isOfAsset: false,
    endpoint: marginInterestHistory,
    windowMs: recordWindowMs,
    pageRows: pageOfRecords,
    settleMs: 10 * minuteMs,
    overlapMs: 2 * dayMs,
    begins: oldestCharges,
    answers: ['statement', 'audit'],
  },
  incomeHistory('um', umIncome),
  incomeHistory('cm', cmIncome),
  // A loan or a repayment may be pending; how long was not found.
  {
    kind: 'margin-loans',
    isOfAsset: true,
    endpoint: marginLoanHistory,
    windowMs: recordWindowMs,
    pageRows: pageOfRecords,
    settleMs: hourMs,
    overlapMs: dayMs,
    beginsBeforeAddedMs: movementsMs,
    answers: ['movements'],
  },
  {
    kind: 'margin-repayments',
    isOfAsset: true,
    endpoint: marginRepayHistory,
    windowMs: recordWindowMs,
    pageRows: pageOfRecords,
    settleMs: hourMs,
    overlapMs: dayMs,
    beginsBeforeAddedMs: movementsMs,
    // A repayment pays unpaid interest first, which is part of what is owed.
    answers: ['movements', 'statement'],
  },
  {
    kind: 'rates',
    isOfAsset: true,
    endpoint: marginInterestRateHistory,
    windowMs: recordWindowMs,
    settleMs: hourMs,
    overlapMs: dayMs,
    beginsBeforeAddedMs: movementsMs,
    answers: [],
  },
])
