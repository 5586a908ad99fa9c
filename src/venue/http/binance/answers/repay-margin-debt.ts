import { atPrintedScale, binanceFixedRule } from '../../../../decimal/printing.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'
import { carryOut } from './command-refusal.ts'
import { repaidBy } from './repaid.ts'

/** `POST /papi/v1/margin/repay-debt` (facts A6): tells what was repaid, and the assets it was asked to sell. */
export const answerRepayMarginDebt: AnswerOf<'repayMarginDebt'> = (question) => {
  const { engine, account, values, now } = question
  const { asset, amount, specifyRepayAssets: sources } = values
  for (const named of [asset, ...(sources ?? [])]) {
    const fault = assetFault(named)
    if (fault !== undefined) return refuse(fault)
  }
  const refusal = carryOut(question, {
    kind: 'repay-debt',
    account,
    asset,
    ...(amount === undefined ? {} : { amount }),
    ...(sources === undefined ? {} : { sources }),
  })
  if (refusal !== undefined) return refuse(refusal)
  const [movement] = engine.movements({ account, asset, causes: ['repay-debt'], limit: 1 })
  if (movement === undefined) throw new Error('repay-debt moved nothing, although it was carried out')
  const { amount: repaid } = repaidBy(movement)
  return reply({
    amount: atPrintedScale(repaid, binanceFixedRule),
    asset,
    specifyRepayAssets: sources ?? [],
    updateTime: now,
    success: true,
  })
}
