import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../../test/support/command-line.ts'
import { seededRandom, seedOfRun } from '../../test/support/random.ts'
import { leapingClock, venueMembers } from '../../test/support/venue-sync.ts'
import { openBook } from '../book/open-book.ts'
import { add, compare, isNegative, negate, strip, sum } from '../decimal/arithmetic.ts'
import { type Decimal, decimal, toText, zero } from '../decimal/decimal.ts'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { syncAll } from '../sync/sync-all.ts'
import { isoInstant, parseInstant } from '../time/instant.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import type { ShippedScenario } from '../venue/scenarios/shipped-files.ts'
import type { Venue } from '../venue/venue.ts'
import type { WrittenCommand } from '../venue/written-command.ts'

/**
 * One figure, one answer: every face of a synced world is asked for the same figure, and the venue for the right one.
 * `OVERDRAFT_SEED=<seed>` plays the random worlds of a run again.
 */
const seed = seedOfRun()

type Cells = Readonly<Record<string, string>>

const plain = (text: string | null | undefined) =>
  text === null || text === undefined || text === '' ? 'none' : toText(strip(decimal(text)))
const plainOf = (amount: Decimal) => toText(strip(amount))

/** Rows of a CSV none of whose cells has a comma. */
function csvRows(text: string): readonly Cells[] {
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [names[place] ?? '', cell])))
}

/** A synced home, and what runs a command line on it at the instant of its newest balances. */
async function syncedHome(venue: Venue) {
  const home = mkdtempSync(join(tmpdir(), 'overdraft-figures-'))
  const clock = leapingClock(venue)
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock })
  const accounts = venueMembers(venue, clock)
  for (const { account } of accounts) await book.addAccount(account)
  const since = venue.clock.now() - 45 * dayMs
  // The first sync waits for budgets while the venue moves on; the second has little to ask, and its balances are of now.
  for (const _ of [1, 2]) {
    const outcomes = await syncAll({ book, accounts, clock, since })
    expect(outcomes.map(({ ended, error }) => error?.message ?? ended)).toEqual(accounts.map(() => 'done'))
  }
  await book.close()
  // A second later, so that what happened at this very instant is in a span that ends now.
  const at = venue.clock.now() + secondMs
  const ask = async (line: string) => {
    const said = await run(line, { home, clock: new ManualClock(at) })
    expect([line, said.stderr, said.code]).toEqual([line, expect.any(String), expect.toBeOneOf([0, 1, 7])])
    return said.stdout
  }
  return { home, ask, at, since }
}

/** What is owed as the venue has it. */
function owedInTruth(venue: Venue, label: string): ReadonlyMap<string, { readonly principal: Decimal; readonly unpaid: Decimal }> {
  const [state] = venue.truth(label).accounts
  const lack = (wallet: Decimal) => (isNegative(wallet) ? negate(wallet) : zero)
  const owed =
    state?.exchange === 'binance'
      ? state.balances.map((row) => [row.asset, { principal: add(lack(row.um), lack(row.cm)), unpaid: row.crossInterest }] as const)
      : (state?.balances ?? []).map((row) => {
          const principal = add(row.crossLiability, sum(row.isolated.map(({ liability }) => liability)))
          return [row.asset, { principal, unpaid: row.interest }] as const
        })
  return new Map(owed.filter(([, { principal, unpaid }]) => compare(add(principal, unpaid), zero) !== 0))
}

/** What is charged within a day if nobody does anything, on a fork. */
async function chargedWithinADay(venue: Venue, label: string): Promise<ReadonlyMap<string, Decimal>> {
  const from = venue.clock.now()
  const fork = await venue.fork()
  fork.clock.advanceTo(from + dayMs)
  const [state] = fork.truth(label).accounts
  const charges = state?.exchange === 'binance' ? [...state.charges, ...state.loanCharges] : (state?.charges ?? [])
  const charged = new Map<string, Decimal>()
  for (const { asset, at, interest } of charges)
    if (at > from && at <= from + dayMs) charged.set(asset, add(charged.get(asset) ?? zero, interest))
  await fork.close()
  return charged
}

