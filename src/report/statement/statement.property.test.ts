import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leapingClock, venueMembers } from '../../../test/support/venue-sync.ts'
import type { Book } from '../../book/book-interface.ts'
import { openBook } from '../../book/open-book.ts'
import type { BookAccount } from '../../book/record.ts'
import { add, equals, strip, sum } from '../../decimal/arithmetic.ts'
import { decimalOf, toText } from '../../decimal/decimal.ts'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import { syncAccount } from '../../sync/sync-account.ts'
import { parseInstant } from '../../time/instant.ts'
import { type Interval, interval } from '../../time/interval.ts'
import { dayMs, hourMs, minuteMs } from '../../time/units.ts'
import { createVenue } from '../../venue/create-venue.ts'
import type { Venue } from '../../venue/venue.ts'
import type { WrittenCommand } from '../../venue/written-command.ts'
import { type AssetStatement, readStatement } from './read-statement.ts'

const began = parseInstant('2026-03-10T12:00:30Z')
/** The exchange's time is known to a second or so: the last balance may seem to be of a little later. */
const clockSlackMs = 5_000

const asset = fc.constantFrom('USDT', 'BTC')
const amount = fc.bigInt({ min: 1n, max: 10n ** 13n }).map((mantissa) => decimalOf(mantissa, 8))
const signed = fc.tuple(amount, fc.boolean()).map(([{ mantissa, scale }, up]) => decimalOf(up ? mantissa : -mantissa, scale))
const reason = fc.constantFrom('profit-or-loss' as const, 'funding' as const, 'fee' as const)

const onBinance = fc.oneof(
  fc.record({ kind: fc.constantFrom('deposit' as const, 'withdraw' as const), account: fc.constant('main'), asset, amount }),
  fc.record({
    kind: fc.constant('book' as const),
    account: fc.constant('main'),
    wallet: fc.constantFrom('um' as const, 'cm' as const),
    asset,
    amount: signed,
    reason,
  }),
  fc.record({ kind: fc.constantFrom('borrow' as const, 'repay-loan' as const), account: fc.constant('main'), asset, amount }),
  fc.record({ kind: fc.constantFrom('repay-futures' as const, 'collect' as const), account: fc.constant('main') }),
)
const onOkx = fc.oneof(
  fc.record({ kind: fc.constantFrom('borrow-spot' as const, 'repay-spot' as const), account: fc.constant('okx'), asset, amount }),
  fc.record({
    kind: fc.constantFrom('borrow-isolated' as const, 'repay-isolated' as const),
    account: fc.constant('okx'),
    asset,
    instId: fc.constant('BTC-USDT'),
    amount,
  }),
  fc.record({ kind: fc.constantFrom('deposit' as const, 'withdraw' as const), account: fc.constant('okx'), asset, amount }),
  fc.record({
    kind: fc.constant('book' as const),
    account: fc.constant('okx'),
    wallet: fc.constant('cash' as const),
    asset,
    amount: signed,
    reason,
  }),
)

interface Happening {
  readonly afterMs: number
  readonly command: WrittenCommand
}

/**
 * Nothing happens so soon after a balance was read that the exchange's time, known to a second or so, cannot tell which
 * came first: what lies there may be told as unexplained.
 */
const knownToMs = 2_000
const steps = (command: fc.Arbitrary<WrittenCommand>) =>
  fc.array(fc.record({ afterMs: fc.integer({ min: knownToMs, max: 12 * hourMs }), command }), { minLength: 1, maxLength: 12 })

async function freshVenue(): Promise<Venue> {
  const venue = await createVenue({ scenario: 'empty', mode: { kind: 'frozen', at: began }, behaviour: { okxRecordDelayMs: 0 } })
  for (const [place, each] of ['USDT', 'BTC', 'BNB'].entries()) {
    venue.apply({ kind: 'set-price', asset: each, price: decimalOf(10n ** BigInt(place)) })
    venue.apply({ kind: 'set-collateral-rate', asset: each, rate: '0.9' })
    venue.apply({ kind: 'set-thresholds', asset: each, free: '10', maximum: '50000' })
    for (const exchange of ['binance', 'okx'] as const) venue.apply({ kind: 'set-rate', exchange, asset: each, rateDaily: '0.000317' })
  }
  for (const account of ['main', 'okx']) venue.apply({ kind: 'deposit', account, asset: 'BNB', amount: '1000000' })
  return venue
}

