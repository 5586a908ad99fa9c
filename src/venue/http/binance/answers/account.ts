import { type Decimal, decimal } from '../../../../decimal/decimal.ts'
import { binanceFixedRule, roundedToPrintedScale } from '../../../../decimal/printing.ts'
import type { MarginLevel, MarginStatus } from '../../../engine/record.ts'
import { type AnswerOf, reply } from '../answer.ts'

/** Shown while nothing requires maintenance margin (seen live, facts A4.7). */
const noMaintenance = decimal('99999999')

/** The words of the user data stream for the same levels (facts A7). */
const statusOf: Readonly<Record<MarginLevel, string>> = {
  normal: 'NORMAL',
  'margin-call': 'MARGIN_CALL',
  'reduce-only': 'REDUCE_ONLY',
  liquidation: 'FORCE_LIQUIDATION',
}

/** `GET /papi/v1/account` (facts A6, A4.7). What the account has is cut at eight decimals, what it needs is rounded up. */
export const answerAccount: AnswerOf<'account'> = ({ engine, account }) => {
  const status = engine.marginStatus(account)
  return reply({
    ...accountFigures(status),
    virtualMaxWithdrawAmount: owned(status.maxWithdraw),
    totalAvailableBalance: null,
    totalMarginOpenLoss: null,
    updateTime: status.updatedAt,
  })
}

/** What papi and the twins of PRO say alike of an account. */
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
