import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import {
  playWitnessed,
  settleWitnessed,
  type WitnessedStep,
  type WitnessedWorld,
  witnessedSteps,
  witnessedWorld,
} from '../../test/support/witness-world.ts'
import type { BalanceSnapshot } from '../book/record.ts'
import { contains, type Interval } from '../time/interval.ts'
import { dayMs, minuteMs } from '../time/units.ts'
import type { WrittenCommand } from '../venue/index.ts'

test.each(['binance', 'okx'] as const)(
  'on %s, nothing is doubted where nothing is hidden, whenever balances are read',
  async (exchange) => {
    await fc.assert(
      fc.asyncProperty(witnessedSteps(exchange), async (steps) => {
        const world = await witnessedWorld(exchange)
        await playWitnessed(world, steps)
        await settleWitnessed(world)
        expect((await world.book.findings({})).map(({ sentence }) => sentence)).toEqual([])
        expect(await world.book.proven('one', 'interest')).toHaveLength(1)
        await world.close()
      }),
      { numRuns: 25 },
    )
  },
  240_000,
)

/** Charges between two balances that the book lacks; where proofs are given, within them alone. */
async function hidden(
  { venue, book }: WitnessedWorld,
  { isProven }: { isProven: boolean } = { isProven: false },
): Promise<readonly string[]> {
  const [truth] = venue.truth().accounts
  if (truth?.exchange !== 'binance') throw new Error('a world of Binance is one of Binance')
  const held = new Set((await collect(book.charges({}))).map(({ at, asset }) => `${at} ${asset}`))
  const heldLoans = new Set((await collect(book.marginCharges({ account: 'one' }))).map(({ txId }) => txId))
  // What came shortly before a balance was read may not have been in it.
  const events = [...truth.charges, ...truth.loanCharges, ...truth.movements]
  const isClear = ({ takenAt, asset }: BalanceSnapshot) =>
    !events.some((event) => event.asset === asset && event.at > takenAt - 10 * minuteMs && event.at <= takenAt + minuteMs)
  // Whether anything was repaid is proven an hour later.
  const settled = { from: 0, to: venue.clock.now() - 70 * minuteMs }
  const sights = (await collect(book.balances({ account: 'one', order: 'oldest-first', within: settled }))).filter(isClear)
  const isBetween = (asset: string, at: number) => {
    const own = sights.filter((sight) => sight.asset === asset).map(({ takenAt }) => takenAt)
    return own.some((taken) => taken < at) && own.some((taken) => taken >= at)
  }
  const counts = (spans: readonly Interval[], at: number) => !isProven || spans.some((span) => contains(span, at))
  const interest = await book.proven('one', 'interest')
  const margin = await book.proven('one', 'margin-interest')
  return [
    ...truth.charges.filter(({ at, asset }) => !held.has(`${at} ${asset}`) && counts(interest, at) && isBetween(asset, at)),
    ...truth.loanCharges.filter(({ at, asset, id }) => !heldLoans.has(String(id)) && counts(margin, at) && isBetween(asset, at)),
  ].map(({ at, asset }) => `${new Date(at).toISOString()} ${asset}`)
}

const account = 'one'
const repayFutures: WrittenCommand = { kind: 'repay-futures', account }
const borrow = (asset: string, amount: string): WrittenCommand => ({ kind: 'borrow', account, asset, amount })
const repayLoan = (amount: string): WrittenCommand => ({ kind: 'repay-loan', account, asset: 'USDT', amount })
const loss = (wallet: 'um' | 'cm', asset: string, lost: string): WrittenCommand => {
  return { kind: 'book', account, wallet, asset, amount: `-${lost}`, reason: 'profit-or-loss' }
}
const step = (command: WrittenCommand, afterMs: number, syncs: boolean): WitnessedStep => ({ command, afterMs, syncs })

/** A balance read minutes after a boundary at which a charge was hidden, as large as the one hidden after it. */
const readLate: readonly WitnessedStep[] = [
  step(borrow('USDT', '0.3'), 25_525_574, true),
  step(repayFutures, 75_247_823, true),
  step(repayFutures, 4_562_824, true),
  step(repayFutures, 79_475_683, false),
  step(loss('um', 'USDT', '17.25'), 824_837, true),
  step(borrow('USDT', '0.00000001'), 12_612_114, true),
  step(repayLoan('0.00000001'), 819_550, false),
]

