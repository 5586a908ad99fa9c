import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { play } from './play.ts'
import { playAndShrink, summary } from './report.ts'

const patienceMs = 120_000

/** Each of another kind of world, found to come to much within few steps. */
const seeds = [11, 12, 13, randomInt(2 ** 31)]

test.each(seeds)(
  'everything holds on the venue that is played from seed %i',
  async (seed) => {
    const { outcome, failure } = await playAndShrink({ seed, steps: 250 })
    expect(failure?.text).toBeUndefined()
    if (outcome !== undefined) console.log(summary(outcome))
  },
  patienceMs,
)

test(
  'the same seed plays the same',
  async () => {
    const [first, again] = [await play({ seed: 12, steps: 120, accounts: 20 }), await play({ seed: 12, steps: 120, accounts: 20 })]
    expect(summary(again)).toBe(summary(first))
    expect(again.digest).toBe(first.digest)
  },
  patienceMs,
)
