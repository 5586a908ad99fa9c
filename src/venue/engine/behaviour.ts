import { autoRepayRunsAtDefault } from '../../rules/auto-repay.ts'
import { dailyMidnightFromDefault } from '../../rules/binance-charge-instant.ts'
import type { MarginLevels } from '../../rules/margin-level.ts'
import { type OkxForcedRepaymentStep, type OkxSaleOrder, okxForcedRepaymentCheckEveryMs } from '../../rules/okx-forced-repayment.ts'
import { minuteMs, secondMs } from '../../time/units.ts'

/** What the engine does where the documents are silent, by name. A journal keeps the behaviour it was begun with. */
export interface EngineBehaviour {
  /** How long an auto-exchange run takes; derived from its start and account. Document 001 shows 52 s and 201 s. */
  readonly autoExchangeDurationMs: { readonly minimum: number; readonly maximum: number }
  /** What is compared with the maximum threshold: the total over all wallets. */
  readonly autoExchangeMeasure: 'total'
  /** How long after the hour OKX shows the row of that hour; sources say 1 to 10 minutes. */
  readonly okxRecordDelayMs: number
  /** Whether positive equity in other stablecoins enlarges the interest-free quota of USDT and USDC (facts B4). */
  readonly okxStablecoinQuota: 'enlarged' | 'own'
  /** When the interest of a VIP loan is taken from cash: with each hour's charge. The product left the documents. */
  readonly okxVipDeduction: 'hourly'
  /** The leverage by which margin secures OKX loans; whole, 1 or more. */
  readonly okxBorrowLeverage: number
  /** How often OKX looks for debts to repay by force. */
  readonly okxForcedRepaymentEveryMs: number
  /** What one look repays of what is beyond the quota; the help centre's example shows half of it. */
  readonly okxForcedRepaymentStep: OkxForcedRepaymentStep
  /** Which assets are sold first for it, by their collateral rate; the sources conflict (facts B4.1). */
  readonly okxForcedRepaymentOrder: OkxSaleOrder
  /** To how many percent of its pool forced repayment brings what the platform has lent, once that passed the pool; 0 to 100. */
  readonly okxPlatformRepaymentToPercent: number
  /** From which instant Binance charges at 00:00 UTC instead of 08:00. */
  readonly dailyMidnightFrom: number
  /** When Auto Repay runs, as milliseconds of the UTC day; the documents say twice within two hours before the charge. */
  readonly autoRepayAt: readonly number[]
  /** Which thresholds of uniMMR part the levels of an account: 150/120/105 %, or the older 200/150/120 %, whose end is not dated. */
  readonly marginLevels: MarginLevels
  /** The leverage L of cross margin by which loans are limited; whole, 2 or more. */
  readonly marginLeverage: number
}

export const defaultBehaviour: EngineBehaviour = Object.freeze({
  autoExchangeDurationMs: Object.freeze({ minimum: 50 * secondMs, maximum: 205 * secondMs }),
  autoExchangeMeasure: 'total',
  okxRecordDelayMs: 4 * minuteMs,
  okxStablecoinQuota: 'enlarged',
  okxVipDeduction: 'hourly',
  okxBorrowLeverage: 5,
  okxForcedRepaymentEveryMs: okxForcedRepaymentCheckEveryMs,
  okxForcedRepaymentStep: 'whole',
  okxForcedRepaymentOrder: 'higher-rate-first',
  okxPlatformRepaymentToPercent: 95,
  dailyMidnightFrom: dailyMidnightFromDefault,
  autoRepayAt: autoRepayRunsAtDefault,
  marginLevels: 'today',
  marginLeverage: 5,
})
