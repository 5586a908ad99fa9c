import ccxt from 'ccxt'
import { interval } from '../../src/time/interval.ts'
import { covers, intervalSet } from '../../src/time/interval-set.ts'
import { hourMs, secondMs } from '../../src/time/units.ts'
import { bookRows } from './book-rows.ts'
import { setUp, sync, trouble } from './stage.ts'
import { drawWorld, type Resident, type World } from './world.ts'

/** What one way of fetching charges came to, over all accounts of all worlds. */
interface Tally {
  accounts: number
  truth: number
  fetched: number
  /** Accounts of which it said that it was done. */
  successes: number
  /** Rows missing from accounts of which it said so. */
  lostUnsaid: number
}

/** A charge, as all ways tell it. */
interface Found {
  readonly at: number
  readonly asset: string
}

type Ask = (since: number, until: number | undefined, more?: Readonly<Record<string, unknown>>) => Promise<readonly Found[]>
type Walk = (ask: Ask, since: number, until: number) => Promise<void>
type Exchange = InstanceType<typeof ccxt.Exchange>
type Call = (parameters: Readonly<Record<string, unknown>>) => Promise<unknown>

const pageRows = 100
const pagesMax = 3_000

/** As the pages of ccxt show it: from a beginning on, always behind the newest row that came. */
const sinceLoop: Walk = async (ask, since) => {
  for (let [from, pages] = [since, 0]; pages < pagesMax; pages++) {
    const rows = await ask(from, undefined)
    if (rows.length === 0) return
    from = Math.max(...rows.map(({ at }) => at)) + 1
  }
}

/** The same in windows of 30 days, as far as the exchange takes. */
const windows: Walk = async (ask, since, until) => {
  for (let from = since; from < until; ) {
    const to = Math.min(from + 30 * 24 * 3_600 * secondMs - 1, until)
    const rows = await ask(from, to)
    from = rows.length < pageRows ? to + 1 : Math.max(...rows.map(({ at }) => at)) + 1
  }
}

const paginate: Walk = async (ask, since) => {
  await ask(since, undefined, { paginate: true })
}

const ways: readonly (readonly [name: string, of: 'endpoint' | 'unified', walk: Walk])[] = [
  ['endpoint through ccxt, since = newest + 1', 'endpoint', sinceLoop],
  ['endpoint through ccxt, windows of 30 days', 'endpoint', windows],
  ['fetchBorrowInterest, since = newest + 1', 'unified', sinceLoop],
  ['fetchBorrowInterest, paginate: true', 'unified', paginate],
]

/** The same worlds, without faults and with them, fetched by ccxt as its users do, and by one sync of ours; prints a table. */
export async function printBeside(first: number, count: number): Promise<number> {
  const tallies = new Map<string, Tally>()
  for (let seed = first; seed < first + count; seed++) {
    for (const isTroubled of [false, true]) {
      for (const exchange of ['binance', 'okx'] as const) {
        for (const [name, of, walk] of ways) {
          const key = `${exchange} | ${isTroubled ? 'faults' : 'none'} | ${name}`
          await tallyCcxt(tallyOf(tallies, key), { seed, isTroubled, exchange, of, walk })
        }
      }
      await tallyOurs(tallies, seed, isTroubled)
    }
  }
  console.log('exchange | faults | way | accounts | rows in truth | fetched | lost | said it was done | lost without a word')
  console.log('---|---|---|---:|---:|---:|---:|---:|---:')
  for (const [key, { accounts, truth, fetched, successes, lostUnsaid }] of [...tallies].sort()) {
    console.log([key, accounts, truth, fetched, truth - fetched, successes, lostUnsaid].join(' | '))
  }
  return [...tallies].some(([key, { lostUnsaid }]) => key.endsWith(`none | ${ours}`) && lostUnsaid > 0) ? 1 : 0
}

const ours = 'overdraft sync, once'

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? { accounts: 0, truth: 0, fetched: 0, successes: 0, lostUnsaid: 0 }
  tallies.set(key, tally)
  return tally
}

interface Attempt {
  readonly seed: number
  readonly isTroubled: boolean
  readonly exchange: Resident['exchange']
  readonly of: 'endpoint' | 'unified'
  readonly walk: Walk
}

async function tallyCcxt(tally: Tally, { seed, isTroubled, exchange, of, walk }: Attempt): Promise<void> {
  const world = await drawWorld(seed)
  const stage = await setUp(world)
  if (isTroubled) trouble(stage)
  for (const resident of world.residents) {
    if (resident.exchange !== exchange) continue
    const truth = chargesOf(world, resident.label)
    const client = ccxtOf(world, resident)
    const found = new Set<string>()
    const ask = asking(client, resident.exchange, of)
    const counting: Ask = async (...asked) => {
      // Nobody is turned away for asking too fast: rows are what is looked at here.
      world.clock.pass(2 * secondMs)
      const rows = await ask(...asked)
      for (const { at, asset } of rows) found.add(`${at} ${asset}`)
      return rows
    }
    const isDone = await world.clock.during(
      walk(counting, world.beganAt, world.venue.clock.now()).then(
        () => true,
        () => false,
      ),
    )
    const fetched = [...truth].filter((key) => found.has(key)).length
    note(tally, truth.size, fetched, isDone, isDone ? truth.size - fetched : 0)
  }
  await stage.book.close()
  await world.venue.close()
}

