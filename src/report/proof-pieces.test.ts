import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CoverageSpan } from '../book/record.ts'
import { intervalSet, union } from '../time/interval-set.ts'
import { proofPieces } from './proof-pieces.ts'

function proofOf(from: number, to: number, request = `${from} to ${to}`): CoverageSpan {
  return { account: 'main', stream: 'interest', from, to, provenBy: request, provenAt: 1 }
}

test('tells of each piece the request that reaches farthest, in as few pieces as there can be', () => {
  const proofs = [proofOf(0, 10), proofOf(2, 30), proofOf(5, 12), proofOf(30, 40)]
  expect(proofPieces([{ from: 0, to: 40 }], proofs).map(({ from, to, provenBy }) => [from, to, provenBy])).toEqual([
    [0, 10, '0 to 10'],
    [10, 30, '2 to 30'],
    [30, 40, '30 to 40'],
  ])
})

test('tells nothing of a proof that was taken back', () => {
  expect(
    proofPieces(
      [
        { from: 0, to: 4 },
        { from: 8, to: 10 },
      ],
      [proofOf(0, 10)],
    ),
  ).toMatchObject([
    { from: 0, to: 4 },
    { from: 8, to: 10 },
  ])
  expect(proofPieces([], [proofOf(0, 10)])).toEqual([])
})

test('the pieces are the proven spans, whatever proofs they are made of', () => {
  const spans = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })), { maxLength: 12 })
  fc.assert(
    fc.property(spans, (drawn) => {
      const proofs = drawn.map(([from, length]) => proofOf(from, from + length))
      const pieces = proofPieces(intervalSet(proofs), proofs)
      expect(union(pieces, [])).toEqual(intervalSet(proofs))
      for (const { from, to, provenBy } of pieces) {
        const proof = proofs.find((one) => one.provenBy === provenBy)
        expect(proof !== undefined && proof.from <= from && to <= proof.to).toBe(true)
      }
    }),
  )
})