/** Synced at the start, in the middle and at the end of three days in which something happens. */
async function lived(
  label: string,
  happens: readonly Happening[],
): Promise<{ readonly book: Book; readonly account: BookAccount; readonly now: number }> {
  const venue = await freshVenue()
  const clock = leapingClock(venue)
  const member = venueMembers(venue, clock).find(({ account }) => account.label === label)
  if (member === undefined) throw new Error(`the venue has no account ${label}`)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  await book.addAccount(member.account)
  const sync = async () => expect(await syncAccount({ book, ...member, clock, since: began - dayMs })).toMatchObject({ ended: 'done' })
  await sync()
  for (const [place, { afterMs, command }] of happens.entries()) {
    venue.clock.advanceTo(venue.clock.now() + afterMs)
    try {
      venue.apply(command)
    } catch (error) {
      if (!isOverdraftError(error)) throw error
    }
    if (place === Math.floor(happens.length / 2)) await sync()
  }
  venue.clock.advanceTo(venue.clock.now() + 3 * hourMs + minuteMs)
  await sync()
  const now = venue.clock.now()
  await venue.close()
  return { book, account: member.account, now }
}

/** A debt that comes and goes between two replies, so that none ever shows its asset. */
const betweenReplies: readonly Happening[] = [
  { afterMs: 2000, command: { kind: 'borrow-isolated', account: 'okx', asset: 'BTC', instId: 'BTC-USDT', amount: '0.00000001' } },
  { afterMs: 3_568_000, command: { kind: 'repay-isolated', account: 'okx', asset: 'BTC', instId: 'BTC-USDT', amount: '0.00000002' } },
  { afterMs: 2000, command: { kind: 'borrow-spot', account: 'okx', asset: 'USDT', amount: '0.00000001' } },
]

/** A span within what was synced, its bounds anywhere. */
const bounds = fc.tuple(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.boolean())

async function assertAddsUp(book: Book, account: BookAccount, within: Interval): Promise<readonly AssetStatement[]> {
  const statements = await readStatement(book, account, within)
  for (const { asset: name, lines, reconciled } of statements) {
    expect(reconciled, name).toBeDefined()
    if (reconciled === undefined) continue
    const { opening, closing, ownBalance, unexplained } = reconciled
    const total = add(add(add(opening.debt, sum(lines.map((line) => line.amount))), ownBalance), unexplained)
    expect(equals(total, closing.debt), `${name}: ${toText(total)} is not ${toText(closing.debt)}`).toBe(true)
    expect(toText(strip(unexplained)), `${name} unexplained`).toBe('0')
  }
  return statements
}

describe('opening debt and all lines are the closing debt, and nothing is left unexplained', () => {
  test.each([
    ['main', onBinance, []],
    ['okx', onOkx, betweenReplies],
  ] as const)(
    'whatever happens to %s',
    async (label, command, example) => {
      let checked = 0
      await fc.assert(
        fc.asyncProperty(steps(command), bounds, async (happens, [share, isFirst]) => {
          const { book, account, now } = await lived(label, happens)
          const bound = began + Math.floor((now - began) * share)
          await assertAddsUp(book, account, isFirst ? interval(began + 1, bound + 2) : interval(bound, now + clockSlackMs))
          const whole = await assertAddsUp(book, account, interval(began + 1, now + clockSlackMs))
          checked += whole.filter(({ reconciled }) => reconciled?.isChecked === true).length
          await book.close()
        }),
        { numRuns: 12, examples: example.length === 0 ? [] : [[example, [0.01, false]]] },
      )
      expect(checked).toBeGreaterThan(0)
    },
    60_000,
  )
})