async function tallyOurs(tallies: Map<string, Tally>, seed: number, isTroubled: boolean): Promise<void> {
  const world = await drawWorld(seed)
  const stage = { ...(await setUp(world)), since: world.beganAt }
  if (isTroubled) trouble(stage)
  const startedAt = world.venue.clock.now()
  const truths = world.residents.map((resident) => ({ ...resident, truth: chargesOf(world, resident.label) }))
  const outcomes = await world.clock.during(sync(stage, Number.POSITIVE_INFINITY))
  const held = [...(await bookRows(stage.book)).values()].filter(({ stream }) => stream === 'interest')
  for (const { label, exchange, truth } of truths) {
    const found = new Set(held.flatMap(({ account, at, key }) => (account === label ? [`${at} ${assetOf(key)}`] : [])))
    const fetched = [...truth].filter((key) => found.has(key)).length
    // What is not settled yet is not called proven, and so not lost.
    const wanted = interval(world.beganAt, startedAt - hourMs)
    const isWhole = covers(intervalSet(await stage.book.proven(label, 'interest')), wanted)
    const isDone = isWhole && outcomes.some(({ account, ended }) => account === label && ended === 'done')
    const settled = [...truth].filter((key) => Number.parseInt(key, 10) < wanted.to)
    const lost = isDone ? settled.filter((key) => !found.has(key)).length : 0
    note(tallyOf(tallies, `${exchange} | ${isTroubled ? 'faults' : 'none'} | ${ours}`), truth.size, fetched, isDone, lost)
  }
  await stage.book.close()
  await world.venue.close()
}

/** Account, stream and instant come before it in a row's key. */
function assetOf(key: string): string {
  return key.split(' ')[3] ?? ''
}

function note(tally: Tally, truth: number, fetched: number, isDone: boolean, lostUnsaid: number): void {
  tally.accounts += 1
  tally.truth += truth
  tally.fetched += fetched
  tally.successes += isDone ? 1 : 0
  tally.lostUnsaid += lostUnsaid
}

/** By instant and asset: the unified functions of ccxt do not tell of isolated positions which is which. */
function chargesOf({ venue }: World, label: string): ReadonlySet<string> {
  const [state] = venue.truth(label).accounts
  return new Set((state?.charges ?? []).map(({ at, asset }) => `${at} ${asset}`))
}

function ccxtOf({ venue }: World, { exchange, key }: Resident): Exchange {
  const { apiKey, secret, passphrase: password = '' } = key
  const options = {
    apiKey,
    secret,
    password,
    enableRateLimit: false,
    fetchImplementation: venue.fetch,
    nonce: () => venue.clock.now(),
  }
  const client = exchange === 'binance' ? new ccxt.binance(options) : new ccxt.okx(options)
  client.setMarkets([])
  return client
}

function asking(client: Exchange, exchange: Resident['exchange'], of: 'endpoint' | 'unified'): Ask {
  if (of === 'unified') {
    return async (since, until, more = {}) => {
      const bound = until === undefined ? {} : exchange === 'binance' ? { until } : { after: until + 1 }
      const parameters = { ...(exchange === 'binance' ? { portfolioMargin: true } : {}), ...bound, ...more }
      const rows = await client.fetchBorrowInterest(undefined, undefined, since, pageRows, parameters)
      return rows.map(({ timestamp, currency }) => ({ at: Number(timestamp), asset: String(currency) }))
    }
  }
  const calls = client as unknown as Readonly<Record<string, Call>>
  return async (since, until) => {
    if (exchange === 'binance') {
      const bounds = { startTime: since, ...(until === undefined ? {} : { endTime: until }), size: pageRows }
      const rows = (await calls['papiGetPortfolioInterestHistory']?.(bounds)) as { asset: string; interestAccuredTime: string }[]
      return rows.map((row) => ({ at: Number(row.interestAccuredTime), asset: row.asset }))
    }
    const bounds = { before: since - 1, ...(until === undefined ? {} : { after: until + 1 }), limit: pageRows }
    const reply = (await calls['privateGetAccountInterestAccrued']?.(bounds)) as { data: { ccy: string; ts: string }[] }
    return reply.data.map(({ ccy, ts }) => ({ at: Number(ts), asset: ccy }))
  }
}
