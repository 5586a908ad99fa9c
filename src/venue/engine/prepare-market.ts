import { compare } from '../../decimal/arithmetic.ts'
import { decimalOf, toText } from '../../decimal/decimal.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { marketValue, unsignedAmount } from './amount.ts'
import type { Command } from './command.ts'
import type { Effect } from './effect.ts'
import { checkLevel, checkName } from './find-account.ts'
import type { State } from './state.ts'

type MarketCommand = Extract<Command, { kind: 'set-price' | 'set-rate' | 'set-thresholds' | 'set-collateral-rate' | 'set-free-quota' }>

const one = decimalOf(1n)

/** Prices, rates, thresholds and quotas, in force from the command on. */
export function prepareMarket(state: State, command: MarketCommand): Effect {
  const { market } = state
  checkName('asset', command.asset)
  const { asset } = command
  if ('vip' in command && command.vip !== undefined) checkLevel(command.vip)
  switch (command.kind) {
    case 'set-price': {
      const price = marketValue(command.price, 'price')
      if (price.mantissa === 0n) fail('venue.amount-not-positive', { field: 'price', amount: toText(command.price) })
      return { kind: 'market', moves: 'prices', change: () => market.prices.set(asset, price) }
    }
    case 'set-rate': {
      const rate = marketValue(command.rateDaily, 'daily rate')
      const { exchange, vip } = command
      return { kind: 'market', moves: 'rates', change: () => market.setRate(exchange, asset, vip, rate, state.now) }
    }
    case 'set-thresholds': {
      const thresholds = Object.freeze({
        free: unsignedAmount(command.free, 'binance', 'free threshold'),
        maximum: unsignedAmount(command.maximum, 'binance', 'maximum threshold'),
      })
      return { kind: 'market', moves: 'thresholds', change: () => market.setThresholds(asset, command.vip, thresholds) }
    }
    case 'set-collateral-rate': {
      const rate = marketValue(command.rate, 'collateral rate')
      if (compare(rate, one) > 0) fail('venue.amount-too-large', { field: 'collateral rate', amount: toText(command.rate), limit: '1' })
      return { kind: 'market', moves: 'prices', change: () => market.collateralRates.set(asset, rate) }
    }
    case 'set-free-quota': {
      const quota = unsignedAmount(command.amount, 'okx', 'free quota')
      return { kind: 'market', moves: 'rates', change: () => market.freeQuotas.set(asset, quota) }
    }
  }
}