/** What JSON tells of one account. */
interface Told {
  readonly account: string
  readonly assets: readonly Cells[]
  readonly charges: number
  readonly sums: readonly { readonly asset: string; readonly charged: string }[]
}

const owedOf = ({ principal, unpaidInterest, owed }: Cells) => [principal, unpaidInterest, owed].map(plain)

async function assertOneFigure(venue: Venue): Promise<{ readonly owed: number; readonly exact: number; readonly charged: number }> {
  const { home, ask, at, since } = await syncedHome(venue)
  const count = { owed: 0, exact: 0, charged: 0 }
  const status = JSON.parse(await ask('status --json'))
  const forecast = JSON.parse(await ask('forecast --json'))
  const statusCsv = csvRows(await ask('status --csv'))
  const forecastCsv = csvRows(await ask('forecast --csv'))
  const until = isoInstant(at)
  const span = `--since ${isoInstant(since)} --until ${until} --allow-gaps`
  const audit = JSON.parse(await ask('audit --json --allow-gaps'))
  const ofAccount = (accounts: readonly Told[], label: string) => accounts.find(({ account }) => account === label) as Told
  for (const { label } of venue.accounts) {
    const truth = owedInTruth(venue, label)
    const toCome = await chargedWithinADay(venue, label)
    const month = until.slice(0, 7)
    const { statements } = JSON.parse(await ask(`statement ${label} ${month} --json --allow-gaps`))
    const lines = csvRows(await ask(`statement ${label} ${month} --csv --allow-gaps`))
    const rows: readonly Cells[] = ofAccount(status.accounts, label).assets
    // What is owed and not told anywhere would be missing here.
    const telling = rows.filter((row) => plain(row['owed']) !== '0').map((row) => row['asset'])
    expect(telling, label).toEqual([...truth.keys()].sort())
    for (const row of rows) {
      const asset = row['asset'] ?? ''
      const name = `${label} ${asset}`
      const own = (cells: Cells) => cells['account'] === label && cells['asset'] === asset
      const foretold = ofAccount(forecast.accounts, label).assets.find((each) => each['asset'] === asset) ?? {}
      const { principal = zero, unpaid = zero } = truth.get(asset) ?? {}
      const right = [principal, unpaid, add(principal, unpaid)].map(plainOf)
      const closing = statements.find((each: Cells) => each['asset'] === asset)?.lines.at(-1)
      const closingCsv = lines.find((line) => own(line) && line['line'] === 'closing debt')
      const faces = {
        'status --json': row,
        'status --csv': statusCsv.find(own),
        forecast: foretold,
        'forecast --csv': forecastCsv.find(own),
      }
      for (const [face, cells] of Object.entries(faces)) expect([name, face, owedOf(cells ?? {})]).toEqual([name, face, right])
      for (const [face, cells] of Object.entries({ statement: closing, 'statement --csv': closingCsv }))
        if (right[2] !== '0') expect([name, face, owedOf({ ...cells, owed: cells?.amount })]).toEqual([name, face, right])
      if (right[2] !== '0') {
        count.owed++
        const played = await run(['forecast', label, '--json', '--if', `repay all ${asset}`], { home, clock: new ManualClock(at) })
        const [{ assets: differing }] = JSON.parse(played.stdout).accounts
        const { without, with: after } = differing.find((each: Cells) => each['asset'] === asset).owedAfterwards
        expect([name, 'forecast --if', owedOf(without), owedOf(after)]).toEqual([name, 'forecast --if', right, ['0', '0', '0']])
      }
      const cost = plain(row['costPerDay'])
      const costs = [statusCsv.find(own)?.['costPerDay'], foretold['next24Hours'], forecastCsv.find(own)?.['next24Hours']].map(plain)
      expect([name, ...costs]).toEqual([name, cost, cost, cost])
      for (const field of ['rateDaily', 'rateAt', 'rateFrom', 'nextChargeAt', 'freePart', 'toAutoExchange', 'negativeBalance'])
        expect([name, field, foretold[field]]).toEqual([name, field, row[field]])
      const comes = toCome.get(asset) ?? zero
      if (row['costCertainty'] === 'exact') {
        count.exact++
        expect([name, cost]).toEqual([name, plainOf(comes)])
      }
      if (row['costCertainty'] === 'at-most') expect(compare(comes, decimal(cost)), `${name} costs at most ${cost}`).toBeLessThanOrEqual(0)
    }
    count.charged += await assertSameCharges(venue, { label, since, at, span, ask, audited: ofAccount(audit.accounts, label), home })
  }
  return count
}

