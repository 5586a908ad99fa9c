import type { Book } from '../../src/book/book-interface.ts'
import { openBook } from '../../src/book/open-book.ts'
import type { BookAccount } from '../../src/book/record.ts'
import { createBinanceClient } from '../../src/client/binance-client.ts'
import { createOkxClient } from '../../src/client/okx-client.ts'
import { Secret } from '../../src/errors/secret.ts'
import { coverageReport } from '../../src/sync/coverage.ts'
import { streamRule, streamRules } from '../../src/sync/stream-rule.ts'
import { syncAll } from '../../src/sync/sync-all.ts'
import type { SyncClient } from '../../src/sync/sync-client.ts'
import type { SyncOutcome } from '../../src/sync/sync-outcome.ts'
import type { Clock } from '../../src/time/clock.ts'
import { contains } from '../../src/time/interval.ts'
import { dayMs, hourMs, minuteMs } from '../../src/time/units.ts'
import type { FaultRule } from '../../src/venue/faults/rule.ts'
import { bookRows } from './book-rows.ts'
import { drawFaults } from './draw-faults.ts'
import { agree, rowText } from './row.ts'
import { watched } from './shown-rows.ts'
import { trueRows } from './true-rows.ts'
import { mayBeWithheld } from './withheld.ts'
import { drawWorld, something, type World } from './world.ts'

export interface DifferentialOutcome {
  readonly seed: number
  readonly rows: number
  readonly syncs: number
  readonly faults: number
  /** True rows within proven spans that no reply ever showed, because a fault hid them from every one. */
  readonly withheld: number
}

/** Something that must hold does not. */
export class Broken extends Error {
  readonly script: readonly string[]

  constructor(message: string, script: readonly string[]) {
    super(message)
    this.script = script
  }
}

interface Stage {
  readonly world: World
  readonly book: Book
  readonly accounts: readonly { readonly account: BookAccount; readonly client: SyncClient }[]
  readonly own: { setMs: number }
  readonly shown: Set<string>
  /** Every rule whose fault was given to some call. */
  readonly given: Map<string, FaultRule>
  readonly script: string[]
  readonly since: number | undefined
  syncs: number
  faults: number
}

/** Longer than any ban or pause that faults can cause. */
const calmMs = 3 * dayMs + 25 * minuteMs

/** Plays one world from its seed. @throws Broken */
export async function playDifferential(seed: number): Promise<DifferentialOutcome> {
  const world = await drawWorld(seed)
  const stage = await setUp(world)
  try {
    const rounds = world.draws.between(2, 6)
    for (let round = 0; round < rounds; round++) {
      await troubledSync(stage)
      await check(stage)
    }
    const withheld = await calmEnd(stage)
    return { seed, rows: trueRows(world.venue.truth()).size, syncs: stage.syncs, faults: stage.faults, withheld }
  } finally {
    await stage.book.close()
    await world.venue.close()
  }
}

async function setUp(world: World): Promise<Stage> {
  const { clock, draws, venue, residents, beganAt } = world
  const own = { setMs: 0 }
  const ownClock: Clock = { now: () => clock.now() + own.setMs, steady: () => clock.now(), wait: clock.wait.bind(clock) }
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: ownClock })
  const shown = new Set<string>()
  const fetch = async (request: Request) => {
    clock.stir()
    const reply = await venue.fetch(request)
    clock.stir()
    return reply
  }
  const baseUrl = 'http://127.0.0.1:1'
  const random = () => 0.5
  const accounts = residents.map(({ label, exchange, key }) => {
    const { apiKey, secret, passphrase = '' } = key
    const common = { baseUrl, clock: ownClock, fetch, random }
    const credentials = { apiKey, secret: new Secret(secret) }
    const client =
      exchange === 'binance'
        ? createBinanceClient({ ...common, credentials: { ...credentials, signing: 'hmac' } })
        : createOkxClient({ ...common, credentials: { ...credentials, passphrase: new Secret(passphrase) } })
    const account: BookAccount = { label, exchange, baseUrl, addedAt: venue.clock.now(), mayRepay: false }
    return { account, client: watched(label, client, shown) }
  })
  for (const { account } of accounts) await book.addAccount(account)
  // Whole histories as a rule; a part of one now and then.
  const since = draws.percent(60) ? beganAt - draws.below(40) * dayMs : draws.percent(20) ? beganAt + 3 * dayMs : undefined
  return { world, book, accounts, own, shown, given: new Map(), script: [], since, syncs: 0, faults: 0 }
}

