import type { Command } from '../../../engine/command.ts'
import type { MovementCause } from '../../../engine/record.ts'
import { type Answer, type BinanceQuestion, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'
import { carryOut } from './command-refusal.ts'

/** Carries out a command that moves money of one asset, and answers with the id of its movement: what the histories call it. */
export function answerTransaction(
  question: BinanceQuestion<unknown>,
  command: Command,
  asset: string,
  cause: MovementCause,
): Answer<{ readonly tranId: bigint }> {
  const refusal = assetFault(asset) ?? carryOut(question, command)
  if (refusal !== undefined) return refuse(refusal)
  const { engine, account } = question
  const [movement] = engine.movements({ account, asset, causes: [cause], limit: 1 })
  if (movement === undefined) throw new Error(`${command.kind} moved nothing, although it was carried out`)
  return reply({ tranId: movement.id })
}
