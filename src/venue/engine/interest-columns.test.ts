import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf } from '../../decimal/decimal.ts'
import { interestOn } from '../../rules/interest.ts'
import { AmountVector, amountUnit, narrowLimit } from './amount-vector.ts'
import { addColumns, chunkRows, RateColumns } from './interest-columns.ts'

/** Around every limit of the columns, and everywhere between. */
const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 6n }),
  fc.bigInt({ min: 0n, max: 10n ** 17n }),
  fc.bigInt({ min: narrowLimit - 3n * amountUnit, max: narrowLimit + 3n * amountUnit }),
  fc.bigInt({ min: 0n, max: 10n ** 25n }),
  fc.bigInt({ min: 2n ** 62n * amountUnit, max: 2n ** 63n * amountUnit + 5n }),
  fc.bigInt({ min: 0n, max: 10n ** 38n }),
)
const rate = fc
  .oneof(
    fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 5n }), fc.integer({ min: 5, max: 9 })),
    fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 22n }), fc.integer({ min: 0, max: 30 })),
    fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.integer({ min: 0, max: 16 })),
  )
  .map(([mantissa, scale]) => decimalOf(mantissa, scale))
const rows = fc.array(fc.record({ principal: amount, slot: fc.nat(3) }), { minLength: 1, maxLength: 40 })

describe('interest in integers of 64 bits', () => {
  it('is the interest of the rule to the last digit, whatever is owed and at whatever rate', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(rate, { minLength: 4, maxLength: 4 }),
        fc.constantFrom(1n as const, 24n as const),
        (owed, rates, periods) => {
          const principals = AmountVector.of(...owed.map(({ principal }) => principal))
          const interests = new AmountVector(owed.length)
          const slots = Uint32Array.from(owed, ({ slot }) => slot)
          new RateColumns(rates, periods).charge(principals, slots, interests, 0, owed.length)
          const expected = owed.map(({ principal, slot }) => interestOn(principal, rates[slot]!, periods))
          expect(owed.map((_, row) => interests.get(row))).toEqual(expected)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('adds up hour after hour as plain integers do, and looks as if it had been written whole', () => {
    fc.assert(
      fc.property(rows, fc.array(rate, { minLength: 4, maxLength: 4 }), fc.integer({ min: 1, max: 8 }), (owed, rates, hours) => {
        const principals = AmountVector.of(...owed.map(({ principal }) => principal))
        const plain = owed.map(({ principal }) => principal)
        const interests = new AmountVector(owed.length)
        const slots = Uint32Array.from(owed, ({ slot }) => slot)
        const columns = new RateColumns(rates, 24n)
        for (let hour = 0; hour < hours; hour++) {
          interests.dropUpper()
          columns.charge(principals, slots, interests, 0, owed.length)
          addColumns(principals, interests, 0, owed.length)
          for (const [row, { slot }] of owed.entries()) plain[row]! += interestOn(plain[row]!, rates[slot]!, 24n)
        }
        expect(plain.map((_, row) => principals.get(row))).toEqual(plain)
        const whole = AmountVector.of(...plain)
        expect([...principals.wide(0, plain.length, 0)]).toEqual([...whole.wide(0, plain.length, 0)])
        const isHere = plain.map((_, row) => !principals.beyondColumns?.has(row))
        const lows = (vector: AmountVector) => [...vector.columns.low].filter((_, row) => isHere[row])
        expect(lows(principals)).toEqual(lows(whole))
      }),
      { numRuns: 1_000 },
    )
  })

  it('keeps rows apart over the ends of chunks', () => {
    const count = 2 * chunkRows + 5
    const principals = AmountVector.of(...Array.from({ length: count }, (_, row) => BigInt(row) * 10n ** 12n))
    const interests = new AmountVector(count)
    const rates = [decimalOf(31n, 5), decimalOf(98n, 6)]
    const slots = Uint32Array.from({ length: count }, (_, row) => row % 2)
    new RateColumns(rates, 24n).charge(principals, slots, interests, 1, count)
    for (const row of [1, chunkRows - 1, chunkRows, chunkRows + 1, 2 * chunkRows, count - 1]) {
      expect(interests.get(row)).toBe(interestOn(BigInt(row) * 10n ** 12n, rates[row % 2]!, 24n))
    }
  })
})
