import { expect } from 'vitest'
import { divide, isZero, multiply, rescale, subtract } from '../../../src/decimal/arithmetic.ts'
import { decimal } from '../../../src/decimal/decimal.ts'
import { dayMs } from '../../../src/time/units.ts'
import { balanceRowOf, interestRowOf } from './binance-truth.ts'
import type { Proof } from './proof.ts'
import type { ProofWorld } from './proof-world.ts'
import { accountFigures, changeOf } from './proofs-papi-reads.ts'

const success = () => ({ msg: 'success' })
const span = (world: ProofWorld) => ({ startTime: world.venue.clock.now() - 20 * dayMs, endTime: world.venue.clock.now() })

function collateral(world: ProofWorld) {
  return world.engine.marketAssets().flatMap((asset) => {
    const rate = world.engine.collateralRateOf(asset)
    return rate === undefined ? [] : [{ asset, rate }]
  })
}

const proReads: readonly Proof[] = [
  {
    endpoint: 'GET /sapi/v1/portfolio/account',
    shows: 'equity and what of it is available',
    account: 'pro',
    expected: (world) => {
      const { margin } = world.binance('pro')
      const available = rescale(subtract(margin.equity, margin.initialMargin), 8, 'down')
      return { ...accountFigures(world, 'pro'), totalAvailableBalance: available, accountType: 'PM_1' }
    },
  },
  {
    endpoint: 'GET /sapi/v2/portfolio/account',
    shows: 'maintenance margin by underlying',
    account: 'span',
    expected: (world) => {
      const [required] = world.binance('span').requirements
      const price = world.engine.priceOf('BTC')
      if (required === undefined || price === undefined) throw new Error('the world requires BTC of the account span')
      const usd = multiply(required.maintenance, price)
      const { accountInitialMargin: _notShown, ...figures } = accountFigures(world, 'span')
      return {
        ...figures,
        riskUnitMMList: [{ asset: 'BTC', uniMaintainUsd: usd }],
        marginMM: '0',
        otherMM: '0',
        accountType: 'PM_3',
      }
    },
  },
  {
    endpoint: 'GET /sapi/v1/portfolio/balance',
    shows: 'every asset, and no options',
    account: 'pro',
    expected: (world) =>
      world.binance('pro').balances.map((balance) => ({ ...balanceRowOf(balance), optionWalletBalance: '0', optionEquity: '0' })),
  },
  {
    endpoint: 'GET /sapi/v1/portfolio/interest-history',
    shows: 'every charge, its time spelled rightly',
    account: 'pro',
    parameters: (world) => ({ asset: 'USDT', ...span(world), size: 100 }),
    expected: (world) =>
      world.binance('pro').charges.map((charge) => {
        const { interestAccuredTime, ...row } = interestRowOf(charge)
        return { ...row, interestAccruedTime: interestAccuredTime }
      }),
  },
  {
    endpoint: 'GET /sapi/v1/portfolio/repay-futures-switch',
    shows: 'the switch of Auto Repay',
    account: 'pro',
    expected: (world) => ({ autoRepay: world.binance('pro').settings.repaySwitch }),
  },
  {
    endpoint: 'GET /sapi/v1/portfolio/delta-mode',
    shows: 'the delta mode',
    account: 'pro',
    expected: (world) => ({ deltaEnabled: world.binance('pro').settings.deltaMode }),
  },
  {
    endpoint: 'GET /sapi/v1/portfolio/pmLoan',
    shows: 'what a bankruptcy left owing',
    account: 'pro',
    expected: (world) => ({ asset: 'USDT', amount: world.balance('pro', 'USDT').bankruptcy }),
  },
  {
    endpoint: 'GET /sapi/v1/portfolio/pmLoan-history',
    shows: 'what was repaid of it',
    account: 'pro',
    parameters: span,
    expected: (world) => {
      const rows = world.engine.movements({ account: 'pro', causes: ['repay-bankruptcy'] })
      return {
        total: rows.length,
        rows: rows.map((movement) => ({ asset: movement.asset, amount: changeOf(movement, 'bankruptcy'), repayTime: movement.at })),
      }
    },
  },
]

