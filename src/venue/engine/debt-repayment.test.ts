import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MarginKit, short } from '../../../test/support/margin-kit.ts'
import { decimal, decimalOf } from '../../decimal/decimal.ts'

const start = '2025-06-01T12:30:00Z'

function repay(kit: MarginKit, asset: string, amount?: string, sources?: readonly string[]): MarginKit {
  const fields = { ...(amount === undefined ? {} : { amount: decimal(amount) }), ...(sources === undefined ? {} : { sources }) }
  kit.engine.apply({ kind: 'repay-debt', account: 'main', asset, ...fields })
  return kit
}

/** Owes 10 ETH at 2000 and has taken them out again; holds USDT (0.99), BTC (0.95) and BNB (0.9). */
function debtor(): MarginKit {
  const kit = new MarginKit(start)
    .price('ETH', '2000', '0.95')
    .price('USDT', '1', '0.99')
    .price('BTC', '100000', '0.95')
    .price('BNB', '500', '0.9')
  kit.holds('USDT', '5000').holds('BTC', '1').holds('BNB', '10').borrows('ETH', '10').withdraws('ETH', '10')
  return kit
}

const refused = (code: string) => expect.objectContaining({ code })

describe('rule: repay-debt', () => {
  it('uses what is free of the same asset first, then sells the highest collateral rate first at index price', () => {
    const kit = debtor().holds('ETH', '1')
    repay(kit, 'ETH', '5')
    expect(kit.balances('ETH')).toEqual({ crossBorrowed: '5' })
    // Four ETH cost 8000 USD: 5000 USDT and 0.03 BTC.
    expect(kit.balances('USDT')).toEqual({})
    expect(kit.balances('BTC')).toEqual({ crossFree: '0.97' })
    expect(kit.balances('BNB')).toEqual({ crossFree: '10' })
  })

  it('sells what it is told to, in that order, each once', () => {
    const kit = repay(debtor(), 'ETH', '3', ['BNB', 'ETH', 'BNB', 'BTC'])
    expect(kit.balances('BNB')).toEqual({})
    expect(kit.balances('BTC')).toEqual({ crossFree: '0.99' })
    expect(kit.balances('USDT')).toEqual({ crossFree: '5000' })
  })

  it('pays interest first, then principal, and without an amount all of it', () => {
    const kit = new MarginKit(start).price('USDT', '1', '0.99').price('ETH', '2000', '0.95').rate('ETH', '0.24')
    kit.holds('USDT', '40000').borrows('ETH', '1').at('2025-06-01T13:00:00Z')
    // The hour of borrowing and the full hour, each a hundredth.
    expect(kit.balances('ETH')).toEqual({ crossFree: '1', crossBorrowed: '1', crossInterest: '0.02' })
    repay(kit, 'ETH', '0.015')
    expect(kit.balances('ETH')).toEqual({ crossFree: '0.985', crossBorrowed: '1', crossInterest: '0.005' })
    repay(kit, 'ETH')
    expect(kit.balances('ETH')).toEqual({})
    expect(kit.balances('USDT')).toEqual({ crossFree: '39960' })
    expect(() => repay(kit, 'ETH')).toThrow(refused('venue.nothing-owed'))
  })

  it('pays no more than is owed, and nothing when the assets do not bring it', () => {
    const kit = debtor()
    const before = kit.engine.digest()
    expect(() => repay(kit, 'ETH', '10', ['USDT', 'BNB'])).toThrow(refused('venue.repayment-uncovered'))
    expect(() => repay(kit, 'ETH', '1', ['DOGE'])).toThrow(refused('venue.repayment-uncovered'))
    expect(kit.engine.digest()).toBe(before)
    repay(kit, 'ETH', '99', ['BTC'])
    expect(kit.balances('ETH')).toEqual({})
    expect(kit.balances('BTC')).toEqual({ crossFree: '0.8' })
  })

  it('is worth 50000 USD at most', () => {
    const kit = new MarginKit(start).price('BTC', '100000', '0.95').holds('BTC', '2').borrows('BTC', '1')
    expect(() => repay(kit, 'BTC')).toThrow(refused('venue.repayment-too-large'))
    expect(() => repay(kit, 'BTC', '0.50000001')).toThrow(refused('venue.repayment-too-large'))
    repay(kit, 'BTC', '0.5')
    expect(kit.balances('BTC')).toEqual({ crossFree: '2.5', crossBorrowed: '0.5' })
  })

  it('never sells so much of an asset that its own total went below zero', () => {
    const kit = debtor().books('BTC', '-0.95')
    expect(() => repay(kit, 'ETH', '3', ['BTC'])).toThrow(refused('venue.repayment-uncovered'))
    repay(kit, 'ETH', '2.5', ['BTC'])
    expect(kit.balances('BTC')).toEqual({ crossFree: '0.95', um: '-0.95' })
  })

  it('takes at least as much value as it repays, and less than a unit of each asset sold more', () => {
    const price = fc.bigInt({ min: 1n, max: 10n ** 7n })
    fc.assert(
      fc.property(price, price, fc.bigInt({ min: 1n, max: 10n ** 9n }), (ethCents, bnbCents, owed) => {
        const kit = new MarginKit(start)
        for (const [asset, cents] of [
          ['ETH', ethCents],
          ['BNB', bnbCents],
        ] as const) {
          kit.engine.apply({ kind: 'set-price', asset, price: decimalOf(cents, 2) })
        }
        kit.holds('BNB', '100000000').engine.apply({ kind: 'borrow', account: 'main', asset: 'ETH', amount: decimalOf(owed, 8) })
        kit.withdraws('ETH', short(decimalOf(owed, 8)))
        try {
          repay(kit, 'ETH')
        } catch (error) {
          expect(['venue.repayment-too-large', 'venue.repayment-uncovered']).toContain((error as { code: string }).code)
          return
        }
        const sold = 10n ** 16n - kit.engine.binanceBalances('main').find(({ asset }) => asset === 'BNB')!.crossFree.mantissa
        expect(sold * bnbCents >= owed * ethCents).toBe(true)
        expect((sold - 1n) * bnbCents < owed * ethCents).toBe(true)
        kit.engine.digest()
      }),
      { numRuns: 50 },
    )
  })
})
