import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal } from '../decimal/decimal.ts'
import { byOkxSaleOrder, okxForcedAmount, okxPlatformAmount, okxRepaymentIndicator } from './okx-forced-repayment.ts'

const btc = 10n ** 16n

describe('rule: okx-forced-repayment', () => {
  it('follows the example: 1 BTC held, 1 BTC free, 3 BTC lost, so that 1 of 2 is beyond the quota and half of it is exchanged', () => {
    expect(okxForcedAmount(2n * btc, btc, 'half')).toBe(btc / 2n)
    expect(okxForcedAmount(2n * btc, btc, 'whole')).toBe(btc)
  })

  it('leaves a liability within the quota alone: 2 BTC lost in the example', () => {
    expect([okxForcedAmount(btc, btc, 'whole'), okxForcedAmount(btc, btc, 'half'), okxForcedAmount(0n, 0n, 'whole')]).toEqual([0n, 0n, 0n])
  })

  it('never buys more than is beyond, and by halves comes to an end', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.bigInt({ min: 0n, max: 10n ** 20n }), (given, allowed) => {
        let liability = given
        for (let steps = 0; liability > allowed; steps++) {
          liability -= okxForcedAmount(liability, allowed, 'half')
          expect(liability >= allowed && steps < 70).toBe(true)
        }
        expect(given - okxForcedAmount(given, allowed, 'whole')).toBe(given < allowed ? given : allowed)
      }),
    )
  })

  it('sells ETH at rate 1 before DOT and BSV at 0.9, or the other way round', () => {
    const assets = [
      { asset: 'DOT', collateralRate: decimal('0.9') },
      { asset: 'ETH', collateralRate: decimal('1') },
      { asset: 'BSV', collateralRate: decimal('0.90') },
    ]
    const sorted = (order: Parameters<typeof byOkxSaleOrder>[0]) => [...assets].sort(byOkxSaleOrder(order)).map(({ asset }) => asset)
    expect(sorted('higher-rate-first')).toEqual(['ETH', 'BSV', 'DOT'])
    expect(sorted('lower-rate-first')).toEqual(['BSV', 'DOT', 'ETH'])
  })
})

describe('rule: okx-platform-repayment', () => {
  it('takes back nothing while the pool is not passed, and then what brings it to the named share of the pool', () => {
    expect([okxPlatformAmount(100n, 100n, 95), okxPlatformAmount(101n, 100n, 95), okxPlatformAmount(101n, 100n, 100)]).toEqual([0n, 6n, 1n])
    expect([okxPlatformAmount(5n, 0n, 95), okxPlatformAmount(102n, 101n, 95)]).toEqual([5n, 7n])
  })
})

describe('rule: okx-repayment-indicator', () => {
  it('rises with the share of what is allowed, to 5 beyond it', () => {
    expect([0n, 49n, 50n, 70n, 80n, 90n, 100n, 101n].map((liability) => okxRepaymentIndicator(liability, 100n))).toEqual([
      0, 0, 1, 2, 3, 4, 4, 5,
    ])
  })

  it('is 0 without a liability and 5 where nothing is allowed', () => {
    expect([okxRepaymentIndicator(0n, 0n), okxRepaymentIndicator(1n, 0n)]).toEqual([0, 5])
  })
})
