import { fail } from '../../errors/overdraft-error.ts'
import type { Account, Holding } from './account.ts'
import { positiveAmount, signedAmount, textOf } from './amount.ts'
import type { Command, Wallet } from './command.ts'
import { type Effect, posting } from './effect.ts'
import { checkName, findAccount, findAccountOf, requireCovered } from './find-account.ts'
import { accountLeg, houseLeg, transfer } from './ledger.ts'
import { withdrawable } from './margin-view.ts'
import { repaymentLegs } from './repayment.ts'
import type { State } from './state.ts'

type MovementCommand = Extract<Command, { kind: 'deposit' | 'withdraw' | 'book' | 'set-unrealised' | 'lock' | 'unlock' | 'repay-futures' }>

/** Movements that do not make or repay a loan. */
export function prepareMovement(state: State, command: MovementCommand): Effect {
  switch (command.kind) {
    case 'deposit':
    case 'withdraw':
      return external(state, command)
    case 'book':
      return book(state, command)
    case 'set-unrealised':
      return setUnrealised(state, command)
    case 'lock':
      return relock(state, command, 'cross-free', 'cross-locked')
    case 'unlock':
      return relock(state, command, 'cross-locked', 'cross-free')
    case 'repay-futures':
      return repayFutures(findAccountOf(state, command.account, 'binance', command.kind), command.from ?? 'cross-free')
  }
}

function external(state: State, command: Extract<Command, { kind: 'deposit' | 'withdraw' }>): Effect {
  const account = findAccount(state, command.account)
  checkName('asset', command.asset)
  const amount = positiveAmount(command.amount, account.exchange)
  const wallet = externalWallet(account, command)
  const holding = state.holding(account, command.asset)
  if (command.kind === 'withdraw') requireWithdrawable(state, holding, amount)
  const delta = command.kind === 'deposit' ? amount : -amount
  return posting(
    [accountLeg(holding, wallet, delta), houseLeg(holding, 'external', -delta)],
    command.kind === 'deposit' ? 'deposit' : 'withdrawal',
  )
}

function externalWallet({ label, exchange }: Account, command: Extract<Command, { kind: 'deposit' | 'withdraw' }>): Wallet {
  if (command.kind === 'deposit' && command.wallet !== undefined) {
    if (exchange !== 'binance') fail('venue.wrong-exchange', { account: label, exchange, command: 'deposit to the spot wallet' })
    return 'spot'
  }
  return exchange === 'binance' ? 'cross-free' : 'cash'
}

/** What is there, and on Binance what the debts and positions of the account let go. */
function requireWithdrawable(state: State, holding: Holding, amount: bigint): void {
  const { account, asset } = holding
  requireCovered(holding, account.exchange === 'binance' ? 'cross-free' : 'cash', amount)
  if (account.exchange !== 'binance') return
  const available = withdrawable(state, account, asset)
  if (amount <= available) return
  const texts = { amount: textOf(amount, 'binance'), available: textOf(available, 'binance') }
  fail('venue.withdrawal-limit', { account: account.label, asset, ...texts })
}

function book(state: State, command: Extract<Command, { kind: 'book' }>): Effect {
  const account = accountWith(state, command.account, command.wallet, command.kind)
  checkName('asset', command.asset)
  const delta = signedAmount(command.amount, account.exchange)
  const holding = state.holding(account, command.asset)
  return posting([accountLeg(holding, command.wallet, delta), houseLeg(holding, 'profit-and-loss', -delta)], command.reason)
}

function setUnrealised(state: State, command: Extract<Command, { kind: 'set-unrealised' }>): Effect {
  const account = accountWith(state, command.account, command.wallet, command.kind)
  checkName('asset', command.asset)
  const wanted = signedAmount(command.amount, account.exchange)
  const holding = state.holding(account, command.asset)
  const delta = wanted - holding.balances[command.wallet]
  return posting([accountLeg(holding, command.wallet, delta), houseLeg(holding, 'unrealised', -delta)], 'unrealised')
}

function relock(state: State, command: Extract<Command, { kind: 'lock' | 'unlock' }>, from: Wallet, to: Wallet): Effect {
  const account = findAccountOf(state, command.account, 'binance', command.kind)
  checkName('asset', command.asset)
  const amount = positiveAmount(command.amount, account.exchange)
  const holding = state.holding(account, command.asset)
  requireCovered(holding, from, amount)
  return posting(transfer(holding, from, to, amount), command.kind)
}

/** Succeeds with nothing to do, as facts A3.4 suggests. */
function repayFutures(account: Account, from: 'cross-free' | 'spot'): Effect {
  const legs = [...account.holdings.values()].flatMap((holding) => repaymentLegs(holding, holding.balances[from], from))
  return posting(legs, 'repay-futures')
}

/** The account, when its exchange has the wallet. */
function accountWith(state: State, label: string, wallet: Wallet, command: string): Account {
  const account = findAccount(state, label)
  const exchange = wallet === 'cash' || wallet === 'cash-unrealised' ? 'okx' : 'binance'
  if (account.exchange !== exchange)
    fail('venue.wrong-exchange', { account: label, exchange: account.exchange, command: `${command} ${wallet}` })
  return account
}