interface ChargeQuestion {
  readonly label: string
  readonly since: number
  readonly at: number
  readonly span: string
  readonly ask: (line: string) => Promise<string>
  readonly audited: Told
  readonly home: string
}

/** Charges and their sums: interest, audit and exports, of the time that was synced. */
async function assertSameCharges(venue: Venue, { label, since, at, span, ask, audited, home }: ChargeQuestion): Promise<number> {
  const [state] = venue.truth(label).accounts
  const charges = (state?.charges ?? []).filter(
    (charge) => charge.at >= since && charge.at < at && !('visibleAt' in charge && charge.visibleAt > at),
  )
  const sums = new Map<string, { count: number; interest: Decimal }>()
  const tally = (asset: string, interest: Decimal) => {
    const known = sums.get(asset) ?? { count: 0, interest: zero }
    sums.set(asset, { count: known.count + 1, interest: add(known.interest, interest) })
  }
  for (const { asset, interest } of charges) tally(asset, interest)
  const right = [...sums].map(([asset, { count, interest }]) => `${asset} ${count} ${plainOf(interest)}`).sort()
  const told = (rows: readonly Cells[]) => rows.map((row) => `${row['asset']} ${row['charges']} ${plain(row['interest'])}`).sort()
  expect([label, told(JSON.parse(await ask(`interest ${label} --by asset --json ${span}`)).totals)]).toEqual([label, right])
  const csv = csvRows(await ask(`interest ${label} --by asset --csv ${span}`)).filter((row) => row['asset'] !== '')
  expect([label, told(csv)]).toEqual([label, right])
  for (const format of ['csv', 'jsonl']) {
    const out = join(home, `${label}.${format}`)
    const text = await ask(`export ${label} --format ${format} --out - ${span}`)
    sums.clear()
    const rows: readonly Cells[] =
      format === 'csv'
        ? csvRows(text)
        : text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line))
    for (const row of rows) if (row['record'] === 'charge') tally(row['asset'] ?? '', decimal(row['interest'] ?? ''))
    const exported = [...sums].map(([asset, { count, interest }]) => `${asset} ${count} ${plainOf(interest)}`).sort()
    expect([out, exported]).toEqual([out, right])
  }
  // The audit judges charges on margin loans as well.
  sums.clear()
  const loans = state?.exchange === 'binance' ? state.loanCharges.filter((charge) => charge.at >= since && charge.at < at) : []
  for (const { asset, interest } of [...charges, ...loans]) tally(asset, interest)
  expect([label, audited.charges]).toEqual([label, charges.length])
  const judged = audited.sums.map(({ asset, charged }) => `${asset} ${plain(charged)}`)
  expect([label, judged.sort()]).toEqual([label, [...sums].map(([asset, { interest }]) => `${asset} ${plainOf(interest)}`).sort()])
  return charges.length
}

