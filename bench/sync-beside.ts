import ccxt from 'ccxt'
import { openBook } from '../src/book/open-book.ts'
import { syncAll } from '../src/sync/sync-all.ts'
import { dayMs, hourMs } from '../src/time/units.ts'
import { listenVenue } from '../src/venue/index.ts'
import type { Venue } from '../src/venue/venue.ts'
import { DrivenClock } from '../test/differential/driven-clock.ts'
import { type SyncWorldOptions, syncMembers, syncVenue } from '../test/support/sync-world.ts'

/** What one way of paging brought of one account's charges. */
export interface LostRows {
  readonly exchange: 'binance' | 'okx'
  readonly way: string
  readonly rowsInTruth: number
  readonly rows: number
  readonly requests: number
  /** What it ended with where it did not say that all is there. */
  readonly ended: string
}

/** A row as far as it takes to tell it from others. */
interface Row {
  readonly at: number
  readonly asset: string
}

interface Way {
  readonly name: string
  readonly walk: (ask: Ask, since: number, now: number) => Promise<void>
}

const startedAt = Date.UTC(2026, 5, 20, 10, 30)
const pageRows = 100
const windowMs = 30 * dayMs
const worlds: readonly SyncWorldOptions[] = [
  { exchange: 'binance', accounts: 1, debts: 6, days: 120 },
  { exchange: 'okx', accounts: 1, debts: 3, days: 30 },
]

/** As most bots page: from the newest row that came on, until nothing comes. */
const forward: Way = {
  name: 'a loop: since = last + 1, a page at a time',
  walk: async (ask, since, now) => {
    for (let cursor = since; cursor < now; ) {
      const rows = await ask(cursor, undefined)
      const last = Math.max(...rows.map(({ at }) => at))
      if (rows.length === 0) return
      cursor = last + 1
    }
  },
}

/** The same, in windows as long as the exchange allows. */
const forwardInWindows: Way = {
  name: 'a loop of windows of 30 days, since = last + 1 within',
  walk: async (ask, since, now) => {
    for (let cursor = since; cursor < now; ) {
      const until = Math.min(cursor + windowMs, now)
      const rows = await ask(cursor, until)
      cursor = rows.length < pageRows ? until : Math.max(...rows.map(({ at }) => at)) + 1
    }
  },
}

/** How many rows of the same worlds other ways of paging bring, and ours. */
export async function rowsLostBeside(): Promise<readonly LostRows[]> {
  const results: LostRows[] = []
  for (const world of worlds) {
    const clock = new DrivenClock(startedAt)
    const venue = await syncVenue(clock, world)
    const listening = await listenVenue(venue, { port: 0 })
    try {
      const since = startedAt - world.days * dayMs
      const exchange = ccxtOf(venue, listening.url)
      for (const [name, ask] of [
        ['', askRaw(exchange, world.exchange)],
        ['ccxt fetchBorrowInterest, ', askUnified(exchange, world.exchange)],
      ] as const) {
        for (const way of [forward, forwardInWindows])
          results.push(await walked(venue, clock, world, { ...way, name: name + way.name }, ask, since))
      }
      results.push(await walked(venue, clock, world, paginated, askUnified(exchange, world.exchange), since))
      results.push(await overdraft(venue, clock, world))
    } finally {
      await listening.close()
      await venue.close()
    }
  }
  return results
}

async function walked(
  venue: Venue,
  clock: DrivenClock,
  { exchange }: SyncWorldOptions,
  way: Way,
  ask: Ask,
  since: number,
): Promise<LostRows> {
  const seen = new Set<string>()
  let requests = 0
  let ended = 'nothing more came'
  const counting: Ask = async (from, until, more) => {
    // Limits are not what is looked at here.
    clock.pass(exchange === 'binance' ? 1_000 : 500)
    requests++
    const rows = await ask(from, until, more)
    for (const { at, asset } of rows) seen.add(`${at} ${asset}`)
    return rows
  }
  try {
    await way.walk(counting, since, startedAt)
  } catch (error) {
    ended = error instanceof Error ? error.message.slice(0, 80) : String(error)
  }
  return { exchange, way: way.name, rowsInTruth: truthOf(venue), rows: seen.size, requests, ended }
}

