import { marginInterestHistory } from '../../../../contracts/binance/margin-interest-history.ts'
import { atPrintedScale, binanceBalanceRule, binancePlainRule, binanceRateRule } from '../../../../decimal/printing.ts'
import type { BinanceCharge, LoanCharge } from '../../../engine/record.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'
import { pageOf, sideOfArchive } from './record-page.ts'
import { requestedWindow } from './requested-window.ts'

type Charge = BinanceCharge | LoanCharge

/**
 * `GET /papi/v1/margin/marginInterestHistory` (facts A5, A6): the charges on margin loans, and one `PORTFOLIO` row for
 * every charge on a negative balance (facts part C).
 */
export const answerMarginInterestHistory: AnswerOf<'marginInterestHistory'> = ({ engine, account, values, now, behaviour }) => {
  const fault = assetFault(values.asset)
  if (fault !== undefined) return refuse(fault)
  const window = requestedWindow(marginInterestHistory, values, now, behaviour)
  if (window.kind === 'error') return window
  if (window.kind === 'empty') return reply({ total: 0, rows: [] })
  const query = { account, asset: values.asset, ...sideOfArchive(window, values.archived, now) }
  const charges = newestFirst([...engine.loanCharges(query), ...engine.binanceCharges(query)])
  return reply({ total: charges.length, rows: pageOf(charges, values).map(row) })
}

/** Ids ascend with time. */
function newestFirst(charges: Charge[]): Charge[] {
  return charges.sort((left, right) => (left.id < right.id ? 1 : left.id > right.id ? -1 : 0))
}

function row(charge: Charge) {
  return {
    txId: charge.id,
    interestAccuredTime: charge.at,
    asset: charge.asset,
    rawAsset: charge.asset,
    principal: atPrintedScale(charge.principal, binanceBalanceRule),
    interest: atPrintedScale(charge.interest, binancePlainRule),
    interestRate: atPrintedScale(charge.rateDaily, binanceRateRule),
    type: typeOf(charge),
  }
}

function typeOf(charge: Charge): string {
  if (!('type' in charge)) return 'PORTFOLIO'
  return charge.type === 'on-borrow' ? 'ON_BORROW' : 'PERIODIC'
}
