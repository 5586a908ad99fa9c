import { binanceErrors } from '../../../../contracts/binance/errors.ts'
import { isZero } from '../../../../decimal/arithmetic.ts'
import type { Decimal } from '../../../../decimal/decimal.ts'
import { binancePlainRule, roundedToPrintedScale } from '../../../../decimal/printing.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'

/**
 * `GET /papi/v1/margin/maxBorrowable` (facts A4.7): strings, as they were seen live. Of an asset of which the exchange has
 * none left to lend it tells nothing but that (seen live, facts A2.1).
 */
export const answerMaxBorrowable: AnswerOf<'maxBorrowable'> = ({ engine, account, values }) => {
  const fault = assetFault(values.asset)
  if (fault !== undefined) return refuse(fault)
  const lendable = engine.lendable('binance', values.asset)
  if (lendable !== undefined && isZero(lendable)) return refuse(binanceErrors.insufficientLoanable(values.asset))
  const { amount, limit } = engine.maxBorrow(account, values.asset)
  return reply({ amount: bound(amount), borrowLimit: bound(limit) })
}

/** `GET /papi/v1/margin/maxWithdraw` (facts A4.7). */
export const answerMaxWithdraw: AnswerOf<'maxWithdraw'> = ({ engine, account, values }) => {
  const fault = assetFault(values.asset)
  return fault === undefined ? reply({ amount: bound(engine.maxWithdraw(account, values.asset)) }) : refuse(fault)
}

/** Cut, never rounded up: what is told to be possible has to be. */
function bound(amount: Decimal): Decimal {
  return roundedToPrintedScale(amount, binancePlainRule, 'down')
}
