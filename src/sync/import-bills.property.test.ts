import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileOf, quarterText } from '../../test/support/bills-file.ts'
import { collect } from '../../test/support/charges.ts'
import { playWitnessed, settleWitnessed, type WitnessedWorld, witnessedSteps, witnessedWorld } from '../../test/support/witness-world.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import type { Movement } from '../book/record.ts'
import { strip } from '../decimal/arithmetic.ts'
import { toText } from '../decimal/decimal.ts'
import { quarterOfBills } from '../imports/quarter.ts'
import { covers } from '../time/interval-set.ts'
import { dayMs } from '../time/units.ts'
import { importBills } from './import-bills.ts'

const startsAt = Date.UTC(2026, 5, 20, 10, 30)
const overAt = Date.UTC(2026, 6, 1)

/** Everything of a bill but when it came, and who transferred it, which the file has no column for. */
function lineOf({ at, id, asset, wallet, kind, amount, balanceAfter, interest, detail }: Movement): string {
  const figures = [amount, balanceAfter, interest].map((value) => (value === undefined ? '-' : toText(strip(value))))
  return [at, id, asset, wallet, kind, ...figures, detail.replace(/(?:^| )(?:from|to)=\d+/g, '').trim()].join(' ')
}

async function linesOf(book: Book, to = Number.POSITIVE_INFINITY): Promise<readonly string[]> {
  const movements = await collect(book.movements({ account: 'one', order: 'oldest-first' }))
  return movements.filter(({ stream, at }) => stream === 'bills' && at < to).map(lineOf)
}

async function freshBook({ venue, book }: WitnessedWorld): Promise<Book> {
  const fresh = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: venue.clock })
  for (const account of await book.accounts()) await fresh.addAccount(account)
  return fresh
}

async function importInto(world: WitnessedWorld, book: Book) {
  const quarter = quarterOfBills('2026-Q2', world.venue.clock.now())
  const [account] = await book.accounts()
  const file = fileOf(quarterText(world.venue, 'one', quarter))
  const common = { holder: 'import', signal: undefined, onWaiting: () => undefined, clock: world.venue.clock }
  return importBills({ book, account: account!, file, quarter, ...common })
}

test('a file brings the very bills that a sync brings, under the same keys, whichever comes first', async () => {
  await fc.assert(
    fc.asyncProperty(witnessedSteps('okx'), async (steps) => {
      const world = await witnessedWorld('okx')
      await playWitnessed(world, steps)
      world.venue.clock.advanceTo(Math.max(world.venue.clock.now(), overAt + dayMs))
      await settleWitnessed(world)
      const synced = await linesOf(world.book, overAt)
      // A quarter in which nothing befell proves nothing.
      fc.pre(synced.length > 0)

      const fresh = await freshBook(world)
      const { added, findings, span, proven } = await importInto(world, fresh)
      expect(await linesOf(fresh)).toEqual(synced)
      expect([added, findings, proven]).toEqual([synced.length, [], [span]])

      // Into the book that has them already it brings nothing, and nothing contradicts.
      const before = await linesOf(world.book)
      expect(await importInto(world, world.book)).toMatchObject({ added: 0, known: synced.length, findings: [] })
      expect(await linesOf(world.book)).toEqual(before)
      expect(covers(await world.book.proven('one', 'bills'), { from: startsAt - 70 * dayMs, to: overAt - dayMs })).toBe(true)
      expect(await world.book.findings({})).toEqual([])

      await fresh.close()
      await world.close()
    }),
    { numRuns: 15 },
  )
}, 240_000)

test('a sync after an import finds nothing changed, late or twice', async () => {
  await fc.assert(
    fc.asyncProperty(witnessedSteps('okx'), async (steps) => {
      const world = await witnessedWorld('okx')
      await playWitnessed(
        world,
        steps.map((step) => ({ ...step, syncs: false })),
      )
      world.venue.clock.advanceTo(Math.max(world.venue.clock.now(), overAt + dayMs))
      const quarter = quarterOfBills('2026-Q2', world.venue.clock.now())
      fc.pre(quarterText(world.venue, 'one', quarter).split('\n').length > 2)
      const { span } = await importInto(world, world.book)
      // The sync asks for what is proven already, too.
      await world.book.withdrawProof('one', 'bills', span)
      await settleWitnessed(world)
      expect(await world.book.findings({})).toEqual([])
      const ids = (await collect(world.book.movements({ account: 'one' }))).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(await world.book.proven('one', 'bills')).toHaveLength(1)
      await world.close()
    }),
    { numRuns: 10 },
  )
}, 240_000)

test('of a file that lacks one bill between others, that part is not proven', async () => {
  await fc.assert(
    fc.asyncProperty(witnessedSteps('okx'), fc.nat(), async (steps, nth) => {
      const world = await witnessedWorld('okx')
      await playWitnessed(world, steps)
      world.venue.clock.advanceTo(Math.max(world.venue.clock.now(), overAt + dayMs))
      const quarter = quarterOfBills('2026-Q2', world.venue.clock.now())
      const lines = quarterText(world.venue, 'one', quarter).trimEnd().split('\n')
      const bills = world.venue.engine.okxBills({ account: 'one', from: quarter.utc.from, to: quarter.utc.to - 1 })
      // Of a bill of cash that stands between two others of its asset; it lies at this line, the heading first.
      const isBetween = ({ asset, balanceChange }: (typeof bills)[number], place: number) =>
        balanceChange.mantissa !== 0n &&
        [bills.slice(0, place), bills.slice(place + 1)].every((side) => side.some((one) => one.asset === asset))
      const places = bills.flatMap((bill, place) => (isBetween(bill, place) ? [place] : []))
      fc.pre(places.length > 0)
      const place = places[nth % places.length] ?? 0
      const text = lines.filter((_, line) => line !== place + 1).join('\n')

      const fresh = await freshBook(world)
      const [account] = await fresh.accounts()
      const common = { holder: 'import', signal: undefined, onWaiting: () => undefined, clock: world.venue.clock }
      const { findings } = await importBills({ book: fresh, account: account!, file: fileOf(text), quarter, ...common })
      const at = bills[place]?.at ?? 0
      expect(findings.length).toBeGreaterThan(0)
      expect(covers(await fresh.proven('one', 'bills'), { from: at, to: at + 1 })).toBe(false)
      await fresh.close()
      await world.close()
    }),
    { numRuns: 10 },
  )
}, 240_000)
