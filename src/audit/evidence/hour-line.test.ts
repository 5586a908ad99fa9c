import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HourLine } from './hour-line.ts'

test('a line of hours answers as a list of them does, in whatever order it is asked, and forgets what it is told to', () => {
  const asked = fc.oneof(
    fc.record({ kind: fc.constantFrom('at', 'before', 'push'), hour: fc.nat(30) }),
    fc.record({ kind: fc.constantFrom('forget'), hour: fc.nat(30), kept: fc.constantFrom<0 | 1>(0, 1) }),
  )
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 60 }), (questions) => {
      const line = new HourLine<{ readonly hour: number }>()
      let model: { readonly hour: number }[] = []
      for (const { kind, hour, ...rest } of questions) {
        const earlier = model.filter((entry) => entry.hour < hour)
        if (kind === 'at') expect(line.at(hour)).toBe(model.find((entry) => entry.hour === hour))
        else if (kind === 'before') expect(line.before(hour)).toBe(earlier.at(-1))
        else if (kind === 'push' && hour > (model.at(-1)?.hour ?? -1)) {
          model.push({ hour })
          line.push(model.at(-1)!)
        } else if (kind === 'forget' && 'kept' in rest) {
          const forgotten = earlier.slice(0, Math.max(earlier.length - rest.kept, 0))
          expect(line.forget(hour, rest.kept)).toEqual(forgotten)
          model = model.slice(forgotten.length)
        }
        expect(line.last).toBe(model.at(-1))
      }
    }),
    { numRuns: 500 },
  )
})
