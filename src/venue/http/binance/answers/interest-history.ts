import { interestHistory } from '../../../../contracts/binance/interest-history.ts'
import { atPrintedScale, binanceInterestRule, binancePlainRule, binanceRateRule } from '../../../../decimal/printing.ts'
import type { BinanceCharge } from '../../../engine/record.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'
import { requestedWindow } from './requested-window.ts'

/** `GET /papi/v1/portfolio/interest-history` (document 000; facts A3.2). */
export const answerInterestHistory: AnswerOf<'interestHistory'> = ({ engine, account, values, now, behaviour }) => {
  const fault = assetFault(values.asset)
  if (fault !== undefined) return refuse(fault)
  const window = requestedWindow(interestHistory, values, now, behaviour)
  if (window.kind === 'error') return window
  if (window.kind === 'empty') return reply([])
  const { from, to } = window
  return reply(engine.binanceCharges({ account, asset: values.asset, from, to, limit: values.size }).map(row))
}

function row(charge: BinanceCharge) {
  return {
    asset: charge.asset,
    interest: atPrintedScale(charge.interest, binanceInterestRule),
    interestAccuredTime: charge.at,
    interestRate: atPrintedScale(charge.rateDaily, binanceRateRule),
    principal: atPrintedScale(charge.principal, binancePlainRule),
  }
}
