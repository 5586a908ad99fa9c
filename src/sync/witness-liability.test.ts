import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import { settleWitnessed, type WitnessedWorld, witnessedWorld } from '../../test/support/witness-world.ts'
import { contains } from '../time/interval.ts'
import { hourMs, minuteMs } from '../time/units.ts'

const where = { endpoints: ['interest-accrued', 'bills-archive'] }

function lose({ venue }: WitnessedWorld, asset: string, amount: string): void {
  venue.apply({ kind: 'book', account: 'one', wallet: 'cash', asset, amount: `-${amount}`, reason: 'profit-or-loss' })
}

/** Charges that nobody shows although their hour is called proven. */
async function hiddenThoughProven({ venue, book }: WitnessedWorld): Promise<readonly string[]> {
  const proven = await book.proven('one', 'interest')
  const held = new Set((await collect(book.charges({}))).map(({ at, asset, instId }) => `${at} ${asset} ${instId}`))
  const hidden = venue.truth().accounts.flatMap((account) => (account.exchange === 'okx' ? account.charges : []))
  return hidden
    .filter(({ at, asset, instId }) => !held.has(`${at} ${asset} ${instId}`) && proven.some((span) => contains(span, at)))
    .map(({ at, asset, instId }) => `${new Date(at).toISOString()} ${asset} ${instId}`)
}

async function charged({ book }: WitnessedWorld): Promise<readonly string[]> {
  return (await collect(book.charges({ order: 'oldest-first' }))).map(({ at }) => new Date(at).toISOString().slice(11, 16))
}

test('a last charge that OKX hides with its bill shows in what is owed, and comes with the next sync once it is shown', async () => {
  const world = await witnessedWorld('okx')
  const { venue, book, sync } = world
  lose(world, 'USDT', '1000')
  venue.clock.advanceBy(hourMs)
  await sync()
  expect(await charged(world)).toEqual(['11:00'])
  venue.faults.add({ name: 'hidden', kind: 'rows-missing', share: 1, where } as never)
  venue.clock.advanceBy(hourMs)
  await sync()
  expect(await hiddenThoughProven(world)).toEqual([])
  expect((await book.findings({})).map(({ sentence }) => sentence)).toContainEqual(
    expect.stringMatching(
      /^debt one USDT 2026-06-20T12:00:00\.000Z: 1000\.00833\d+ was owed, but the bills since .*T11:00.* make 1000\.00416\d+$/,
    ),
  )
  venue.faults.clear('hidden')
  await sync()
  expect(await charged(world)).toEqual(['11:00', '12:00'])
  expect(await book.proven('one', 'interest')).toHaveLength(1)
  await world.close()
})

test('the hidden charge of an isolated position shows beside a charge on cash that is not hidden', async () => {
  const world = await witnessedWorld('okx')
  const { venue, book, sync } = world
  lose(world, 'USDT', '1000')
  venue.apply({ kind: 'borrow-isolated', account: 'one', asset: 'USDT', instId: 'BTC-USDT', amount: '50' })
  venue.clock.advanceBy(hourMs)
  await sync()
  expect(await book.findings({})).toEqual([])
  // Any share hides the one row or the other by its seed; one is looked for that hides but one of both.
  const hiding = Array.from(
    { length: 40 },
    (_, seed) => ({ name: 'hidden', kind: 'rows-missing', share: 0.5, seed: String(seed), where }) as const,
  )
  venue.clock.advanceBy(hourMs)
  for (const fault of hiding) {
    venue.faults.add(fault as never)
    await sync()
    venue.faults.clear('hidden')
    expect(await hiddenThoughProven(world)).toEqual([])
  }
  expect(await charged(world)).toEqual(['11:00', '11:00', '12:00', '12:00'])
  await world.close()
}, 60_000)

/** A sync so shortly after the full hour that the bill of its charge may be missing yet. */
const provenEarly = [
  { asset: 'USDT', amount: 1, afterMinutes: 4, syncs: false },
  { asset: 'USDT', amount: 1586, afterMinutes: 38, syncs: false },
  { asset: 'USDT', amount: 1, afterMinutes: 182, syncs: false },
  { asset: 'USDT', amount: 1, afterMinutes: 1, syncs: false },
  { asset: 'USDT', amount: 1, afterMinutes: 1, syncs: true },
]

test('however many of the rows on cash are hidden from both histories, none is missing from what is called proven', async () => {
  const losses = fc.array(
    fc.record({
      asset: fc.constantFrom('USDT', 'BTC'),
      amount: fc.integer({ min: 1, max: 5_000 }),
      afterMinutes: fc.integer({ min: 1, max: 400 }),
      syncs: fc.boolean(),
    }),
    { minLength: 2, maxLength: 8 },
  )
  let found = 0
  await fc.assert(
    fc.asyncProperty(losses, fc.constantFrom(0.1, 0.5, 1), fc.nat(1_000), async (drawn, share, seed) => {
      const world = await witnessedWorld('okx')
      const { venue, book, sync } = world
      // Bills and balances agreed once.
      for (const asset of ['USDT', 'BTC']) lose(world, asset, '3')
      venue.clock.advanceBy(hourMs)
      await sync()
      venue.faults.add({ name: 'hidden', kind: 'rows-missing', share, seed: String(seed), where } as never)
      for (const { asset, amount, afterMinutes, syncs } of drawn) {
        venue.clock.advanceBy(afterMinutes * minuteMs)
        lose(world, asset, String(amount))
        if (syncs) await sync()
      }
      await settleWitnessed(world)
      expect(await hiddenThoughProven(world)).toEqual([])
      found += (await book.findings({})).filter(({ sentence }) => sentence.startsWith('debt one')).length
      venue.faults.clear('hidden')
      await settleWitnessed(world)
      expect(await book.proven('one', 'interest')).toHaveLength(1)
      await world.close()
    }),
    { numRuns: 30, examples: [[provenEarly, 0.1, 600]] },
  )
  expect(found).toBeGreaterThan(5)
}, 240_000)

test('a liability that a reply leaves out is no witness, nor are bills that came without what they changed', async () => {
  for (const endpoint of ['balance', 'bills-archive']) {
    const world = await witnessedWorld('okx')
    const { venue, book, sync } = world
    lose(world, 'USDT', '1000')
    venue.apply({ kind: 'borrow-isolated', account: 'one', asset: 'USDT', instId: 'BTC-USDT', amount: '50' })
    venue.clock.advanceBy(hourMs)
    await sync()
    venue.clock.advanceBy(hourMs)
    venue.faults.add({ name: 'gone', kind: 'fields-gone', where: { endpoints: [endpoint] } } as never)
    await sync()
    venue.faults.clear('gone')
    await settleWitnessed(world)
    expect((await book.findings({})).filter(({ kind }) => kind === 'witness')).toEqual([])
    expect(await book.proven('one', 'interest')).toHaveLength(1)
    await world.close()
  }
})
