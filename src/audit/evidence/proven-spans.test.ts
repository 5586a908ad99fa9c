import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contains } from '../../time/interval.ts'
import { covers, intervalSet } from '../../time/interval-set.ts'
import { ProvenSpans } from './proven-spans.ts'

test('answers as the plain question over all spans does, in whatever order it is asked', () => {
  const span = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 20 })).map(([from, length]) => ({ from, to: from + length }))
  fc.assert(
    fc.property(fc.array(span), fc.array(fc.tuple(fc.nat(130), fc.nat(30))), (spans, questions) => {
      const set = intervalSet(spans)
      const proven = new ProvenSpans(set)
      for (const [from, length] of questions) {
        expect(proven.covers(from)).toBe(set.some((one) => contains(one, from)))
        expect(proven.coversBetween(from, from + length)).toBe(
          length === 0 ? proven.coversBetween(from, from) : covers(set, { from: from + 1, to: from + length + 1 }),
        )
      }
    }),
  )
})
