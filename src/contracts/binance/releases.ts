import { parseInstant } from '../../time/instant.ts'

/** The days on which the change logs date endpoints; their hours are not known. */

/** Repaying negative futures balances, by hand and by Auto Repay (facts A3.4). */
export const repayFuturesReleasedAt = parseInstant('2023-07-18')

/** The record of auto-exchange runs, with auto-exchange itself (facts A3.3, A4.1). */
export const exchangeRecordReleasedAt = parseInstant('2025-01-22')

/** Delta mode of PRO accounts (facts A6). */
export const deltaModeReleasedAt = parseInstant('2026-01-09')
