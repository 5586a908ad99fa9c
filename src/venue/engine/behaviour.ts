import { dailyMidnightFromDefault } from '../../rules/binance-charge-instant.ts'
import { minuteMs, secondMs } from '../../time/units.ts'

/** What the engine does where the documents are silent, by name. A journal keeps the behaviour it was begun with. */
export interface EngineBehaviour {
  /** How long an auto-exchange run takes; derived from its start and account. Document 001 shows 52 s and 201 s. */
  readonly autoExchangeDurationMs: { readonly minimum: number; readonly maximum: number }
  /** What is compared with the maximum threshold: the total over all wallets. */
  readonly autoExchangeMeasure: 'total'
  /** How long after the hour OKX shows the row of that hour; sources say 1 to 10 minutes. */
  readonly okxRecordDelayMs: number
  /** From which instant Binance charges at 00:00 UTC instead of 08:00. */
  readonly dailyMidnightFrom: number
}

export const defaultBehaviour: EngineBehaviour = Object.freeze({
  autoExchangeDurationMs: Object.freeze({ minimum: 50 * secondMs, maximum: 205 * secondMs }),
  autoExchangeMeasure: 'total',
  okxRecordDelayMs: 4 * minuteMs,
  dailyMidnightFrom: dailyMidnightFromDefault,
})
