import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimal, decimalOf } from '../decimal/decimal.ts'
import { autoExchangeTarget, bySaleOrder, isBeyondMaximum, saleFor, sellableOf, soldFrom } from './auto-exchange.ts'

const coin = 10n ** 8n
describe('rule: auto-exchange', () => {
  test('a run is due beyond the maximum, not at it, and a maximum of zero is passed by any debt (document 001)', () => {
    expect(isBeyondMaximum(-18n * coin, 5n * coin)).toBe(true)
    expect(isBeyondMaximum(-5n * coin, 5n * coin)).toBe(false)
    expect(isBeyondMaximum(-1n, 0n)).toBe(true)
    expect(isBeyondMaximum(0n, 0n)).toBe(false)
    expect(isBeyondMaximum(-18n * coin, undefined)).toBe(false)
  })

  test('a run brings the asset back to 80 % of its maximum', () => {
    expect(autoExchangeTarget(5n * coin)).toBe(4n * coin)
  })

  test('the highest collateral rate is sold first, equal ones by name', () => {
    const rates = [
      { asset: 'SOL', collateralRate: decimal('0.9') },
      { asset: 'USDT', collateralRate: decimal('0.9999') },
      { asset: 'BTC', collateralRate: decimal('0.95') },
      { asset: 'ETH', collateralRate: decimal('0.950') },
    ]
    expect(rates.sort(bySaleOrder).map(({ asset }) => asset)).toEqual(['USDT', 'BTC', 'ETH', 'SOL'])
  })

  test('14 ETH at 2500 cost 35000 USDT, and 10000 USDT bring 4 ETH', () => {
    expect(saleFor(14n * coin, 50_000n * coin, decimal('1'), decimal('2500'))).toEqual({ sold: 35_000n * coin, bought: 14n * coin })
    expect(saleFor(14n * coin, 10_000n * coin, decimal('1.00'), decimal('2500'))).toEqual({ sold: 10_000n * coin, bought: 4n * coin })
    expect(saleFor(14n * coin, 0n, decimal('1'), decimal('2500'))).toBeUndefined()
    expect(saleFor(14n * coin, 1n * coin, decimal('0'), decimal('2500'))).toBeUndefined()
  })

  test('a sale never sells more than there is, buys more than is needed, or gives more than it takes', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 20n })
    const price = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.integer({ min: 0, max: 8 }))
      .map(([mantissa, scale]) => decimalOf(mantissa, scale))
    fc.assert(
      fc.property(amount, amount, price, price, (needed, available, soldPrice, boughtPrice) => {
        const sale = saleFor(needed, available, soldPrice, boughtPrice)
        if (sale === undefined) return
        expect(sale.sold <= available && sale.bought <= needed && sale.bought > 0n).toBe(true)
        const valueSold = sale.sold * soldPrice.mantissa * 10n ** BigInt(boughtPrice.scale)
        const valueBought = sale.bought * boughtPrice.mantissa * 10n ** BigInt(soldPrice.scale)
        expect(valueBought <= valueSold).toBe(true)
      }),
    )
  })

  test('what can be sold is free or positive, and never so much that the total went below zero', () => {
    expect(sellableOf({ free: 5n, locked: 7n, um: 3n, cm: -1n })).toBe(8n)
    expect(sellableOf({ free: 5n, locked: 0n, um: 3n, cm: -6n })).toBe(2n)
    expect(sellableOf({ free: 5n, locked: 0n, um: -9n, cm: 0n })).toBe(-4n)
  })

  test('a sale takes from free cross margin first, then from UM, then from CM, and never from a debt', () => {
    expect(soldFrom({ free: 5n, um: 3n, cm: 4n }, 9n)).toEqual({ free: 5n, um: 3n, cm: 1n })
    expect(soldFrom({ free: 5n, um: -3n, cm: 4n }, 9n)).toEqual({ free: 5n, um: 0n, cm: 4n })
    expect(soldFrom({ free: 5n, um: 3n, cm: 4n }, 2n)).toEqual({ free: 2n, um: 0n, cm: 0n })
  })
})