/** A first charge hidden shows in a balance that may lack what came with it, so that a charge hidden after it looks like that. */
const readAtOnce: readonly WitnessedStep[] = [
  step(loss('um', 'BTC', '0.00000001'), 0, false),
  step(repayFutures, 1_086_602, true),
  step(borrow('BTC', '0.00000001'), 170_310_746, true),
]

/** A balance read a minute before a boundary may hold its charge, as large as the one hidden before; and the one before ends a doubt. */
const readEarly: readonly WitnessedStep[] = [
  step(borrow('USDT', '1'), 3_532_986, false),
  step(borrow('BTC', '3510'), 17_446_656, false),
  step(repayFutures, 16_502_227, false),
  step(repayLoan('1'), 11_798_313, true),
  step(loss('um', 'USDT', '0.3'), 23_407_919, false),
  step(repayLoan('4021'), 11_077_624, false),
  step(loss('cm', 'BTC', '0.3'), 6_552_927, true),
  step(borrow('USDT', '17.25'), 15_821_348, true),
  step(loss('um', 'BTC', '0.00000001'), 337_013, false),
  step(repayLoan('618'), 1_938_218, true),
  step(loss('cm', 'BTC', '0.3'), 14_256_310, true),
  step(borrow('BTC', '3295'), 44_603, true),
]

test('a charge that Binance hides from both of its histories is never called proven between two balances', async () => {
  let told = 0
  await fc.assert(
    fc.asyncProperty(witnessedSteps('binance'), fc.constantFrom(0.1, 0.5, 1), fc.nat(1_000), async (steps, share, seed) => {
      const world = await witnessedWorld('binance')
      const where = { endpoints: ['interest-history', 'margin-interest-history'] }
      world.venue.faults.add({ name: 'hidden', kind: 'rows-missing', share, seed: String(seed), where } as never)
      await playWitnessed(world, steps)
      await settleWitnessed(world)
      expect(await hidden(world, { isProven: true })).toEqual([])
      told += (await world.book.findings({})).filter(({ sentence }) => sentence.startsWith('unpaid interest')).length
      world.venue.faults.clear('hidden')
      await settleWitnessed(world)
      // What was doubted has come since.
      expect(await hidden(world)).toEqual([])
      await world.close()
    }),
    {
      numRuns: 25,
      examples: [
        [readLate, 0.5, 117],
        [readAtOnce, 0.5, 364],
        [readEarly, 0.1, 994],
      ],
    },
  )
  expect(told).toBeGreaterThan(10)
}, 240_000)

test('what was hidden between two balances comes with the next sync once it is shown', async () => {
  const world = await witnessedWorld('binance')
  const { venue, book, sync } = world
  venue.apply({ kind: 'book', account: 'one', wallet: 'um', asset: 'USDT', amount: '-1000', reason: 'profit-or-loss' })
  await sync()
  const where = { endpoints: ['interest-history', 'margin-interest-history'] }
  venue.faults.add({ name: 'hidden', kind: 'rows-missing', share: 1, where } as never)
  venue.clock.advanceBy(dayMs)
  await sync()
  expect((await collect(book.charges({}))).length).toBe(0)
  const midnight = Date.UTC(2026, 5, 21)
  expect((await book.proven('one', 'interest')).some((span) => contains(span, midnight))).toBe(false)
  expect((await book.proven('one', 'interest')).some((span) => contains(span, midnight - 1))).toBe(true)
  expect((await book.findings({})).map(({ sentence, stream }) => `${stream}: ${sentence}`).sort()).toEqual([
    expect.stringMatching(/^interest: unpaid interest one USDT .*: 0\.0 became 0\.1, a change of 0\.10000000, but .* make 0\.00000000$/),
    expect.stringMatching(/^margin-interest: unpaid interest one USDT/),
  ])
  venue.faults.clear('hidden')
  await sync()
  expect((await collect(book.charges({}))).map(({ at }) => at)).toEqual([midnight])
  expect(await book.proven('one', 'interest')).toHaveLength(1)
  await world.close()
})