async function overdraft(venue: Venue, clock: DrivenClock, { exchange, days }: SyncWorldOptions): Promise<LostRows> {
  const { members, traffic } = syncMembers(venue, { clock, upMs: () => 5, downMs: () => 5 }, startedAt)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  for (const { account } of members) await book.addAccount(account)
  const [outcome] = await clock.during(syncAll({ book, accounts: members, clock, since: startedAt - days * dayMs - hourMs }))
  const rows = (await book.totals({ by: 'all' })).reduce((sum, { charges }) => sum + charges, 0)
  await book.close()
  const ended = outcome?.ended === 'done' ? 'proven complete' : String(outcome?.error?.message)
  return {
    exchange,
    way: 'overdraft sync, with all its other histories',
    rowsInTruth: truthOf(venue),
    rows,
    requests: traffic.requests,
    ended,
  }
}

function truthOf(venue: Venue): number {
  return venue.truth().accounts.reduce((sum, { charges }) => sum + charges.length, 0)
}

function ccxtOf(venue: Venue, url: string): InstanceType<typeof ccxt.Exchange> {
  const [access] = venue.accounts
  if (access === undefined) throw new Error('the venue has no account')
  const { apiKey, apiSecret: secret, passphrase: password = '' } = access
  const options = { apiKey, secret, password, enableRateLimit: false, nonce: () => venue.clock.now() }
  const exchange = access.exchange === 'binance' ? new ccxt.binance(options) : new ccxt.okx(options)
  const urls = exchange.urls['api'] as Record<string, string>
  if (access.exchange === 'binance') urls['papi'] = `${url}/papi/v1`
  else urls['rest'] = url
  exchange.setMarkets([])
  return exchange
}

type Ask = (since: number, until: number | undefined, more?: Record<string, unknown>) => Promise<readonly Row[]>
type Call = (parameters: Record<string, unknown>) => Promise<unknown>

/** The exchange's own endpoint of charges, as it answers. */
function askRaw(ccxtExchange: InstanceType<typeof ccxt.Exchange>, exchange: 'binance' | 'okx') {
  const calls = ccxtExchange as unknown as Record<string, Call>
  return async (since: number, until: number | undefined): Promise<readonly Row[]> => {
    if (exchange === 'binance') {
      const bounds = { startTime: since, ...(until === undefined ? {} : { endTime: until }) }
      const rows = await calls['papiGetPortfolioInterestHistory']?.({ ...bounds, size: pageRows })
      return (rows as { asset: string; interestAccuredTime: string }[]).map((row) => ({
        at: Number(row.interestAccuredTime),
        asset: row.asset,
      }))
    }
    const bounds = { before: since - 1, ...(until === undefined ? {} : { after: until + 1 }) }
    const reply = (await calls['privateGetAccountInterestAccrued']?.({ ...bounds, limit: pageRows })) as
      | { data: { ccy: string; ts: string }[] }
      | undefined
    return (reply?.data ?? []).map(({ ccy, ts }) => ({ at: Number(ts), asset: ccy }))
  }
}

function askUnified(ccxtExchange: InstanceType<typeof ccxt.Exchange>, exchange: 'binance' | 'okx') {
  return async (since: number, until: number | undefined, more: Record<string, unknown> = {}): Promise<readonly Row[]> => {
    const bound = until === undefined ? {} : exchange === 'binance' ? { until } : { after: until + 1 }
    const parameters = { ...(exchange === 'binance' ? { portfolioMargin: true } : {}), ...bound, ...more }
    const rows = await ccxtExchange.fetchBorrowInterest(undefined, undefined, since, pageRows, parameters)
    return rows.map(({ timestamp, currency }) => ({ at: Number(timestamp), asset: String(currency) }))
  }
}

/** `paginate: true`, which ccxt offers for other histories. */
const paginated: Way = {
  name: 'ccxt fetchBorrowInterest, paginate: true',
  walk: async (ask, since) => {
    await ask(since, undefined, { paginate: true })
  },
}
