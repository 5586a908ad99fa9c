import { proBankruptcyLoanHistory } from '../../../../contracts/binance/pro-bankruptcy-loan-history.ts'
import { isZero } from '../../../../decimal/arithmetic.ts'
import { zero } from '../../../../decimal/decimal.ts'
import { atPrintedScale, binancePlainRule } from '../../../../decimal/printing.ts'
import { dayMs } from '../../../../time/units.ts'
import type { Command } from '../../../engine/command.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { carryOut } from './command-refusal.ts'
import { forPro } from './pro-only.ts'
import { pageOf } from './record-page.ts'
import { changeOf } from './repaid.ts'
import { requestedWindow } from './requested-window.ts'

/** `POST /sapi/v1/portfolio/repay-futures-negative-balance` (facts A3.4): from the spot wallet unless said otherwise. */
export const answerProRepayFuturesNegativeBalance: AnswerOf<'proRepayFuturesNegativeBalance'> = forPro((question) => {
  const repay: Command = { kind: 'repay-futures', account: question.account }
  const refusal = carryOut(question, question.values.from === 'SPOT' ? { ...repay, from: 'spot' } : repay)
  return refusal === undefined ? reply({ msg: 'success' }) : refuse(refusal)
})

/** Shown while nothing is owed: the asset of such loans today, though the example still has BUSD. */
const usualAsset = 'USDT'

/** `GET /sapi/v1/portfolio/pmLoan` (facts A6): one loan, the first there is. */
export const answerProBankruptcyLoan: AnswerOf<'proBankruptcyLoan'> = forPro(({ engine, account }) => {
  const owing = engine.binanceBalances(account).find(({ bankruptcy }) => !isZero(bankruptcy))
  return reply({ asset: owing?.asset ?? usualAsset, amount: atPrintedScale(owing?.bankruptcy ?? zero, binancePlainRule) })
})

/** `POST /sapi/v1/portfolio/repay` (facts A6): all of it, or nothing. */
export const answerProRepayBankruptcyLoan: AnswerOf<'proRepayBankruptcyLoan'> = forPro((question) => {
  const { engine, account, values } = question
  const repay: Command = { kind: 'repay-bankruptcy', account }
  const refusal = carryOut(question, values.from === 'SPOT' ? { ...repay, from: 'spot' } : repay)
  if (refusal !== undefined) return refuse(refusal)
  const [movement] = engine.movements({ account, causes: ['repay-bankruptcy'], limit: 1 })
  if (movement === undefined) throw new Error('a bankruptcy loan was repaid without a movement')
  return reply({ tranId: movement.id })
})

const alone = 30 * dayMs

/** `GET /sapi/v1/portfolio/pmLoan-history` (facts A6): of one time alone, the 30 days after or before it. */
export const answerProBankruptcyLoanHistory: AnswerOf<'proBankruptcyLoanHistory'> = forPro((question) => {
  const { engine, account, values, now, behaviour } = question
  const { startTime } = values
  const times = startTime !== undefined && values.endTime === undefined ? { startTime, endTime: startTime + alone } : values
  const window = requestedWindow(proBankruptcyLoanHistory, times, now, behaviour)
  if (window.kind === 'error') return window
  const span = window.kind === 'empty' ? undefined : { from: window.from, to: window.to }
  const movements = span === undefined ? [] : engine.movements({ account, causes: ['repay-bankruptcy'], ...span })
  const rows = movements.map((movement) => ({
    asset: movement.asset,
    amount: atPrintedScale(changeOf(movement, 'bankruptcy'), binancePlainRule),
    repayTime: movement.at,
  }))
  return reply({ total: rows.length, rows: pageOf(rows, values) })
})
