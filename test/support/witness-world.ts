import fc from 'fast-check'
import type { Book } from '../../src/book/book-interface.ts'
import { openBook } from '../../src/book/open-book.ts'
import { isOverdraftError } from '../../src/errors/overdraft-error.ts'
import { syncAll } from '../../src/sync/sync-all.ts'
import { boundaryAtOrBefore, everyHour } from '../../src/time/boundary.ts'
import { dayMs, hourMs, minuteMs } from '../../src/time/units.ts'
import { createVenue } from '../../src/venue/create-venue.ts'
import type { WrittenCommand } from '../../src/venue/index.ts'
import { parseScenario } from '../../src/venue/scenarios/scenario.ts'
import type { Venue } from '../../src/venue/venue.ts'
import { leapingClock, venueMembers } from './venue-sync.ts'

export type WitnessedExchange = 'binance' | 'okx'

/** What befalls the account, how long after what came before, and whether a sync comes then. */
export interface WitnessedStep {
  readonly command: WrittenCommand
  readonly afterMs: number
  readonly syncs: boolean
}

export interface WitnessedWorld {
  readonly venue: Venue
  readonly book: Book
  readonly sync: () => Promise<void>
  close(): Promise<void>
}

const account = 'one'
const assets = ['USDT', 'BTC'] as const
const startsAt = Date.UTC(2026, 5, 20, 10, 30)

const asset = fc.constantFrom(...assets)
const amount = fc.oneof(fc.integer({ min: 1, max: 5_000 }).map(String), fc.constantFrom('0.00000001', '0.3', '17.25'))
const rate = fc.constantFrom('0.0001', '0.00013233', '0.02')

const commandsOf: Readonly<Record<WitnessedExchange, fc.Arbitrary<WrittenCommand>>> = {
  binance: fc.oneof(
    { weight: 5, arbitrary: fc.record({ asset, amount, wallet: fc.constantFrom('um' as const, 'cm' as const) }).map(lossOf) },
    { weight: 2, arbitrary: fc.record({ asset, amount }).map((drawn) => ({ kind: 'deposit', account, ...drawn })) },
    { weight: 4, arbitrary: fc.record({ asset, amount }).map((drawn) => ({ kind: 'borrow', account, ...drawn })) },
    { weight: 3, arbitrary: fc.record({ asset, amount }).map((drawn) => ({ kind: 'repay-loan', account, ...drawn })) },
    { weight: 1, arbitrary: asset.map((of) => ({ kind: 'repay-debt', account, asset: of })) },
    { weight: 1, arbitrary: fc.constant({ kind: 'repay-futures', account } as const) },
    { weight: 1, arbitrary: fc.record({ asset, rateDaily: rate }).map((drawn) => ({ kind: 'set-rate', exchange: 'binance', ...drawn })) },
    {
      weight: 1,
      arbitrary: fc
        .record({ asset, free: fc.constantFrom('0', '5') })
        .map((drawn) => ({ kind: 'set-thresholds', maximum: '9000', ...drawn })),
    },
  ) as fc.Arbitrary<WrittenCommand>,
  okx: fc.oneof(
    { weight: 5, arbitrary: fc.record({ asset, amount, wallet: fc.constant('cash' as const) }).map(lossOf) },
    { weight: 2, arbitrary: fc.record({ asset, amount }).map((drawn) => ({ kind: 'deposit', account, ...drawn })) },
    {
      weight: 2,
      arbitrary: fc
        .record({ asset, amount, instId: fc.constantFrom('BTC-USDT', 'ETH-USDT') })
        .map((drawn) => ({ kind: 'borrow-isolated', account, ...drawn })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ asset, amount, instId: fc.constant('BTC-USDT') })
        .map((drawn) => ({ kind: 'repay-isolated', account, ...drawn })),
    },
    {
      weight: 1,
      arbitrary: fc.record({ asset, amount }).map(({ amount: of, ...drawn }) => ({
        kind: 'set-unrealised',
        account,
        wallet: 'cash-unrealised',
        amount: `-${of}`,
        ...drawn,
      })),
    },
    { weight: 1, arbitrary: fc.boolean().map((on) => ({ kind: 'set-auto-borrow', account, on })) },
    { weight: 1, arbitrary: fc.boolean().map((on) => ({ kind: 'set-auto-repay', account, on })) },
    { weight: 1, arbitrary: fc.record({ asset, rateDaily: rate }).map((drawn) => ({ kind: 'set-rate', exchange: 'okx', ...drawn })) },
    { weight: 1, arbitrary: fc.record({ asset, amount }).map((drawn) => ({ kind: 'set-free-quota', ...drawn })) },
  ) as fc.Arbitrary<WrittenCommand>,
}

