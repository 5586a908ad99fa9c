import { negativeBalanceExchangeRecord } from '../../../../contracts/binance/negative-balance-exchange-record.ts'
import { atPrintedScale, binancePlainRule } from '../../../../decimal/printing.ts'
import type { ExchangeRun } from '../../../engine/record.ts'
import { type AnswerOf, reply } from '../answer.ts'
import { requestedWindow } from './requested-window.ts'

/** `GET /papi/v1/portfolio/negative-balance-exchange-record` (document 001; facts A3.3): every run of the window, unpaged. */
export const answerNegativeBalanceExchangeRecord: AnswerOf<'negativeBalanceExchangeRecord'> = (question) => {
  const { engine, account, values, now, behaviour } = question
  const window = requestedWindow(negativeBalanceExchangeRecord, values, now, behaviour)
  if (window.kind === 'error') return window
  const rows = window.kind === 'empty' ? [] : engine.exchangeRuns({ account, from: window.from, to: window.to }).map(row)
  return reply({ total: rows.length, rows })
}

function row(run: ExchangeRun) {
  return {
    startTime: run.from,
    endTime: run.to,
    details: run.details.map(({ asset, negativeBalance, maximumThreshold }) => ({
      asset,
      negativeBalance: atPrintedScale(negativeBalance, binancePlainRule),
      negativeMaxThreshold: atPrintedScale(maximumThreshold, binancePlainRule),
    })),
  }
}
