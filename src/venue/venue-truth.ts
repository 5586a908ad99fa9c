import type { Exchange } from '../contracts/contract.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { fail } from '../errors/overdraft-error.ts'
import type { Engine } from './engine/engine-interface.ts'
import type {
  AccountSettings,
  AccountState,
  BinanceBalance,
  BinanceCharge,
  ExchangeRun,
  LoanCharge,
  MarginStatus,
  Movement,
  OkxAccountStatus,
  OkxBalance,
  OkxCharge,
  Requirements,
} from './engine/record.ts'

/** How an account stands, without its histories. */
export type AccountStanding =
  | (AccountState & {
      readonly exchange: 'binance'
      readonly settings: AccountSettings
      readonly balances: readonly BinanceBalance[]
      readonly requirements: readonly Requirements[]
      readonly margin: MarginStatus
    })
  | (AccountState & {
      readonly exchange: 'okx'
      readonly settings: AccountSettings
      readonly balances: readonly OkxBalance[]
      readonly status: OkxAccountStatus
    })

/** Everything there is of one account, unpaged, newest first. */
export type AccountTruth =
  | (Extract<AccountStanding, { exchange: 'binance' }> & {
      /** On negative balances. */
      readonly charges: readonly BinanceCharge[]
      /** On margin loans. */
      readonly loanCharges: readonly LoanCharge[]
      readonly movements: readonly Movement[]
      readonly exchangeRuns: readonly ExchangeRun[]
    })
  | (Extract<AccountStanding, { exchange: 'okx' }> & {
      /** Also those the exchange does not show yet. */
      readonly charges: readonly OkxCharge[]
      readonly movements: readonly Movement[]
    })

/** One asset as the market has it; what was never set is left out. */
export interface AssetTruth {
  readonly asset: string
  /** Index price in USD. */
  readonly price?: Decimal
  readonly collateralRate?: Decimal
  /** OKX: what of a liability is free of interest. */
  readonly freeQuota?: Decimal
  /** Binance, by the levels that accounts have. */
  readonly thresholds: readonly { readonly vip: number; readonly free: Decimal; readonly maximum: Decimal }[]
}

/** A rate that held from an instant on for accounts of a level. */
export interface RateTruth {
  readonly exchange: Exchange
  readonly asset: string
  readonly vip: number
  readonly at: number
  readonly rateDaily: Decimal
}

/** What really is so, whatever windows, pages and delays the faces show it through. */
export interface VenueTruth {
  readonly now: number
  readonly journalLength: number
  /** Two venues with the same journal at the same instant have the same digest. */
  readonly digest: string
  readonly assets: readonly AssetTruth[]
  /** Every change, newest first, for the levels that accounts have. */
  readonly rates: readonly RateTruth[]
  readonly accounts: readonly AccountTruth[]
}

/** The truth of one account or of all. @throws `venue.account-unknown` */
export function venueTruth(engine: Engine, only?: string): VenueTruth {
  return {
    now: engine.now,
    journalLength: engine.sequence,
    digest: engine.digest(),
    assets: assetTruths(engine),
    rates: rateTruths(engine),
    accounts: accountsOf(engine, only).map((state) => accountTruth(engine, state)),
  }
}

/** @throws `venue.account-unknown` */
export function accountsOf(engine: Engine, only: string | undefined): readonly AccountState[] {
  const states = engine.accounts().filter(({ account }) => only === undefined || account === only)
  if (only !== undefined && states.length === 0) fail('venue.account-unknown', { account: only })
  return states
}

export function accountStanding(engine: Engine, state: AccountState): AccountStanding {
  const { account } = state
  const settings = engine.settingsOf(account)
  return state.exchange === 'okx'
    ? { ...state, exchange: 'okx', settings, balances: engine.okxBalances(account), status: engine.okxStatus(account) }
    : {
        ...state,
        exchange: 'binance',
        settings,
        balances: engine.binanceBalances(account),
        requirements: engine.requirementsOf(account),
        margin: engine.marginStatus(account),
      }
}

function accountTruth(engine: Engine, state: AccountState): AccountTruth {
  const { account } = state
  const standing = accountStanding(engine, state)
  const movements = engine.movements({ account })
  if (standing.exchange === 'okx') return { ...standing, charges: engine.okxCharges({ account }), movements }
  return {
    ...standing,
    charges: engine.binanceCharges({ account }),
    loanCharges: engine.loanCharges({ account }),
    movements,
    exchangeRuns: engine.exchangeRuns({ account }),
  }
}

export function assetTruths(engine: Engine): readonly AssetTruth[] {
  const levels = levelsOf(engine, 'binance')
  return engine.marketAssets().map((asset) => {
    const price = engine.priceOf(asset)
    const collateralRate = engine.collateralRateOf(asset)
    const freeQuota = engine.freeQuotaOf(asset)
    const thresholds = levels.flatMap((vip) => {
      const found = engine.thresholdsOf(asset, vip)
      return found === undefined ? [] : [{ vip, ...found }]
    })
    return {
      asset,
      ...(price === undefined ? {} : { price }),
      ...(collateralRate === undefined ? {} : { collateralRate }),
      ...(freeQuota === undefined ? {} : { freeQuota }),
      thresholds,
    }
  })
}

export function rateTruths(engine: Engine): readonly RateTruth[] {
  return (['binance', 'okx'] as const).flatMap((exchange) =>
    levelsOf(engine, exchange).flatMap((vip) =>
      engine
        .marketAssets()
        .flatMap((asset) => engine.rateHistory({ exchange, asset, vip }).map((change) => ({ exchange, asset, vip, ...change }))),
    ),
  )
}

function levelsOf(engine: Engine, exchange: Exchange): readonly number[] {
  const levels = new Set(
    engine
      .accounts()
      .filter((state) => state.exchange === exchange)
      .map(({ vip }) => vip),
  )
  return [...levels].sort((left, right) => left - right)
}