async function assertCertified(venue: Venue): Promise<void> {
  const { home, ask } = await syncedHome(venue)
  const [certificate, file] = [join(home, 'all.cert'), join(home, 'all.csv')]
  await ask(`coverage --certificate ${certificate}`)
  await ask(`export --format csv --out ${file} --allow-gaps`)
  const said = await run(`verify ${certificate} --export ${file}`, { home })
  expect([said.code, said.all]).toEqual([0, expect.any(String)])
}

test.each<ShippedScenario>(['funding-bleed', 'quiet-month', 'okx-forced-repayment', 'vip-downgrade', 'auto-exchange-cascade'])(
  'every face says the same of %s, and the venue says it is right',
  async (scenario: ShippedScenario) => {
    const venue = await createVenue({ scenario, mode: { kind: 'frozen', at: parseInstant('2026-03-20T10:40:00Z') } })
    const { owed } = await assertOneFigure(venue)
    expect(owed).toBeGreaterThan(0)
    if (scenario === 'quiet-month') await assertCertified(venue)
    await venue.close()
  },
)

const assets = ['USDT', 'BTC', 'ETH', 'BNB'] as const

/** Something that happens, on either exchange; what the venue refuses does not happen. */
function happening(below: (bound: number) => number): WrittenCommand {
  const asset = assets[below(assets.length)] ?? 'USDT'
  const amount = String(1 + below(5_000))
  const lost = `-${amount}`
  switch (below(9)) {
    case 0:
      return { kind: 'book', account: 'main', wallet: 'um', asset, amount: lost, reason: 'profit-or-loss' }
    case 1:
      return { kind: 'book', account: 'main', wallet: 'cm', asset, amount: lost, reason: 'funding' }
    case 2:
      return { kind: 'deposit', account: 'main', asset, amount }
    case 3:
      return { kind: 'borrow', account: 'main', asset, amount }
    case 4:
      return { kind: 'set-repay-switch', account: 'main', on: below(2) === 0 }
    case 5:
      return { kind: 'book', account: 'okx', wallet: 'cash', asset, amount: lost, reason: 'funding' }
    case 6:
      return { kind: 'borrow-spot', account: 'okx', asset, amount }
    case 7:
      return { kind: 'borrow-isolated', account: 'okx', asset, instId: 'BTC-USDT', amount }
    default:
      return { kind: 'deposit', account: 'okx', asset, amount }
  }
}

test.each([1, 2, 3, 4])('every face says the same of random world %i, and the venue says it is right', async (world) => {
  const below = seededRandom(seed + world)
  const began = parseInstant('2026-03-10T12:30:00Z')
  const venue = await createVenue({ scenario: 'empty', mode: { kind: 'frozen', at: began } })
  for (const [place, asset] of assets.entries()) {
    venue.apply({ kind: 'set-price', asset, price: decimal(String(10 ** place)) })
    venue.apply({ kind: 'set-collateral-rate', asset, rate: '0.9' })
    venue.apply({ kind: 'set-thresholds', asset, free: String(below(3) * 100), maximum: '5000000' })
    for (const exchange of ['binance', 'okx'] as const)
      venue.apply({ kind: 'set-rate', exchange, asset, rateDaily: decimal(`0.000${10 + below(89)}`) })
  }
  for (const account of ['main', 'okx']) venue.apply({ kind: 'deposit', account, asset: 'BTC', amount: '1000000' })
  for (let left = 14; left > 0; left--) {
    try {
      venue.apply(happening(below))
    } catch (error) {
      if (!isOverdraftError(error)) throw error
    }
    venue.clock.advanceBy((1 + below(11)) * hourMs)
  }
  venue.clock.advanceTo(Math.ceil(venue.clock.now() / hourMs) * hourMs + 25 * minuteMs)
  const counted = await assertOneFigure(venue).catch((error: unknown) => {
    throw new Error(`OVERDRAFT_SEED=${seed}`, { cause: error })
  })
  expect(counted.charged).toBeGreaterThan(0)
  await venue.close()
})
