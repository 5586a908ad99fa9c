import { fail } from '../errors/overdraft-error.ts'
import type { Engine } from './engine/engine-interface.ts'
import type { AccountState, BinanceBalance, BinanceCharge, ExchangeRun, OkxBalance, OkxCharge } from './engine/record.ts'

/** Everything there is of one account, unpaged, newest first. */
export type AccountTruth =
  | (AccountState & {
      readonly exchange: 'binance'
      readonly balances: readonly BinanceBalance[]
      readonly charges: readonly BinanceCharge[]
      readonly exchangeRuns: readonly ExchangeRun[]
    })
  | (AccountState & {
      readonly exchange: 'okx'
      readonly balances: readonly OkxBalance[]
      /** Also those the exchange does not show yet. */
      readonly charges: readonly OkxCharge[]
    })

/** What really is so, whatever windows, pages and delays the faces show it through. */
export interface VenueTruth {
  readonly now: number
  readonly journalLength: number
  /** Two venues with the same journal at the same instant have the same digest. */
  readonly digest: string
  readonly accounts: readonly AccountTruth[]
}

/** The truth of one account or of all. @throws `venue.account-unknown` */
export function venueTruth(engine: Engine, only?: string): VenueTruth {
  const states = engine.accounts().filter(({ account }) => only === undefined || account === only)
  if (only !== undefined && states.length === 0) fail('venue.account-unknown', { account: only })
  let journalLength = 0
  for (const _ of engine.journal()) journalLength += 1
  return { now: engine.now, journalLength, digest: engine.digest(), accounts: states.map((state) => accountTruth(engine, state)) }
}

function accountTruth(engine: Engine, state: AccountState): AccountTruth {
  const { account } = state
  if (state.exchange === 'okx') {
    return { ...state, exchange: 'okx', balances: engine.okxBalances(account), charges: engine.okxCharges({ account }) }
  }
  return {
    ...state,
    exchange: 'binance',
    balances: engine.binanceBalances(account),
    charges: engine.binanceCharges({ account }),
    exchangeRuns: engine.exchangeRuns({ account }),
  }
}
