import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import { amountOf } from './amount.ts'
import type { EngineBehaviour } from './behaviour.ts'
import { lendableOf, maxBorrowOf } from './borrow-view.ts'
import { queryBinanceCharges, queryLoanCharges, queryOkxCharges } from './charge-query.ts'
import type { ApiKey } from './command.ts'
import { digestOf } from './digest.ts'
import type { ChargeQuery, Engine, MovementQuery, OkxBillQuery, OkxChargeQuery } from './engine-interface.ts'
import { findAccount, findAccountOf } from './find-account.ts'
import { instantMax } from './instant-max.ts'
import { marginStatusOf, withdrawable } from './margin-view.ts'
import { marketAssets, rateHistory } from './market-view.ts'
import { okxBills } from './okx-bills.ts'
import { okxBalances, okxStatus } from './okx-view.ts'
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
  OkxBill,
  OkxCharge,
  RateChange,
  Requirements,
} from './record.ts'
import { accountSettings, accountState, binanceBalance, requirementsOf } from './view.ts'
import type { World } from './world.ts'

/** Everything an engine can be asked without changing it: views of its world as it stands. */
export abstract class EngineReads {
  protected abstract readonly world: World
  protected abstract readonly behaviour: EngineBehaviour

  accounts(): readonly AccountState[] {
    return [...this.world.unsettled.accounts.values()].map(accountState)
  }

  accountState(account: string): AccountState {
    return accountState(findAccount(this.world.unsettled, account))
  }

  accountOfKey(apiKey: string): { readonly account: AccountState; readonly key: ApiKey; readonly since: number } | undefined {
    const owner = this.world.unsettled.keyOwners.get(apiKey)
    return owner && { account: accountState(owner.account), key: owner.key, since: owner.since }
  }

  get marginLeverage(): number {
    return this.behaviour.marginLeverage
  }

  keysOf(account: string): readonly ApiKey[] {
    return [...findAccount(this.world.unsettled, account).keys]
  }

  binanceBalances(account: string): readonly BinanceBalance[] {
    const found = findAccountOf(this.world.state, account, 'binance', 'binanceBalances')
    return [...found.holdings.values()].map(binanceBalance)
  }

  okxBalances(account: string): readonly OkxBalance[] {
    const { state } = this.world
    return okxBalances(state, findAccountOf(state, account, 'okx', 'okxBalances'))
  }

  okxStatus(account: string): OkxAccountStatus {
    const { state } = this.world
    return okxStatus(state, findAccountOf(state, account, 'okx', 'okxStatus'))
  }

  okxBills(query: OkxBillQuery): readonly OkxBill[] {
    const { state, books, charges } = this.world
    return okxBills(
      { state, movements: books.movements, charges: charges.okx },
      findAccountOf(state, query.account, 'okx', 'okxBills'),
      query,
    )
  }

  binanceCharges(query: ChargeQuery): readonly BinanceCharge[] {
    const { unsettled: state, charges } = this.world
    return queryBinanceCharges(state, charges.negativeBalance, findAccountOf(state, query.account, 'binance', 'binanceCharges'), query)
  }

  okxCharges(query: OkxChargeQuery): readonly OkxCharge[] {
    const { unsettled: state, charges } = this.world
    const account = findAccountOf(state, query.account, 'okx', 'okxCharges')
    return queryOkxCharges(state, charges.okx, account, query, this.behaviour.okxRecordDelayMs)
  }

  exchangeRuns({ account, asset, from = 0, to = instantMax, limit }: ChargeQuery): readonly ExchangeRun[] {
    const found = findAccountOf(this.world.unsettled, account, 'binance', 'exchangeRuns')
    const runs = this.world.autoExchange
      .runsOf(found)
      .filter((run) => run.from >= from && run.from <= to && (asset === undefined || run.details.some((detail) => detail.asset === asset)))
    return runs.reverse().slice(0, limit)
  }

  loanCharges(query: ChargeQuery): readonly LoanCharge[] {
    const { unsettled: state, charges } = this.world
    return queryLoanCharges(state, charges.marginLoan, findAccountOf(state, query.account, 'binance', 'loanCharges'), query)
  }

  movements(query: MovementQuery): readonly Movement[] {
    const { unsettled: state, books } = this.world
    return books.movements.query(findAccount(state, query.account), query)
  }

  marginStatus(account: string): MarginStatus {
    const { state } = this.world
    return marginStatusOf(state, findAccountOf(state, account, 'binance', 'marginStatus'))
  }

  requirementsOf(account: string): readonly Requirements[] {
    return requirementsOf(findAccountOf(this.world.unsettled, account, 'binance', 'requirementsOf'))
  }

  settingsOf(account: string): AccountSettings {
    return accountSettings(findAccount(this.world.unsettled, account))
  }

  maxWithdraw(account: string, asset: string): Decimal {
    const { state } = this.world
    return amountOf(withdrawable(state, findAccountOf(state, account, 'binance', 'maxWithdraw'), asset), 'binance')
  }

  maxBorrow(account: string, asset: string): { readonly amount: Decimal; readonly limit: Decimal } {
    const { state } = this.world
    return maxBorrowOf(state, findAccount(state, account), asset)
  }

  loanLimitOf(exchange: Exchange, asset: string, vip: number): Decimal | undefined {
    const terms = this.world.unsettled.market.loanTerms(exchange, asset, vip)
    return terms && amountOf(terms.maximum, exchange)
  }

  lendable(exchange: Exchange, asset: string): Decimal | undefined {
    return lendableOf(this.world.state, exchange, asset)
  }

  rateHistory(query: Parameters<Engine['rateHistory']>[0]): readonly RateChange[] {
    return rateHistory(this.world.unsettled.market, query)
  }

  marketAssets(): readonly string[] {
    return marketAssets(this.world.unsettled.market)
  }

  collateralRateOf(asset: string): Decimal | undefined {
    return this.world.unsettled.market.collateralRates.get(asset)
  }

  priceOf(asset: string): Decimal | undefined {
    return this.world.unsettled.market.prices.get(asset)
  }

  rateOf(exchange: Exchange, asset: string, vip: number): Decimal | undefined {
    const { market } = this.world.unsettled
    const index = market.rateIndex(exchange, asset, vip)
    return index === undefined ? undefined : market.rates[index]
  }

  thresholdsOf(asset: string, vip: number): { readonly free: Decimal; readonly maximum: Decimal } | undefined {
    const found = this.world.unsettled.market.thresholds(asset, vip)
    return found && { free: amountOf(found.free, 'binance'), maximum: amountOf(found.maximum, 'binance') }
  }

  freeQuotaOf(asset: string): Decimal | undefined {
    const quota = this.world.unsettled.market.freeQuotas.get(asset)
    return quota === undefined ? undefined : amountOf(quota, 'okx')
  }

  digest(): string {
    const { state, charges, processes } = this.world
    return digestOf(state, [charges.negativeBalance, charges.marginLoan, charges.okx], processes)
  }
}
