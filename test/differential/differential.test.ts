import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { Broken } from './broken.ts'
import { playDifferential } from './play.ts'
import { commandOf } from './play-seeds.ts'

/** Found to meet much between them: ties larger than a page, withheld rows, torn pages, bans, and two syncs at once. */
const seeds = [12, 31, 65, 88, randomInt(2 ** 31)]

test.each(seeds)(
  'no row is lost in a proven span of the world of seed %i',
  async (seed) => {
    try {
      const { rows, syncs } = await playDifferential(seed)
      expect(rows).toBeGreaterThan(0)
      expect(syncs).toBeGreaterThan(3)
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      expect.unreachable([error.message, ...error.script, commandOf(seed)].join('\n'))
    }
  },
  120_000,
)
