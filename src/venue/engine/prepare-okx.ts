import { fail } from '../../errors/overdraft-error.ts'
import type { Account } from './account.ts'
import { marketValue, positiveAmount } from './amount.ts'
import type { Command } from './command.ts'
import { type Effect, posting } from './effect.ts'
import { checkName, findAccountOf, requireCovered } from './find-account.ts'
import { accountLeg, transfer } from './ledger.ts'
import { requireOkxBorrowable } from './okx-limits.ts'
import type { State } from './state.ts'

type OkxCommand = Extract<
  Command,
  { kind: 'borrow-spot' | 'repay-spot' | 'set-auto-repay' | 'set-auto-borrow' | 'borrow-vip' | 'repay-vip' }
>

/** Loans in spot mode, VIP loans, and the two switches (OKX). */
export function prepareOkx(state: State, command: OkxCommand): Effect {
  const account = findAccountOf(state, command.account, 'okx', command.kind)
  switch (command.kind) {
    case 'set-auto-repay':
      return { kind: 'change', account, change: () => (account.autoRepay = command.on) }
    case 'set-auto-borrow':
      return { kind: 'change', account, change: () => (account.autoBorrow = command.on) }
    case 'borrow-spot':
      return borrowSpot(state, account, command)
    case 'repay-spot':
      return repaySpot(state, account, command)
    case 'borrow-vip':
      return borrowVip(state, account, command)
    case 'repay-vip':
      return repayVip(state, account, command)
  }
}

type Of<Kind extends OkxCommand['kind']> = Extract<OkxCommand, { kind: Kind }>

function borrowSpot(state: State, account: Account, command: Of<'borrow-spot'>): Effect {
  checkName('asset', command.asset)
  const amount = positiveAmount(command.amount, 'okx')
  requireOkxBorrowable(state, account, command.asset, amount)
  return posting(transfer(state.holding(account, command.asset), 'spot-borrowed', 'cash', amount), 'borrow')
}

/** Never more than is owed. */
function repaySpot(state: State, account: Account, command: Of<'repay-spot'>): Effect {
  checkName('asset', command.asset)
  const amount = positiveAmount(command.amount, 'okx')
  const holding = state.holding(account, command.asset)
  const owed = -holding.balances['spot-borrowed']
  if (owed === 0n) fail('venue.nothing-owed', { account: account.label, asset: command.asset, wallet: 'spot-borrowed' })
  const paid = amount < owed ? amount : owed
  requireCovered(holding, 'cash', paid)
  return posting(transfer(holding, 'cash', 'spot-borrowed', paid), 'repay-loan')
}

/** More under the same order adds to the loan; the whole of it is then charged at the newest rate. */
function borrowVip(state: State, account: Account, command: Of<'borrow-vip'>): Effect {
  checkName('asset', command.asset)
  checkName('order', command.order)
  const amount = positiveAmount(command.amount, 'okx')
  const rate = marketValue(command.rateDaily, 'daily rate')
  const loan = state.holding(account, command.asset, '', command.order)
  const legs = [accountLeg(loan, 'vip-borrowed', -amount), accountLeg(state.holding(account, command.asset), 'cash', amount)]
  return posting(legs, 'borrow', () => {
    loan.rate = state.market.addRate(rate)
  })
}

function repayVip(state: State, account: Account, command: Of<'repay-vip'>): Effect {
  checkName('asset', command.asset)
  checkName('order', command.order)
  const amount = positiveAmount(command.amount, 'okx')
  const loan = state.holding(account, command.asset, '', command.order)
  const owed = -loan.balances['vip-borrowed']
  if (owed === 0n) fail('venue.nothing-owed', { account: account.label, asset: command.asset, wallet: `order ${command.order}` })
  const paid = amount < owed ? amount : owed
  const cross = state.holding(account, command.asset)
  requireCovered(cross, 'cash', paid)
  return posting([accountLeg(loan, 'vip-borrowed', paid), accountLeg(cross, 'cash', -paid)], 'repay-loan')
}