const proChanges: readonly Proof[] = [
  {
    endpoint: 'POST /sapi/v1/portfolio/repay-futures-switch',
    shows: 'turns Auto Repay off',
    account: 'pro',
    parameters: () => ({ autoRepay: 'false' }),
    expected: success,
    after: (world) => expect(world.binance('pro').settings.repaySwitch).toBe(false),
  },
  {
    endpoint: 'POST /sapi/v1/portfolio/delta-mode',
    shows: 'turns the delta mode on',
    account: 'pro',
    parameters: () => ({ deltaEnabled: 'true' }),
    expected: success,
    after: (world) => expect(world.binance('pro').settings.deltaMode).toBe(true),
  },
  {
    endpoint: 'POST /sapi/v1/portfolio/repay',
    shows: 'repays the bankruptcy loan from the spot wallet',
    account: 'pro',
    parameters: () => ({ from: 'SPOT' }),
    expected: (world) => ({ tranId: world.newest('pro', 'repay-bankruptcy').id }),
    after: (world) => {
      expect(isZero(world.balance('pro', 'USDT').bankruptcy)).toBe(true)
      expect(world.moved('pro', 'repay-bankruptcy')).toMatchObject({ spot: '-25.5' })
    },
  },
  {
    endpoint: 'POST /sapi/v1/portfolio/repay-futures-negative-balance',
    shows: 'repays the negative wallet from the spot wallet',
    account: 'pro',
    parameters: () => ({ from: 'SPOT' }),
    expected: success,
    after: (world) => expect(isZero(world.balance('pro', 'USDT').um)).toBe(true),
  },
  {
    endpoint: 'POST /sapi/v1/portfolio/asset-collection',
    shows: 'collects one asset into cross margin',
    account: 'pro',
    before: (world) => world.book('pro', 'um', 'ETH', decimal('0.5')),
    parameters: () => ({ asset: 'ETH' }),
    expected: success,
    after: (world) => expect(world.moved('pro', 'collection')).toEqual({ 'cross-free': '0.5', um: '-0.5' }),
  },
  {
    endpoint: 'POST /sapi/v1/portfolio/auto-collection',
    shows: 'collects everything positive',
    account: 'pro',
    before: (world) => world.book('pro', 'um', 'USDC', decimal('7.5')),
    expected: success,
    after: (world) => expect(world.moved('pro', 'collection')).toEqual({ 'cross-free': '7.5', um: '-7.5' }),
  },
  {
    endpoint: 'POST /sapi/v1/portfolio/bnb-transfer',
    shows: 'moves BNB to UM and tells the number of the transfer',
    account: 'pro',
    parameters: () => ({ amount: '0.5', transferSide: 'TO_UM' }),
    expected: (world) => ({ tranId: world.newest('pro', 'bnb-transfer').id }),
    after: (world) => expect(world.moved('pro', 'bnb-transfer')).toEqual({ 'cross-free': '-0.5', um: '0.5' }),
  },
]

const market: readonly Proof[] = [
  {
    endpoint: 'GET /sapi/v1/portfolio/asset-index-price',
    shows: 'the index price of an asset',
    account: 'pro',
    parameters: () => ({ asset: 'BTC' }),
    instants: ['time'],
    expected: (world) => [{ asset: 'BTC', assetIndexPrice: world.engine.priceOf('BTC') }],
  },
  {
    endpoint: 'GET /sapi/v1/portfolio/collateralRate',
    shows: 'every collateral rate',
    account: 'pro',
    expected: (world) => collateral(world).map(({ asset, rate }) => ({ asset, collateralRate: rate })),
  },
  {
    endpoint: 'GET /sapi/v2/portfolio/collateralRate',
    shows: 'every collateral rate as one tier',
    account: 'pro',
    expected: (world) =>
      collateral(world).map(({ asset, rate }) => ({
        asset,
        collateralInfo: [{ tierFloor: '0', tierCap: '999999999999', collateralRate: rate, cum: '0' }],
      })),
  },
  {
    endpoint: 'GET /sapi/v1/portfolio/margin-asset-leverage',
    shows: 'the leverage of every collateral',
    account: 'pro',
    expected: (world) => collateral(world).map(({ asset }) => ({ asset, leverage: world.engine.marginLeverage })),
  },
  {
    endpoint: 'GET /sapi/v1/margin/interestRateHistory',
    shows: 'when the rate changed, and what it was at every midnight',
    account: 'main',
    parameters: (world) => ({ asset: 'USDT', ...span(world) }),
    expected: (world) => {
      const { startTime, endTime } = span(world)
      const changes = world.engine.rateHistory({ exchange: 'binance', asset: 'USDT', vip: 1 })
      const midnights = Array.from({ length: 21 }, (_, day) => (Math.floor(startTime / dayMs) + day) * dayMs)
      const instants = [...new Set([...changes.map(({ at }) => at), ...midnights])].filter((at) => at >= startTime && at <= endTime)
      return instants
        .sort((left, right) => right - left)
        .flatMap((timestamp) => {
          const inForce = changes.find(({ at }) => at <= timestamp)
          return inForce === undefined ? [] : [{ asset: 'USDT', timestamp, dailyInterestRate: inForce.rateDaily, vipLevel: 1 }]
        })
    },
  },
  {
    endpoint: 'GET /sapi/v1/margin/next-hourly-interest-rate',
    shows: 'the rates of the next hour',
    account: 'main',
    parameters: () => ({ assets: 'USDT,ETH', isIsolated: 'FALSE' }),
    expected: (world) =>
      ['USDT', 'ETH'].map((asset) => {
        const daily = world.engine.rateOf('binance', asset, 1)
        return { asset, nextHourlyInterestRate: daily && divide(daily, decimal('24'), 8, 'half-up') }
      }),
  },
  {
    endpoint: 'GET /sapi/v1/account/apiRestrictions',
    shows: 'what the key may do',
    account: 'main',
    expected: (world) => ({
      ipRestrict: false,
      createTime: world.engine.accountOfKey(world.access('main').apiKey)?.since,
      enableReading: true,
      enableWithdrawals: false,
      enableInternalTransfer: false,
      enableMargin: true,
      enableFutures: false,
      permitsUniversalTransfer: false,
      enableVanillaOptions: false,
      enableFixApiTrade: false,
      enableFixReadOnly: false,
      enableSpotAndMarginTrading: true,
      enablePortfolioMarginTrading: true,
    }),
  },
  { endpoint: 'GET /api/v3/time', shows: 'the time of the venue', account: 'main', instants: ['serverTime'], expected: () => ({}) },
]

export const apiHostProofs: readonly Proof[] = [...proReads, ...proChanges, ...market]
