import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askBinance, askOkx, type Got, loseOnBinance, venueKit } from '../../../test/support/venue-kit.ts'
import type { Venue } from '../index.ts'
import { fallsOn } from './chance.ts'
import { filledRule } from './filled-rule.ts'
import { type FaultKind, faultKindNames, statedKind } from './kinds.ts'
import type { FaultInput, FaultTerms } from './rule.ts'
import type { Setting } from './setting.ts'

const someKind = fc.constantFrom(...faultKindNames)

const someTerms: fc.Arbitrary<FaultTerms> = fc.record(
  {
    probability: fc.constantFrom(0, 0.3, 0.7, 1),
    count: fc.integer({ min: 0, max: 5 }),
    after: fc.integer({ min: 0, max: 4 }),
    seed: fc.string({ minLength: 1, maxLength: 8 }),
  },
  { requiredKeys: [] },
)

function someValue(setting: Setting): fc.Arbitrary<unknown> {
  switch (setting.type) {
    case 'whole':
      return fc.integer({ min: setting.minimum, max: Math.min(setting.maximum, 100_000) })
    case 'share':
      return fc.constantFrom(0, 0.25, 1)
    case 'instant':
      return fc.constant(2_000_000_000_000)
    case 'flag':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...setting.choices)
    case 'text':
      return fc.stringMatching(/^[a-z]{1,8}$/)
    case 'texts':
      return fc.constant(['asset', 'ccy'])
    case 'addresses':
      return fc.constant(['203.0.113.9'])
  }
}

/** Any rule there can be, of one kind or of all. */
function someFault(kinds: fc.Arbitrary<FaultKind> = someKind, terms = someTerms): fc.Arbitrary<FaultInput> {
  return kinds.chain((kind) => {
    const settings = Object.fromEntries(Object.entries(statedKind(kind).settings).map(([name, setting]) => [name, someValue(setting)]))
    return fc.tuple(terms, fc.record(settings)).map(([given, values]) => ({ kind, ...given, ...values }) as unknown as FaultInput)
  })
}

const calls = ['balance', 'history', 'repay', 'okx-balance', 'okx-history', 'ping'] as const
const someCalls = fc.array(fc.constantFrom(...calls), { minLength: 1, maxLength: 12 })

function made(venue: Venue, call: (typeof calls)[number]): Got {
  switch (call) {
    case 'balance':
      return askBinance(venue, '/papi/v1/balance')
    case 'history':
      return askBinance(venue, '/papi/v1/portfolio/interest-history', { query: 'size=5' })
    case 'repay':
      return askBinance(venue, '/papi/v1/repay-futures-negative-balance', { method: 'POST' })
    case 'okx-balance':
      return askOkx(venue, '/api/v5/account/balance')
    case 'okx-history':
      return askOkx(venue, '/api/v5/account/interest-accrued')
    case 'ping':
      return askBinance(venue, '/papi/v1/ping', { apiKey: null, timestamp: null, signature: null })
  }
}

/** A venue whose owner owes something on Binance and can repay it. */
async function owing(faults: readonly FaultInput[] = []): Promise<Venue> {
  const { venue } = await venueKit({ faults, behaviour: { limits: 'counted' } })
  loseOnBinance(venue, 'USDT', '10')
  return venue
}

const told = ({ status, text, header }: Got) => [status, text, header('content-length'), header('date'), header('x-mbx-used-weight-1m')]
const kindsWith = (outcome: string) =>
  fc.constantFrom(...faultKindNames.filter((kind) => statedKind(kind).outcome === outcome && statedKind(kind).exchange !== 'okx'))
const always = fc.constant<FaultTerms>({ where: { endpoints: ['repay-futures-negative-balance'] } })

describe('faults', () => {
  test('are the same in two venues with the same rules, seeds and calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someFault(), { minLength: 1, maxLength: 4 }), someCalls, async (faults, asked) => {
        const [one, other] = [await owing(faults), await owing(faults)]
        expect(asked.map((call) => told(made(other, call)))).toEqual(asked.map((call) => told(made(one, call))))
        expect(other.faults.log).toEqual(one.faults.log)
        expect(other.faults.list()).toEqual(one.faults.list())
        expect(other.engine.digest()).toBe(one.engine.digest())
      }),
      { numRuns: 60 },
    )
  })

  test('leave nothing behind once they are cleared, but for a ban and the weight that was used', async () => {
    const noBan = fc.constantFrom(...faultKindNames.filter((kind) => kind !== 'banned' && kind !== 'rate-limited'))
    await fc.assert(
      fc.asyncProperty(fc.array(someFault(noBan), { minLength: 1, maxLength: 4 }), someCalls, async (faults, asked) => {
        const [with_, without] = [await owing(faults), await owing()]
        // Calls that read alone: what is carried out is another matter.
        for (const call of asked.filter((name) => name !== 'repay')) made(with_, call)
        with_.faults.clear()
        expect(with_.engine.digest()).toBe(without.engine.digest())
        for (const call of calls) {
          const [seen, plain] = [told(made(with_, call)), told(made(without, call))]
          expect(seen.slice(0, 4)).toEqual(plain.slice(0, 4))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('that refuse never change the state', async () => {
    await fc.assert(
      fc.asyncProperty(someFault(kindsWith('refused'), always), async (fault) => {
        const venue = await owing([fault])
        const before = [venue.engine.digest(), [...venue.engine.journal()].length]
        made(venue, 'repay')
        expect(venue.faults.log).toHaveLength(1)
        expect([venue.engine.digest(), [...venue.engine.journal()].length]).toEqual(before)
      }),
      { numRuns: 60 },
    )
  })

  test('that lose the reply leave the call carried out exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(someFault(kindsWith('lost'), always), async (fault) => {
        const [venue, plain] = [await owing([fault]), await owing()]
        const before = [...venue.engine.journal()].length
        made(venue, 'repay')
        made(plain, 'repay')
        expect(venue.faults.log).toHaveLength(1)
        expect([...venue.engine.journal()].slice(before).map(({ command }) => command.kind)).toEqual(['repay-futures'])
        expect(venue.engine.digest()).toBe(plain.engine.digest())
      }),
      { numRuns: 40 },
    )
  })

  test('fall on a call by seed, rule and number alone, about as often as they should, and not before their turn', () => {
    const rule = (seed: string, probability: number) => filledRule({ kind: 'reset', seed, probability, after: 3 }, 'one')
    const falling = (seed: string, probability: number) =>
      Array.from({ length: 2_000 }, (_, index) => index + 1).filter((call) => fallsOn(rule(seed, probability), call))
    const third = falling('a', 0.3)
    expect(falling('a', 0.3)).toEqual(third)
    expect(falling('b', 0.3)).not.toEqual(third)
    expect(third.length).toBeGreaterThan(500)
    expect(third.length).toBeLessThan(700)
    expect(third[0]).toBeGreaterThan(3)
    expect(falling('a', 0)).toEqual([])
    expect(falling('a', 1)).toHaveLength(1_997)
  })
})
