import { fail } from '../../errors/overdraft-error.ts'
import { splitRepayment } from '../../rules/debt-repayment.ts'
import type { Account } from './account.ts'
import { positiveAmount } from './amount.ts'
import { requireBorrowable } from './borrow-limits.ts'
import type { Command } from './command.ts'
import { type Effect, posting } from './effect.ts'
import { checkName, findAccountOf, requireCovered } from './find-account.ts'
import { accountLeg, houseLeg, type Leg, transfer } from './ledger.ts'
import type { State } from './state.ts'

type LoanCommand = Extract<Command, { kind: 'borrow' | 'repay-loan' | 'borrow-isolated' | 'repay-isolated' }>

/** Loans: Binance margin loans, and debts of isolated positions on OKX. */
export function prepareLoan(state: State, command: LoanCommand): Effect {
  const isolated = command.kind === 'borrow-isolated' || command.kind === 'repay-isolated'
  const account = findAccountOf(state, command.account, isolated ? 'okx' : 'binance', command.kind)
  checkName('asset', command.asset)
  const amount = positiveAmount(command.amount, account.exchange)
  switch (command.kind) {
    case 'borrow':
      requireBorrowable(state, account, command.asset, amount)
      return posting(transfer(state.holding(account, command.asset), 'cross-borrowed', 'cross-free', amount), 'borrow')
    case 'repay-loan':
      return repayLoan(state, account, command.asset, amount)
    case 'borrow-isolated':
      checkName('instrument', command.instId)
      return borrowIsolated(state, account, command, amount)
    case 'repay-isolated':
      checkName('instrument', command.instId)
      return repayIsolated(state, account, command, amount)
  }
}

/** Interest first, then principal; never more than is owed (facts A5). */
function repayLoan(state: State, account: Account, asset: string, amount: bigint): Effect {
  const holding = state.holding(account, asset)
  const interest = -holding.balances['cross-interest']
  const borrowed = -holding.balances['cross-borrowed']
  if (interest + borrowed === 0n) fail('venue.nothing-owed', { account: account.label, asset, wallet: 'cross margin' })
  const paid = smaller(amount, interest + borrowed)
  requireCovered(holding, 'cross-free', paid)
  const split = splitRepayment(paid, interest)
  const legs: Leg[] = []
  if (split.interest > 0n) legs.push(...transfer(holding, 'cross-free', 'cross-interest', split.interest))
  if (split.principal > 0n) legs.push(...transfer(holding, 'cross-free', 'cross-borrowed', split.principal))
  return posting(legs, 'repay-loan')
}

type Isolated = Extract<Command, { kind: 'borrow-isolated' | 'repay-isolated' }>

/** The coins of an isolated position are not modelled: the loans of the house take the other side. */
function borrowIsolated(state: State, account: Account, { asset, instId }: Isolated, amount: bigint): Effect {
  const holding = state.holding(account, asset, instId)
  return posting([accountLeg(holding, 'isolated', -amount), houseLeg(holding, 'loans', amount)], 'borrow')
}

function repayIsolated(state: State, account: Account, { asset, instId }: Isolated, amount: bigint): Effect {
  const holding = state.holding(account, asset, instId)
  const owed = -holding.balances.isolated
  if (owed === 0n) fail('venue.nothing-owed', { account: account.label, asset, wallet: instId })
  const paid = smaller(amount, owed)
  return posting([accountLeg(holding, 'isolated', paid), houseLeg(holding, 'loans', -paid)], 'repay-loan')
}

function smaller(left: bigint, right: bigint): bigint {
  return left < right ? left : right
}
