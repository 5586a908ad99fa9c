import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AmountVector } from './amount-vector.ts'
import { ColumnChargeStore } from './charge-column-store.ts'

const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 12n }),
  fc.bigInt({ min: 2n ** 63n - 2n, max: 2n ** 63n + 2n }),
  fc.bigInt({ min: 2n ** 127n - 2n, max: 2n ** 130n }),
  fc.bigInt({ min: -(2n ** 70n), max: 0n }),
)
const batch = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), amount, amount), { selector: ([debtor]) => debtor, maxLength: 10 })

describe('charges in columns', () => {
  it('hold integers of any size exactly, whatever stood there before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), amount), { maxLength: 40 }), (writes) => {
        const vector = new AmountVector(5)
        const target = new AmountVector(8)
        const plain = [0n, 0n, 0n, 0n, 0n]
        for (const [index, value] of writes) {
          vector.set(index, value)
          plain[index] = value
          target.set(index + 2, value * 3n)
          expect(plain.map((_, place) => vector.get(place))).toEqual(plain)
        }
        vector.copyTo(target, 2, 0, 5)
        expect(plain.map((_, place) => target.get(place + 2))).toEqual(plain)
      }),
    )
  })

  it('answer like a plain list that is filtered', () => {
    const bound = fc.integer({ min: -1, max: 41 })
    fc.assert(
      fc.property(
        fc.array(batch, { maxLength: 40 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 9 })),
        bound,
        bound,
        (batches, debtors, from, to) => {
          const store = new ColumnChargeStore(2)
          const plain: { at: number; tag: number; debtor: number; rate: number; amounts: bigint[] }[] = []
          for (const [at, rows] of batches.entries()) {
            const sorted = rows.sort(([left], [right]) => left - right)
            const columns = [new AmountVector(sorted.length), new AmountVector(sorted.length)] as const
            for (const [index, [debtor, first, second]] of sorted.entries()) {
              columns[0].set(index, first)
              columns[1].set(index, second)
              plain.unshift({ at, tag: 0, debtor, rate: debtor + 100, amounts: [first, second] })
            }
            const ids = Uint32Array.from(sorted, ([debtor]) => debtor)
            store.append({ at, count: ids.length, debtors: ids, rates: ids.map((debtor) => debtor + 100), amounts: columns })
          }
          const wanted = debtors.sort((left, right) => left - right)
          const expected = plain.filter(({ at, debtor }) => at >= from && at <= to && wanted.includes(debtor))
          expect([...store.rows(wanted, from, to)]).toEqual(expected)
          expect(store.size).toBe(plain.length)
        },
      ),
    )
  })

  it('keep a boundary whole that reaches over the end of a block of rows', () => {
    const store = new ColumnChargeStore(1)
    const count = 50_000
    const debtors = Uint32Array.from({ length: count }, (_, index) => index)
    for (let at = 1; at <= 4; at++) {
      const amounts = new AmountVector(count)
      for (let index = 0; index < count; index++) amounts.set(index, BigInt(at) * 10n ** 6n + BigInt(index))
      store.append({ at, count, debtors, rates: new Uint32Array(count), amounts: [amounts] })
    }
    for (const debtor of [0, 15_535, 15_536, 49_999]) {
      const found = [...store.rows([debtor], 1, 4)].map(({ amounts }) => amounts[0])
      expect(found).toEqual([4n, 3n, 2n, 1n].map((at) => at * 10n ** 6n + BigInt(debtor)))
    }
  })
})
