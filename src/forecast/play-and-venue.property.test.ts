import fc from 'fast-check'
import { expect, test } from 'vitest'
import { factsOfVenue } from '../../test/support/facts-of-venue.ts'
import { compare, strip } from '../decimal/arithmetic.ts'
import { type Decimal, decimal, decimalOf, toText } from '../decimal/decimal.ts'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import type { Venue } from '../venue/venue.ts'
import type { WrittenCommand } from '../venue/written-command.ts'
import { chargesBetween, play } from './play.ts'
import { stateOfAccount } from './state-of-account.ts'
import type { WhatIfAction } from './what-if-action.ts'

const runs = 30
const began = parseInstant('2026-03-10T12:00:00Z')

const assets = ['USDT', 'BTC', 'ETH'] as const
const asset = fc.constantFrom(...assets)
const amount = fc.bigInt({ min: 1n, max: 10n ** 13n }).map((mantissa) => decimalOf(mantissa, 8))
const rate = fc.bigInt({ min: 1n, max: 10n ** 5n }).map((mantissa) => decimalOf(mantissa, 8))
const at = fc.integer({ min: 1, max: 3 * 24 * 60 - 1 }).map((minutes) => minutes * minuteMs + 1)

/** Something that happens to the venue's account before it is looked at; what the venue refuses does not happen. */
const onBinance: fc.Arbitrary<WrittenCommand> = fc.oneof(
  fc.record({ kind: fc.constant('deposit' as const), account: fc.constant('main'), asset, amount }),
  fc.record({
    kind: fc.constant('book' as const),
    account: fc.constant('main'),
    wallet: fc.constantFrom('um' as const, 'cm' as const),
    asset,
    amount: amount.map(({ mantissa, scale }) => decimalOf(-mantissa, scale)),
    reason: fc.constant('profit-or-loss' as const),
  }),
  fc.record({ kind: fc.constant('set-repay-switch' as const), account: fc.constant('main'), on: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('borrow' as const, 'lock' as const), account: fc.constant('main'), asset, amount }),
  fc.record({ kind: fc.constant('set-rate' as const), exchange: fc.constant('binance' as const), asset, rateDaily: rate }),
)

const onOkx: fc.Arbitrary<WrittenCommand> = fc.oneof(
  fc.record({ kind: fc.constant('deposit' as const), account: fc.constant('okx'), asset, amount }),
  fc.record({
    kind: fc.constant('book' as const),
    account: fc.constant('okx'),
    wallet: fc.constant('cash' as const),
    asset,
    amount: amount.map(({ mantissa, scale }) => decimalOf(-mantissa, scale)),
    reason: fc.constant('funding' as const),
  }),
  fc.record({ kind: fc.constantFrom('borrow-spot' as const, 'repay-spot' as const), account: fc.constant('okx'), asset, amount }),
  fc.record({
    kind: fc.constantFrom('borrow-isolated' as const, 'repay-isolated' as const),
    account: fc.constant('okx'),
    asset,
    instId: fc.constantFrom('BTC-USDT', 'ETH-USDT'),
    amount,
  }),
  fc.record({
    kind: fc.constant('set-unrealised' as const),
    account: fc.constant('okx'),
    wallet: fc.constant('cash-unrealised' as const),
    asset,
    amount: amount.map(({ mantissa, scale }) => decimalOf(-mantissa, scale)),
  }),
  fc.record({ kind: fc.constant('set-free-quota' as const), asset, amount }),
  fc.record({ kind: fc.constant('set-rate' as const), exchange: fc.constant('okx' as const), asset, rateDaily: rate }),
)

const wish = fc.record({
  verb: fc.constantFrom('repay' as const, 'deposit' as const),
  asset,
  amount: fc.oneof(amount, fc.constant('all' as const)),
  at,
})