async function troubledSync(stage: Stage): Promise<void> {
  const { world, own } = stage
  const { draws, venue, clock } = world
  venue.faults.clear()
  for (const fault of drawFaults(draws)) {
    stage.script.push(`fault ${JSON.stringify(fault)}`)
    venue.faults.add(fault)
  }
  if (draws.percent(30)) own.setMs = draws.pick([0, 0, 1, -1]) * draws.pick([minuteMs, hourMs, 40 * dayMs])
  const atOnce = draws.percent(25) ? 2 : 1
  const stopAfter = draws.percent(45) ? draws.between(1, 25) : Number.POSITIVE_INFINITY
  stage.script.push(`${at(stage)} ${atOnce} sync(s), stopped after ${stopAfter} pages; own clock off by ${own.setMs} ms`)
  await clock.during(Promise.all(Array.from({ length: atOnce }, () => sync(stage, stopAfter))))
  noteGiven(stage)
  if (draws.percent(50)) something(world)
  const ms = draws.pick([0, minuteMs, 14 * minuteMs, hourMs, 5 * hourMs, dayMs, 4 * dayMs])
  if (draws.percent(20)) {
    stage.script.push(`the venue's clock is set ahead by ${ms} ms`)
    venue.clock.advanceBy(ms)
  } else clock.pass(ms)
  venue.advance()
}

async function sync(stage: Stage, stopAfter: number): Promise<readonly SyncOutcome[]> {
  const { book, accounts, since, script } = stage
  const stop = new AbortController()
  let pages = 0
  stage.syncs += 1
  const outcomes = await syncAll({
    book,
    accounts,
    clock: accounts[0]?.client.clock ?? stage.world.clock,
    since,
    signal: stop.signal,
    onProgress: (progress) => {
      if (progress.kind === 'page' && ++pages >= stopAfter) stop.abort()
    },
  })
  for (const { account, ended, error } of outcomes) script.push(`  ${account}: ${ended}${error === undefined ? '' : ` (${error.message})`}`)
  return outcomes
}

function noteGiven({ world, given, ...stage }: Stage): void {
  const { faults } = world.venue
  for (const { rule, given: times } of faults.list()) if (times > 0) given.set(`${stage.syncs} ${rule.name}`, rule)
}

/** Nothing is in the book that never was true; nothing is missing from what is proven that any reply showed. */
async function check(stage: Stage): Promise<number> {
  const { world, book, shown, given, script } = stage
  const truth = trueRows(world.venue.truth())
  const held = await bookRows(book)
  for (const row of held.values()) {
    const real = truth.get(row.key)
    if (real === undefined || !agree(row, real)) {
      throw new Broken(
        `the book holds ${rowText(row)}, and the truth is ${real === undefined ? 'that there is no such row' : rowText(real)}`,
        script,
      )
    }
  }
  let withheld = 0
  for (const { account } of stage.accounts) {
    for (const { stream } of streamRules(account.exchange)) {
      const proven = await book.proven(account.label, stream)
      for (const row of truth.values()) {
        if (row.account !== account.label || row.stream !== stream || held.has(row.key)) continue
        if (!proven.some((span) => contains(span, row.at))) continue
        if (shown.has(row.key)) throw new Broken(`lost although the exchange showed it: ${rowText(row)}`, script)
        if (!mayBeWithheld(row, account.exchange, given.values())) throw new Broken(`lost within a proven span: ${rowText(row)}`, script)
        withheld += 1
      }
    }
  }
  stage.faults = world.venue.faults.log.length
  return withheld
}

/** Without faults, further syncs come to the whole truth, but for what was withheld when it was proven. */
async function calmEnd(stage: Stage): Promise<number> {
  const { world, own, script, book } = stage
  const { venue, clock } = world
  venue.faults.clear()
  own.setMs = 0
  for (let attempt = 0; attempt < 3; attempt++) {
    clock.pass(attempt === 0 ? calmMs : 3 * hourMs)
    venue.advance()
    script.push(`${at(stage)} sync without faults`)
    const outcomes = await clock.during(sync(stage, Number.POSITIVE_INFINITY))
    const failed = outcomes.find(({ ended }) => ended !== 'done')
    if (failed !== undefined) throw new Broken(`without faults a sync ends ${failed.ended}: ${failed.error?.message}`, script)
  }
  const withheld = await check(stage)
  await checkComplete(stage)
  const held = await bookRows(book)
  for (const row of trueRows(venue.truth()).values()) {
    if (held.has(row.key) || row.at >= venue.clock.now() - hourMs || row.at < (stage.since ?? 0)) continue
    const exchange = stage.accounts.find(({ account }) => account.label === row.account)?.account.exchange ?? 'binance'
    if (!mayBeWithheld(row, exchange, stage.given.values())) throw new Broken(`never fetched: ${rowText(row)}`, script)
  }
  return withheld
}

async function checkComplete({ world, book, accounts, since, script }: Stage): Promise<void> {
  const now = world.venue.clock.now()
  for (const { account } of accounts) {
    for (const { stream } of streamRules(account.exchange)) {
      const { unproven, lost } = await coverageReport(book, account, stream, now, since)
      // What went past the exchange's retention while syncs failed is lost, and rightly called so.
      const keptFrom = now - (streamRule(account.exchange, stream)?.retentionMs ?? now)
      const gap = [...unproven.filter(({ from }) => from < now - 2 * hourMs), ...lost.filter(({ to }) => to > keptFrom)][0]
      if (gap !== undefined) {
        const span = `${new Date(gap.from).toISOString()} to ${new Date(gap.to).toISOString()}`
        throw new Broken(`not complete in the end: ${account.label} ${stream} ${span}`, script)
      }
    }
  }
}

function at({ world }: Stage): string {
  return new Date(world.venue.clock.now()).toISOString()
}
