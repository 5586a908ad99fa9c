import type { Exchange } from '../../contracts/contract.ts'
import { fail } from '../../errors/overdraft-error.ts'
import type { Account, Holding } from './account.ts'
import { textOf } from './amount.ts'
import type { Wallet } from './command.ts'
import type { State } from './state.ts'

const levelMax = 99
const nameRe = /^[^\s\p{Cc}]{1,64}$/u

/** @throws `venue.account-unknown` */
export function findAccount(state: State, label: string): Account {
  return state.accounts.get(label) ?? fail('venue.account-unknown', { account: label })
}

/** The account, when it is one of `exchange`. @throws `venue.account-unknown`, `venue.wrong-exchange` */
export function findAccountOf(state: State, label: string, exchange: Exchange, command: string): Account {
  const account = findAccount(state, label)
  if (account.exchange !== exchange) fail('venue.wrong-exchange', { account: label, exchange: account.exchange, command })
  return account
}

/** @throws `venue.name-malformed` */
export function checkName(what: 'account' | 'asset' | 'API key' | 'instrument' | 'order', name: string): void {
  if (typeof name !== 'string' || !nameRe.test(name)) fail('venue.name-malformed', { what, name })
}

/** @throws `venue.level-malformed` */
export function checkLevel(vip: number): void {
  if (!Number.isInteger(vip) || vip < 0 || vip > levelMax) fail('venue.level-malformed', { vip })
}

/** @throws `venue.insufficient` */
export function requireCovered(holding: Holding, wallet: Wallet, amount: bigint): void {
  const available = holding.balances[wallet]
  if (available >= amount) return
  const { account, asset } = holding
  fail('venue.insufficient', {
    account: account.label,
    asset,
    wallet,
    amount: textOf(amount, account.exchange),
    available: textOf(available > 0n ? available : 0n, account.exchange),
  })
}
