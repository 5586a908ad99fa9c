import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RowBatch } from '../../book/row-batch.ts'
import { BatchCursor } from './batch-cursor.ts'

/** Batches of these instants, in the same arrays each time, as the book gives them. */
async function* batchesOf(batches: readonly (readonly number[])[]): AsyncGenerator<RowBatch<never>> {
  const at = new Float64Array(10)
  for (const instants of batches) {
    at.set(instants)
    yield { account: 'main', count: instants.length, names: [], nameOf: new Uint32Array(10), at, beyond64: new Set() }
  }
}

test('in whatever steps they are read, each row comes once, in order, and none before its time', async () => {
  const instants = fc.uniqueArray(fc.nat(60), { maxLength: 30 }).map((all) => all.sort((left, right) => left - right))
  const steps = fc.array(fc.nat(70), { maxLength: 12 }).map((all) => all.sort((left, right) => left - right))
  const property = async (all: readonly number[], size: number, tos: readonly number[]) => {
    const batches = Array.from({ length: Math.ceil(all.length / size) }, (_, place) => all.slice(place * size, (place + 1) * size))
    const cursor = new BatchCursor(batchesOf(batches))
    const given: number[] = []
    for (const to of tos) {
      await cursor.until(to, ({ at }, from, end) => given.push(...at.subarray(from, end)))
      expect(given).toEqual(all.filter((instant) => instant < to))
    }
  }
  await fc.assert(fc.asyncProperty(instants, fc.integer({ min: 1, max: 10 }), steps, property), { numRuns: 300 })
})
