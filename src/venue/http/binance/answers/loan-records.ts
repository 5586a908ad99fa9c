import { binanceErrors } from '../../../../contracts/binance/errors.ts'
import { marginLoanHistory } from '../../../../contracts/binance/margin-loan-history.ts'
import { marginRepayHistory } from '../../../../contracts/binance/margin-repay-history.ts'
import type { Endpoint } from '../../../../contracts/contract.ts'
import type { ValuesFor } from '../../../../contracts/request.ts'
import { isZero } from '../../../../decimal/arithmetic.ts'
import { atPrintedScale, binanceFixedRule } from '../../../../decimal/printing.ts'
import type { Movement, MovementCause } from '../../../engine/record.ts'
import { type Answer, type AnswerOf, type BinanceQuestion, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'
import { pageOf, sideOfArchive } from './record-page.ts'
import { changeOf, repaidBy } from './repaid.ts'
import { requestedWindow } from './requested-window.ts'

// A movement is carried out at once or not at all: nothing is ever pending or failed.
const status = 'CONFIRMED'

/** `GET /papi/v1/margin/marginLoan` (facts A6). */
export const answerMarginLoanHistory: AnswerOf<'marginLoanHistory'> = (question) =>
  answerRecords(question, marginLoanHistory, ['borrow'], (movement) => ({
    txId: movement.id,
    asset: movement.asset,
    principal: atPrintedScale(changeOf(movement, 'cross-free'), binanceFixedRule),
    timestamp: movement.at,
    status,
  }))

/** `GET /papi/v1/margin/repayLoan` (facts A6): repayments of either kind. */
export const answerMarginRepayHistory: AnswerOf<'marginRepayHistory'> = (question) =>
  answerRecords(question, marginRepayHistory, ['repay-loan', 'repay-debt'], (movement) => {
    const { amount, interest, principal } = repaidBy(movement)
    // An asset that was only sold for somebody else's debt.
    if (isZero(amount)) return undefined
    return {
      amount: atPrintedScale(amount, binanceFixedRule),
      asset: movement.asset,
      interest: atPrintedScale(interest, binanceFixedRule),
      principal: atPrintedScale(principal, binanceFixedRule),
      status,
      timestamp: movement.at,
      txId: movement.id,
    }
  })

/** Rows of movements, newest first: the one `txId` names, or those of the span; `txId` goes before the times. */
function answerRecords<Row>(
  question: BinanceQuestion<ValuesFor<typeof marginLoanHistory>>,
  endpoint: Endpoint,
  causes: readonly MovementCause[],
  rowOf: (movement: Movement) => Row | undefined,
): Answer<{ readonly rows: readonly Row[]; readonly total: number }> {
  const { engine, account, values, now, behaviour } = question
  const { asset, txId, archived } = values
  const fault = assetFault(asset)
  if (fault !== undefined) return refuse(fault)
  const bare = txId === undefined && values.startTime === undefined
  if (bare && behaviour.binanceLoanRecordsBare === 'either-parameter') return refuse(binanceErrors.eitherParameter('txId', 'startTime'))
  const window = txId === undefined ? requestedWindow(endpoint, values, now, behaviour) : { kind: 'window' as const, from: 0, to: now }
  if (window.kind === 'error') return window
  if (window.kind === 'empty') return reply({ rows: [], total: 0 })
  const only = txId === undefined ? {} : { after: txId - 1n, before: txId + 1n }
  const movements = engine.movements({ account, asset, causes, ...sideOfArchive(window, archived, now), ...only })
  const rows = movements.flatMap((movement) => rowOf(movement) ?? [])
  return reply({ rows: pageOf(rows, values), total: rows.length })
}
