import { okxCrossLiability } from '../../rules/okx-liability.ts'
import { amountOf } from './amount.ts'
import type { AccountSettings, AccountState, BinanceBalance, OkxBalance, Requirements } from './record.ts'
import { type Account, type Holding, type State, totalOf } from './state.ts'

/** The state as the records of the engine's interface: plain, frozen, in decimals. */
export function accountState({ label, exchange, vip, uid }: Account): AccountState {
  return Object.freeze({ account: label, exchange, vip, uid })
}

export function accountSettings({ repaySwitch, autoRepay, autoBorrow }: Account): AccountSettings {
  return Object.freeze({ repaySwitch, autoRepay, autoBorrow })
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
    updatedAt,
  })
}

/** The currencies of an OKX account in the order of first touch, each with its isolated debts. */
export function okxBalances(state: State, account: Account): OkxBalance[] {
  const byAsset = new Map<string, Holding[]>()
  for (const holding of account.holdings.values()) byAsset.set(holding.asset, [...(byAsset.get(holding.asset) ?? []), holding])
  return [...byAsset].map(([asset, holdings]) => okxBalance(state, asset, holdings))
}

function okxBalance(state: State, asset: string, holdings: readonly Holding[]): OkxBalance {
  const amount = (mantissa: bigint) => amountOf(mantissa, 'okx')
  const cross = holdings.find(({ instId }) => instId === '')
  const cash = cross?.balances.cash ?? 0n
  const unrealised = cross?.balances['cash-unrealised'] ?? 0n
  const liability = okxCrossLiability(cash, unrealised, state.market.freeQuotas.get(asset) ?? 0n)
  const isolated = holdings
    .filter(({ instId }) => instId !== '')
    .map(({ instId, balances }) => Object.freeze({ instId, liability: amount(-balances.isolated) }))
  return Object.freeze({
    asset,
    cash: amount(cash),
    unrealised: amount(unrealised),
    crossLiability: amount(liability.borrowed),
    isolated: Object.freeze(isolated),
    unrealisedLiability: amount(liability.unrealised),
    interestFreeLiability: amount(liability.interestFree),
    updatedAt: Math.max(...holdings.map((holding) => holding.updatedAt)),
  })
}
