import { type Decimal, decimal } from '../../../decimal/decimal.ts'
import { binanceFixedRule, roundedToPrintedScale } from '../../../decimal/printing.ts'
import type { MarginLevel, MarginStatus } from '../../engine/record.ts'

/** Shown while nothing requires maintenance margin (seen live, facts A4.7). */
const noMaintenance = decimal('99999999')

/** The words of the user data stream for the same levels (facts A7). */
const statusOf: Readonly<Record<MarginLevel, string>> = {
  normal: 'NORMAL',
  'margin-call': 'MARGIN_CALL',
  'reduce-only': 'REDUCE_ONLY',
  liquidation: 'FORCE_LIQUIDATION',
}

/** What papi, the twins of PRO and the user data stream say alike of an account. */
export function accountFigures(status: MarginStatus) {
  return {
    uniMMR: status.uniMmr === undefined ? noMaintenance : owned(status.uniMmr),
    accountEquity: owned(status.equity),
    actualEquity: owned(status.actualEquity),
    accountInitialMargin: needed(status.initialMargin),
    accountMaintMargin: needed(status.maintenanceMargin),
    accountStatus: statusOf[status.level],
  }
}

export function owned(value: Decimal): Decimal {
  return roundedToPrintedScale(value, binanceFixedRule, 'down')
}

export function needed(value: Decimal): Decimal {
  return roundedToPrintedScale(value, binanceFixedRule, 'up')
}
