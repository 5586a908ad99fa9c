import type { Decimal } from '../../src/decimal/decimal.ts'
import type { Wallet } from '../../src/venue/engine/command.ts'
import type { ExpectedCharge } from './shadow-charges.ts'

/** A balance of one asset, or one debt of an isolated position or VIP loan; integers at the scale of the ledger. */
export interface ShadowHolding {
  readonly account: ShadowAccount
  readonly asset: string
  readonly instId: string
  readonly order: string
  readonly wallets: Partial<Record<Wallet, bigint>>
  /** Of a VIP loan. */
  ownRate: Decimal | undefined
}

export interface ShadowAccount {
  readonly label: string
  readonly exchange: 'binance' | 'okx'
  vip: number
  autoBorrow: boolean
  /** Whether it repays by itself: the switch of Auto Repay (Binance), auto-repay of spot mode (OKX). */
  repaysItself: boolean
  readonly holdings: Map<string, ShadowHolding>
  /** Rows of charges so far, and what they sum to by asset. */
  readonly charged: Record<'negative' | 'loan' | 'okx', { rows: number; interest: bigint }>
  /** Its charges of the instant at which it was last looked at. */
  latest: readonly ExpectedCharge[]
}

export interface ByVip<Value> {
  general: Value | undefined
  readonly levels: Map<number, Value>
}

/**
 * The simulation's own books: balances as movements add up to, charges as the facts state them. It knows nothing of how the
 * engine works, and is plain data, so that a copy of it is a way back.
 */
export interface Shadow {
  /** The last journal entry it knows. */
  sequence: number
  /** The last movement it knows. */
  movement: bigint
  /** Every boundary up to here was crossed. */
  crossed: number
  readonly accounts: Map<string, ShadowAccount>
  readonly rates: Map<string, ByVip<Decimal>>
  readonly freeThresholds: Map<string, ByVip<bigint>>
  readonly freeQuotas: Map<string, bigint>
  readonly prices: Map<string, Decimal>
  /** What may be charged at the next boundary. */
  readonly owing: { readonly negative: Set<ShadowHolding>; readonly loan: Set<ShadowHolding>; readonly okx: Set<ShadowHolding> }
  /** Named choices of the engine. */
  readonly choices: { readonly dailyMidnightFrom: number; readonly okxStablecoinQuota: 'enlarged' | 'own' }
}

export function newShadow(startsAt: number, choices: Shadow['choices']): Shadow {
  return {
    sequence: 0,
    movement: 0n,
    crossed: startsAt,
    accounts: new Map(),
    rates: new Map(),
    freeThresholds: new Map(),
    freeQuotas: new Map(),
    prices: new Map(),
    owing: { negative: new Set(), loan: new Set(), okx: new Set() },
    choices,
  }
}

export function shadowAccount(shadow: Shadow, label: string): ShadowAccount {
  const account = shadow.accounts.get(label)
  if (account === undefined) throw new Error(`the journal opened no account ${label}`)
  return account
}

export function shadowHolding(account: ShadowAccount, asset: string, instId = '', order = ''): ShadowHolding {
  const key = `${asset}|${instId}|${order}`
  const known = account.holdings.get(key)
  if (known !== undefined) return known
  const holding: ShadowHolding = { account, asset, instId, order, wallets: {}, ownRate: undefined }
  account.holdings.set(key, holding)
  return holding
}

export function held({ wallets }: ShadowHolding, wallet: Wallet): bigint {
  return wallets[wallet] ?? 0n
}

export function change(shadow: Shadow, holding: ShadowHolding, wallet: Wallet, delta: bigint): void {
  holding.wallets[wallet] = held(holding, wallet) + delta
  const { negative, loan, okx } = shadow.owing
  if (holding.account.exchange === 'binance') {
    place(negative, holding, totalOf(holding) < 0n || held(holding, 'um') < 0n)
    place(loan, holding, held(holding, 'cross-borrowed') < 0n)
    return
  }
  const cash = held(holding, 'cash')
  const owes = [
    cash,
    cash + held(holding, 'cash-unrealised'),
    held(holding, 'spot-borrowed'),
    held(holding, 'isolated'),
    held(holding, 'vip-borrowed'),
  ]
  place(
    okx,
    holding,
    owes.some((amount) => amount < 0n),
  )
}

export function totalOf(holding: ShadowHolding): bigint {
  return held(holding, 'cross-free') + held(holding, 'cross-locked') + held(holding, 'um') + held(holding, 'cm')
}

function place(set: Set<ShadowHolding>, holding: ShadowHolding, belongs: boolean): void {
  if (belongs) set.add(holding)
  else set.delete(holding)
}

export function setLevel<Value>(table: Map<string, ByVip<Value>>, key: string, vip: number | undefined, value: Value): void {
  const row = table.get(key) ?? { general: undefined, levels: new Map<number, Value>() }
  table.set(key, row)
  if (vip === undefined) row.general = value
  else row.levels.set(vip, value)
}

export function ofLevel<Value>(table: ReadonlyMap<string, ByVip<Value>>, key: string, vip: number): Value | undefined {
  const row = table.get(key)
  return row?.levels.get(vip) ?? row?.general
}
