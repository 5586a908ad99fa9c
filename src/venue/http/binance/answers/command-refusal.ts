import { type BinanceError, binanceErrorOf, binanceErrors } from '../../../../contracts/binance/errors.ts'
import { isZero } from '../../../../decimal/arithmetic.ts'
import type { ErrorCode } from '../../../../errors/catalogue.ts'
import { isOverdraftError, type OverdraftError } from '../../../../errors/overdraft-error.ts'
import type { FaceBehaviour } from '../../../behaviour.ts'
import type { Command } from '../../../engine/command.ts'
import type { BinanceQuestion } from '../answer.ts'

type Refusal = (behaviour: FaceBehaviour, error: OverdraftError, question: BinanceQuestion<unknown>) => BinanceError

/** What the engine refuses, in the exchange's words (facts A2.2). Where no code was found the answer is a named option. */
const refusals: ReadonlyMap<ErrorCode, Refusal> = new Map<ErrorCode, Refusal>([
  ['venue.amount-not-positive', () => binanceErrorOf(-4055)],
  ['venue.amount-too-fine', () => binanceErrorOf(-1111)],
  ['venue.amount-too-large', () => binanceErrors.invalidParameter('amount')],
  ['venue.name-malformed', () => binanceErrors.invalidAsset()],
  ['venue.insufficient', insufficient],
  ['venue.repayment-uncovered', insufficient],
  ['venue.nothing-owed', nothingOwed],
  ['venue.borrow-limit', beyondLimit],
  ['venue.pool-empty', (_, { values }) => binanceErrors.insufficientLoanable(String(values['asset']))],
  ['venue.not-collectable', () => binanceErrors.invalidAsset()],
  ['venue.collection-malformed', () => binanceErrors.badCombination()],
  ['venue.repayment-too-large', () => binanceErrors.invalidParameter('amount')],
  ['venue.too-often', tooOften],
  ['venue.bankruptcy-none', () => binanceErrors.noBankruptcyLoan()],
  ['venue.bankruptcy-uncovered', () => binanceErrors.bankruptcyLoanUncovered()],
])

/**
 * Carries a command out; what the engine refuses comes back as the exchange's error, with nothing changed. A refusal
 * nobody has a code for is still the caller's, not the venue's.
 */
export function carryOut(question: BinanceQuestion<unknown>, command: Command): BinanceError | undefined {
  const { engine, now, behaviour } = question
  try {
    engine.apply(command, { at: now })
    return undefined
  } catch (error) {
    if (!isOverdraftError(error) || (error.exit !== 'usage' && error.exit !== 'refused')) throw error
    return refusals.get(error.code)?.(behaviour, error, question) ?? binanceErrors.unsupportedOperation()
  }
}

export function insufficient({ binanceInsufficientBalance }: FaceBehaviour): BinanceError {
  return binanceInsufficientBalance === 'insufficient' ? binanceErrors.insufficientBalance() : binanceErrorOf(-3041)
}

/** What nobody of this level may borrow at all is not available. */
function beyondLimit(_: FaceBehaviour, { values }: OverdraftError, { engine, account }: BinanceQuestion<unknown>): BinanceError {
  const { limit } = engine.maxBorrow(account, String(values['asset']))
  return isZero(limit) ? binanceErrors.borrowingClosed() : binanceErrors.exceedsBorrowable()
}

function nothingOwed({ binanceNothingOwed }: FaceBehaviour): BinanceError {
  switch (binanceNothingOwed) {
    case 'invalid-amount':
      return binanceErrors.invalidParameter('amount')
    case 'insufficient':
      return binanceErrors.insufficientBalance()
    case 'unsupported':
      return binanceErrors.unsupportedOperation()
  }
}

function tooOften({ binanceTooOften }: FaceBehaviour): BinanceError {
  switch (binanceTooOften) {
    case 'not-allowed-currently':
      return binanceErrorOf(-4084)
    case 'unsupported':
      return binanceErrors.unsupportedOperation()
    case 'system-busy':
      return binanceErrors.systemBusy()
  }
}
