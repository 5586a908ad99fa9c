import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, compare } from '../../decimal/arithmetic.ts'
import { decimalOf } from '../../decimal/decimal.ts'
import { RandomStream } from './random-stream.ts'
import { nextStep, turnsOf } from './wander.ts'

const scale = fc.integer({ min: 0, max: 16 })
const decimals = fc.tuple(fc.bigInt(-(10n ** 18n), 10n ** 18n), scale).map(([mantissa, digits]) => decimalOf(mantissa, digits))
const positives = fc.tuple(fc.bigInt(1n, 10n ** 18n), scale).map(([mantissa, digits]) => decimalOf(mantissa, digits))

describe('a random walk', () => {
  it('is within its bounds after every step, wherever it began and however long its steps are', () => {
    fc.assert(
      fc.property(decimals, positives, positives, decimals, fc.string(), (low, width, step, start, seed) => {
        const high = add(low, width)
        const random = new RandomStream(seed)
        let present = start
        for (let turn = 0; turn < 5; turn++) {
          present = nextStep({ everyMs: 1, low, high, step }, present, random)
          expect(compare(present, low)).toBeGreaterThanOrEqual(0)
          expect(compare(present, high)).toBeLessThanOrEqual(0)
        }
      }),
    )
  })

  it('has no more decimals than its bounds, its step and where it began', () => {
    const random = new RandomStream('decimals')
    const walk = { everyMs: 1, low: decimalOf(-45n, 1), high: decimalOf(-5n, 1), step: decimalOf(25n, 2) }
    expect(nextStep(walk, decimalOf(-20n, 1), random).scale).toBe(2)
  })

  it('takes its turns in order, each late by no more than its jitter and none past the end', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 500 }), fc.nat(499), fc.string(), (length, everyMs, jitter, seed) => {
        const jitterMs = Math.min(jitter, everyMs - 1)
        const turns = [...turnsOf(1_000, 1_000 + length, everyMs, jitterMs, new RandomStream(seed))]
        expect(turns).toHaveLength(Math.floor(length / everyMs) + 1)
        for (const [index, at] of turns.entries()) {
          const due = 1_000 + index * everyMs
          expect(at).toBeGreaterThanOrEqual(due)
          expect(at).toBeLessThanOrEqual(Math.min(due + jitterMs, 1_000 + length))
        }
      }),
    )
  })
})

describe('a random stream', () => {
  it('follows from its names alone', () => {
    expect(new RandomStream('overdraft', 'a').bytes(200)).toEqual(new RandomStream('overdraft', 'a').bytes(200))
    expect(new RandomStream('overdraft', 'a').bytes(8)).not.toEqual(new RandomStream('overdraft', 'b').bytes(8))
    expect(new RandomStream('ab', 'c').bytes(8)).not.toEqual(new RandomStream('a', 'bc').bytes(8))
  })

  it('stays what it was, so that a scenario gives the same keys and movements in every release', () => {
    expect(Buffer.from(new RandomStream('overdraft').bytes(8)).toString('hex')).toBe('39d43fd47a40359a')
  })

  it('reaches both ends of a span', () => {
    const random = new RandomStream('ends')
    const drawn = new Set(Array.from({ length: 200 }, () => random.decimalBetween(decimalOf(-1n), decimalOf(1n)).mantissa))
    expect([...drawn].sort()).toEqual([-1n, 0n, 1n].sort())
  })
})