async function freshVenue(free: Decimal = decimal('10')): Promise<Venue> {
  const venue = await createVenue({
    scenario: 'empty',
    mode: { kind: 'frozen', at: began },
    behaviour: { okxStablecoinQuota: 'own', okxRecordDelayMs: 0 },
  })
  for (const each of assets) venue.apply({ kind: 'set-thresholds', asset: each, free, maximum: '1000000000' })
  venue.apply({ kind: 'deposit', account: 'okx', asset: 'BNB', amount: '1000000000' })
  venue.apply({ kind: 'deposit', account: 'main', asset: 'BNB', amount: '1000000000' })
  return venue
}

/** Carries out what the venue does not refuse. */
function tell(venue: Venue, command: WrittenCommand): boolean {
  try {
    venue.apply(command)
    return true
  } catch (error) {
    if (!isOverdraftError(error)) throw error
    return false
  }
}

interface Line {
  readonly at: number
  readonly name: string
  readonly interest: Decimal
  readonly principal: Decimal
}

function linesOfVenue(venue: Venue, account: string, after: number): readonly Line[] {
  const [state] = venue.truth(account).accounts
  if (state?.exchange === 'okx') {
    return state.charges
      .filter((charge) => charge.at > after)
      .map((charge) => ({
        at: charge.at,
        name: `${charge.asset} ${charge.marginMode} ${charge.instId}`.trim(),
        interest: charge.interest,
        principal: charge.liability,
      }))
  }
  const rows = [
    ...(state?.charges ?? []).map((charge) => ({ ...charge, of: '' })),
    ...(state?.loanCharges ?? []).map((charge) => ({ ...charge, of: 'margin-loan' })),
  ]
  return rows
    .filter((charge) => charge.at > after)
    .map((charge) => ({
      at: charge.at,
      name: `${charge.asset} ${charge.of}`.trim(),
      interest: charge.interest,
      principal: charge.principal,
    }))
}

const textOf = ({ at, name, principal, interest }: Line) => `${at} ${name} ${toText(strip(principal))} ${toText(strip(interest))}`

/** Plays what the book would know, and lets the venue do the same; gives the charges of both. */
async function both(venue: Venue, account: string, actions: readonly WhatIfAction[], until: number) {
  const now = venue.clock.now()
  const state = stateOfAccount(factsOfVenue(venue, account), now)
  const played = play({ state, from: now, until, actions })
  const fork = await venue.fork()
  for (const event of played.events) {
    if (event.kind !== 'action') continue
    fork.clock.advanceTo(event.at)
    fork.apply({ kind: 'deposit', account, asset: event.action.asset, amount: event.amount })
    if (event.action.verb === 'repay') repayOn(fork, account, event.action.asset, event.amount)
  }
  fork.clock.advanceTo(until)
  const foreseen = chargesBetween(played, now, until).map((charge) => ({
    at: charge.at,
    name: `${charge.asset} ${charge.position}`.trim(),
    interest: charge.interest ?? decimal('0'),
    principal: charge.principal,
    certainty: charge.certainty,
  }))
  const charged = linesOfVenue(fork, account, now)
  await fork.close()
  return { foreseen, charged, events: played.events }
}

/** The coins are there: what they repay on the venue is repaid in the order in which a forecast does. */
function repayOn(venue: Venue, account: string, name: string, amount: Decimal): void {
  const [state] = venue.truth(account).accounts
  if (state?.exchange === 'binance') {
    tell(venue, { kind: 'repay-futures', account })
    const row = state.balances.find((balance) => balance.asset === name)
    if (row !== undefined && row.negative.mantissa === 0n && row.crossBorrowed.mantissa > 0n)
      tell(venue, { kind: 'repay-loan', account, asset: name, amount })
  }
}

