import { binanceErrors } from '../../../../contracts/binance/errors.ts'
import type { Command } from '../../../engine/command.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'
import { carryOut, insufficient } from './command-refusal.ts'

/** `POST /papi/v1/auto-collection` (facts A4.6). */
export const answerAutoCollection: AnswerOf<'autoCollection'> = (question) => {
  const refusal = carryOut(question, { kind: 'collect', account: question.account })
  return refusal === undefined ? reply({ msg: 'success' }) : refuse(refusal)
}

/** `POST /papi/v1/asset-collection` (facts A4.6): `amount` and `futureType` both or neither; there is no options wallet to take from. */
export const answerAssetCollection: AnswerOf<'assetCollection'> = (question) => {
  const { account, values, behaviour } = question
  const { asset, amount, futureType } = values
  const fault = assetFault(asset)
  if (fault !== undefined) return refuse(fault)
  if ((amount === undefined) !== (futureType === undefined)) return refuse(binanceErrors.badCombination())
  if (futureType === 'OPTION') return refuse(insufficient(behaviour))
  const collect: Command = { kind: 'collect', account, asset }
  const command = amount === undefined ? collect : { ...collect, amount, from: futureType === 'CM' ? ('cm' as const) : ('um' as const) }
  const refusal = carryOut(question, command)
  return refusal === undefined ? reply({ msg: 'success' }) : refuse(refusal)
}
