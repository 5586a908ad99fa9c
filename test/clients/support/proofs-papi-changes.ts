import { expect } from 'vitest'
import { isNegative, isZero } from '../../../src/decimal/arithmetic.ts'
import { decimal } from '../../../src/decimal/decimal.ts'
import { plainDecimal } from './comparable.ts'
import type { Proof } from './proof.ts'
import type { ProofWorld } from './proof-world.ts'

const success = () => ({ msg: 'success' })

/** A positive wallet to collect from, and one to repay. */
function earn(wallet: 'um' | 'cm', asset: string, amount: string) {
  return (world: ProofWorld) => world.book('main', wallet, asset, decimal(amount))
}

export const papiChanges: readonly Proof[] = [
  {
    endpoint: 'POST /papi/v1/repay-futures-switch',
    shows: 'turns Auto Repay off',
    account: 'main',
    parameters: () => ({ autoRepay: 'false' }),
    expected: success,
    after: (world) => expect(world.binance('main').settings.repaySwitch).toBe(false),
  },
  {
    endpoint: 'POST /papi/v1/repay-futures-switch',
    shows: 'turns Auto Repay on again',
    account: 'main',
    parameters: () => ({ autoRepay: 'true' }),
    expected: success,
    after: (world) => expect(world.binance('main').settings.repaySwitch).toBe(true),
  },
  {
    endpoint: 'POST /papi/v1/repay-futures-negative-balance',
    shows: 'repays what cross margin has of the asset',
    account: 'main',
    before: (world) => {
      world.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('900') })
    },
    expected: success,
    after: (world) => {
      expect(world.moved('main', 'repay-futures')).toEqual({ 'cross-free': '-900', um: '900' })
      expect(isNegative(world.balance('main', 'USDT').um)).toBe(true)
    },
  },
  {
    endpoint: 'POST /papi/v1/asset-collection',
    shows: 'collects one asset into cross margin',
    account: 'main',
    before: earn('cm', 'ETH', '0.75'),
    parameters: () => ({ asset: 'ETH' }),
    expected: success,
    after: (world) => expect(world.moved('main', 'collection')).toEqual({ 'cross-free': '0.75', cm: '-0.75' }),
  },
  {
    endpoint: 'POST /papi/v1/auto-collection',
    shows: 'collects everything positive',
    account: 'main',
    before: earn('um', 'USDC', '12.5'),
    expected: success,
    after: (world) => {
      const { um, cm } = world.balance('main', 'USDC')
      expect([plainDecimal(um), plainDecimal(cm), plainDecimal(world.balance('main', 'BTC').cm)]).toEqual(['0', '0', '0'])
    },
  },
  {
    endpoint: 'POST /papi/v1/bnb-transfer',
    shows: 'moves BNB to UM and tells the number of the transfer',
    account: 'main',
    parameters: () => ({ amount: '1.25', transferSide: 'TO_UM' }),
    expected: (world) => ({ tranId: world.newest('main', 'bnb-transfer').id }),
    after: (world) => expect(world.moved('main', 'bnb-transfer')).toEqual({ 'cross-free': '-1.25', um: '1.25' }),
  },
  {
    endpoint: 'POST /papi/v1/marginLoan',
    shows: 'borrows and tells the number of the loan',
    account: 'main',
    parameters: () => ({ asset: 'ETH', amount: '0.5' }),
    expected: (world) => ({ tranId: world.newest('main', 'borrow').id }),
    after: (world) => expect(world.moved('main', 'borrow')).toMatchObject({ 'cross-free': '0.5', 'cross-borrowed': '-0.5' }),
  },
  {
    endpoint: 'POST /papi/v1/repayLoan',
    shows: 'repays a loan and tells the number of the repayment',
    account: 'main',
    parameters: () => ({ asset: 'ETH', amount: '0.25' }),
    expected: (world) => ({ tranId: world.newest('main', 'repay-loan').id }),
    after: (world) => expect(world.moved('main', 'repay-loan')).toMatchObject({ 'cross-free': '-0.25' }),
  },
  {
    endpoint: 'POST /papi/v1/margin/repay-debt',
    shows: 'repays a loan by selling what it is told to',
    account: 'main',
    // What is free of the asset itself would be taken first.
    before: (world) => {
      const { crossFree: amount } = world.balance('main', 'ETH')
      if (!isZero(amount)) world.engine.apply({ kind: 'lock', account: 'main', asset: 'ETH', amount })
    },
    parameters: () => ({ asset: 'ETH', amount: '0.2', specifyRepayAssets: 'USDC' }),
    instants: ['updateTime'],
    expected: () => ({ amount: '0.2', asset: 'ETH', specifyRepayAssets: ['USDC'], success: true }),
    after: (world) => {
      const [sold] = world.engine.movements({ account: 'main', asset: 'USDC', causes: ['repay-debt'], limit: 1 })
      // At index prices: 0.2 x 2830.25 / 1.
      expect(sold?.changes.map(({ wallet, delta }) => [wallet, plainDecimal(delta)])).toEqual([['cross-free', '-566.05']])
    },
  },
  {
    endpoint: 'POST /papi/v1/listenKey',
    shows: 'hands out a key of the user data stream',
    account: 'main',
    part: ({ listenKey }: { listenKey: string }) => ({ isKey: /^[0-9A-Za-z]{60,}$/.test(listenKey) }),
    expected: () => ({ isKey: true }),
  },
  { endpoint: 'PUT /papi/v1/listenKey', shows: 'keeps the key alive', account: 'main', expected: () => ({}) },
  { endpoint: 'DELETE /papi/v1/listenKey', shows: 'closes the stream', account: 'main', expected: () => ({}) },
]
