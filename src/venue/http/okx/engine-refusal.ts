import { type OkxError, okxErrors } from '../../../contracts/okx/errors.ts'
import type { ErrorCode } from '../../../errors/catalogue.ts'
import { isOverdraftError } from '../../../errors/overdraft-error.ts'
import type { Command } from '../../engine/command.ts'
import type { Engine } from '../../engine/engine-interface.ts'

type Refusal = (asset: string) => OkxError

/** What the engine refuses, in OKX's codes (facts B2). */
const refusals: ReadonlyMap<string, Refusal> = new Map<ErrorCode, Refusal>([
  ['venue.insufficient', okxErrors.insufficientBalance],
  ['venue.borrow-limit', okxErrors.loanLimit],
  ['venue.pool-empty', okxErrors.borrowingUnavailable],
  ['venue.nothing-owed', okxErrors.operationFailed],
  ['venue.name-malformed', () => okxErrors.parameterError('ccy')],
  ['venue.amount-not-positive', () => okxErrors.parameterError('amt')],
  ['venue.amount-too-fine', () => okxErrors.parameterError('amt')],
  ['venue.amount-too-large', () => okxErrors.parameterError('amt')],
])

/** Gives the engine a command about `asset`; what it refuses for a reason OKX has a code for is returned as such. */
export function commanded(engine: Engine, command: Command, asset: string, now: number): OkxError | undefined {
  try {
    engine.apply(command, { at: now })
    return undefined
  } catch (error) {
    const refusal = isOverdraftError(error) ? refusals.get(error.code) : undefined
    if (refusal === undefined) throw error
    return refusal(asset)
  }
}
