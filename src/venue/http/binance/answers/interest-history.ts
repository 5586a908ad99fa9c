import { interestHistory } from '../../../../contracts/binance/interest-history.ts'
import { strip } from '../../../../decimal/arithmetic.ts'
import { binanceInterestRule, binancePlainRule } from '../../../../decimal/printing.ts'
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
    interest: strip(charge.interest, binanceInterestRule.decimalsMin),
    interestAccuredTime: charge.at,
    interestRate: strip(charge.rateDaily, binancePlainRule.decimalsMin),
    principal: strip(charge.principal, binancePlainRule.decimalsMin),
  }
}