function lossOf({ asset: of, amount: lost, wallet }: { asset: string; amount: string; wallet: 'um' | 'cm' | 'cash' }): WrittenCommand {
  return { kind: 'book', account, wallet, asset: of, amount: `-${lost}`, reason: 'profit-or-loss' }
}

/** Minutes around boundaries as often as hours and days. */
const pause = fc.oneof(
  fc.integer({ min: 0, max: 20 * minuteMs }),
  fc.integer({ min: 0, max: 5 * hourMs }),
  fc.integer({ min: 0, max: 2 * dayMs }),
)

export function witnessedSteps(exchange: WitnessedExchange): fc.Arbitrary<readonly WitnessedStep[]> {
  return fc.array(fc.record({ command: commandsOf[exchange], afterMs: pause, syncs: fc.boolean() }), { minLength: 4, maxLength: 14 })
}

/** A venue with one account of a few assets, and a book that is synced from it. */
export async function witnessedWorld(exchange: WitnessedExchange): Promise<WitnessedWorld> {
  const scenario = [
    'name: witnessed',
    'description: One account of which everything is seen.',
    'accounts:',
    `  - { label: ${account}, exchange: ${exchange}, keys: [{ signing: hmac, permissions: [read] }] }`,
    'markets:',
    '  prices: { USDT: 1, BTC: 80000 }',
    '  collateralRates: { USDT: 1, BTC: 0.95 }',
    `  rates: { ${exchange}: { USDT: 0.0001, BTC: 0.0002 } }`,
    ...(exchange === 'binance' ? ['  thresholds: { USDT: { free: 0, maximum: 9000 }, BTC: { free: 0, maximum: 9000 } }'] : []),
  ]
  const venue = await createVenue({
    mode: { kind: 'frozen', at: startsAt },
    scenario: parseScenario(scenario.join('\n'), 'witnessed.yaml'),
  })
  const clock = leapingClock(venue)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const accounts = venueMembers(venue, clock)
  for (const { account: one } of accounts) await book.addAccount(one)
  const sync = async () => {
    for (const { ended, error } of await syncAll({ book, accounts, clock, since: startsAt - 2 * dayMs })) {
      if (ended !== 'done') throw error ?? new Error(`a sync ended ${ended}`)
    }
  }
  return {
    venue,
    book,
    sync,
    close: async () => {
      await book.close()
      await venue.close()
    },
  }
}

/** Plays steps; what cannot be done is no part of the history. */
export async function playWitnessed({ venue, sync }: WitnessedWorld, steps: readonly WitnessedStep[]): Promise<void> {
  for (const { command, afterMs, syncs } of steps) {
    venue.clock.advanceBy(afterMs)
    try {
      venue.apply(command)
    } catch (error) {
      if (!isOverdraftError(error)) throw error
    }
    if (syncs) await sync()
  }
}

/** Two more syncs, each after everything has settled, so that whatever can be proven is. */
export async function settleWitnessed({ venue, sync }: WitnessedWorld): Promise<void> {
  for (const hours of [2, 2]) {
    venue.clock.advanceTo(boundaryAtOrBefore(venue.clock.now(), everyHour) + hours * hourMs + 30 * minuteMs)
    await sync()
  }
}
