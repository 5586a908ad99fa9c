import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FigureColumn } from './figure-column.ts'
import { Periods } from './periods.ts'

interface Known {
  readonly begin: number
  mantissa: bigint
  readonly scale: number
}

const mantissas = fc.oneof(
  fc.bigInt({ min: -(10n ** 22n), max: 10n ** 22n }),
  fc.constantFrom(2n ** 63n - 1n, 2n ** 63n, -(2n ** 63n), -(2n ** 63n) - 1n),
)

test('periods and what is known of them are found as in a list, in whatever order they are asked for, until they are forgotten', () => {
  const question = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('push' as const),
        after: fc.integer({ min: 1, max: 3 }),
        mantissa: mantissas,
        scale: fc.nat(999),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('ask' as const), back: fc.integer({ min: -3, max: 30 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('set' as const), back: fc.nat(30), mantissa: mantissas }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('forget' as const),
        back: fc.integer({ min: -3, max: 30 }),
        kept: fc.constantFrom<0 | 1>(0, 1),
      }),
    },
  )
  fc.assert(
    fc.property(fc.array(question, { maxLength: 120 }), (questions) => {
      const periods = new Periods()
      const figures = new FigureColumn()
      let model: Known[] = []
      let now = 0
      for (const asked of questions) {
        if (asked.kind === 'push') {
          now += asked.after
          figures.set(periods.push(now), asked.mantissa, asked.scale)
          model.push({ begin: now, mantissa: asked.mantissa, scale: asked.scale })
        } else if (asked.kind === 'ask') {
          const instant = now - asked.back
          expect(periods.placeAt(instant)).toBe(model.findIndex(({ begin }) => begin === instant))
          expect(periods.placeBefore(instant)).toBe(model.findLastIndex(({ begin }) => begin < instant))
        } else if (asked.kind === 'set') {
          const known = model[model.length - 1 - asked.back]
          if (known === undefined) continue
          known.mantissa = asked.mantissa
          figures.set(model.indexOf(known), asked.mantissa, known.scale)
        } else {
          const forgotten = Math.max(model.filter(({ begin }) => begin < now - asked.back).length - asked.kept, 0)
          expect(periods.countBefore(now - asked.back, asked.kept)).toBe(forgotten)
          periods.forget(forgotten)
          figures.forget(forgotten)
          model = model.slice(forgotten)
        }
        expect(periods.last).toBe(model.at(-1)?.begin)
        const told = Array.from({ length: periods.count }, (_, place) => ({
          begin: periods.begin(place),
          mantissa: figures.mantissa(place),
          scale: figures.scale(place),
        }))
        expect(told).toEqual(model)
      }
    }),
    { numRuns: 300 },
  )
})
