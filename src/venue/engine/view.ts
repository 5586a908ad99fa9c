import type { Account, Holding } from './account.ts'
import { amountOf } from './amount.ts'
import type { AccountSettings, AccountState, BinanceBalance, Requirements } from './record.ts'
import { totalOf } from './state.ts'

/** The state as the records of the engine's interface: plain, frozen, in decimals. */
export function accountState({ label, exchange, vip, uid, product }: Account): AccountState {
  return Object.freeze({ account: label, exchange, vip, uid, ...(product === undefined ? {} : { product }) })
}

export function accountSettings({ repaySwitch, deltaMode, autoRepay, autoBorrow }: Account): AccountSettings {
  return Object.freeze({ repaySwitch, deltaMode, autoRepay, autoBorrow })
}

/** What the futures wallets require, in the order in which they were set. */
export function requirementsOf(account: Account): Requirements[] {
  return [...account.requirements].map(([key, { initial, maintenance, openLoss }]) => {
    const [wallet, asset = ''] = key.split(' ')
    return Object.freeze({
      wallet: wallet === 'cm' ? 'cm' : 'um',
      asset,
      initial: amountOf(initial, 'binance'),
      maintenance: amountOf(maintenance, 'binance'),
      openLoss: amountOf(openLoss, 'binance'),
    })
  })
}

export function binanceBalance(holding: Holding): BinanceBalance {
  const { asset, balances, updatedAt } = holding
  const amount = (mantissa: bigint) => amountOf(mantissa, 'binance')
  const total = totalOf(holding)
  return Object.freeze({
    asset,
    crossFree: amount(balances['cross-free']),
    crossLocked: amount(balances['cross-locked']),
    crossBorrowed: amount(-balances['cross-borrowed']),
    crossInterest: amount(-balances['cross-interest']),
    um: amount(balances.um),
    cm: amount(balances.cm),
    umUnrealised: amount(balances['um-unrealised']),
    cmUnrealised: amount(balances['cm-unrealised']),
    totalWallet: amount(total),
    negative: amount(total < 0n ? total : 0n),
    spot: amount(balances.spot),
    bankruptcy: amount(-balances.bankruptcy),
    updatedAt,
  })
}