/** What is foreseen as exact is charged so, nothing else is charged more than foreseen, and nothing comes that was not. */
function hold(foreseen: readonly (Line & { readonly certainty: string })[], charged: readonly Line[]): number {
  const came = new Map(charged.map((line) => [`${line.at} ${line.name}`, line]))
  const exact = foreseen.filter(({ certainty }) => certainty === 'exact')
  expect(exact.map((line) => textOrNothing(came.get(`${line.at} ${line.name}`)))).toEqual(exact.map(textOf))
  for (const line of foreseen) {
    const interest = came.get(`${line.at} ${line.name}`)?.interest ?? decimal('0')
    expect(compare(interest, line.interest), `${textOf(line)} came as ${toText(interest)}`).toBeLessThanOrEqual(0)
  }
  const names = new Set(foreseen.map((line) => `${line.at} ${line.name}`))
  expect([...came.keys()].filter((name) => !names.has(name))).toEqual([])
  return exact.length
}

const textOrNothing = (line: Line | undefined) => (line === undefined ? 'nothing' : textOf(line))

test('on Binance what is foreseen as exact is charged so to the last digit, and what is at most is never passed', async () => {
  let exact = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(onBinance, fc.integer({ min: 0, max: 20 })), { minLength: 3, maxLength: 12 }),
      fc.array(wish, { maxLength: 3 }),
      amount,
      async (steps, wishes, free) => {
        const venue = await freshVenue(free)
        for (const [command, hours] of steps) {
          tell(venue, command)
          venue.clock.advanceBy(hours * hourMs + 1)
        }
        const now = venue.clock.now()
        const owing = factsOfVenue(venue, 'main')
          .balances.filter(({ total }) => total.mantissa < 0n)
          .map((balance) => balance.asset)
        // One kind of debt at a time: a repayment that covers a balance and a loan is two commands of the venue.
        const loans = new Set(factsOfVenue(venue, 'main').loanCharges?.map((charge) => charge.asset))
        const actions = wishes
          .filter((each) => each.verb === 'deposit' || (owing.includes(each.asset) && !loans.has(each.asset)))
          .filter((each) => each.verb === 'repay' || each.amount !== 'all')
          .filter((each, index, all) => all.findIndex((other) => other.asset === each.asset) === index)
          .map((each) => ({ ...each, account: 'main', at: now + each.at }))
        const { foreseen, charged } = await both(venue, 'main', actions, now + 3 * dayMs)
        exact += hold(foreseen, charged)
        await venue.close()
      },
    ),
    { numRuns: runs },
  )
  expect(exact).toBeGreaterThan(20)
}, 120_000)

test('on OKX every hour of every debt is foreseen to the last digit while rates and prices stay', async () => {
  let exact = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(onOkx, fc.integer({ min: 0, max: 5 })), { minLength: 3, maxLength: 12 }),
      fc.array(wish, { maxLength: 3 }),
      async (steps, wishes) => {
        const venue = await freshVenue()
        for (const [command, hours] of steps) {
          tell(venue, command)
          venue.clock.advanceBy(hours * hourMs + 1)
        }
        // So that every debt has been charged once as it stands.
        venue.clock.advanceBy(hourMs)
        const now = venue.clock.now()
        const facts = factsOfVenue(venue, 'okx')
        const [state] = venue.truth('okx').accounts
        const overdrawn = new Set(
          state?.exchange === 'okx'
            ? state.balances
                .filter(({ cash, isolated, spotBorrowed }) => cash.mantissa < 0n && isolated.length === 0 && spotBorrowed.mantissa === 0n)
                .map((row) => row.asset)
            : [],
        )
        const actions = wishes
          .filter((each) => (each.verb === 'deposit' ? each.amount !== 'all' : overdrawn.has(each.asset)))
          .filter((each, index, all) => all.findIndex((other) => other.asset === each.asset) === index)
          .map((each) => ({ ...each, account: 'okx', at: now + each.at }))
        expect(facts.balancesAt).toBe(now)
        const { foreseen, charged } = await both(venue, 'okx', actions, now + 3 * dayMs)
        exact += hold(foreseen, charged)
        await venue.close()
      },
    ),
    { numRuns: runs },
  )
  expect(exact).toBeGreaterThan(500)
}, 120_000)
