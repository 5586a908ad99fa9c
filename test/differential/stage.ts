import type { Book } from '../../src/book/book-interface.ts'
import { openBook } from '../../src/book/open-book.ts'
import type { BookAccount } from '../../src/book/record.ts'
import { createBinanceClient } from '../../src/client/binance-client.ts'
import { CallBudgets } from '../../src/client/budget/call-budgets.ts'
import { PoolBudgets } from '../../src/client/budget/pool-budgets.ts'
import { createWeightBudget } from '../../src/client/budget/weight-budget.ts'
import { createOkxClient } from '../../src/client/okx-client.ts'
import { ServerTime } from '../../src/client/server-time.ts'
import { Secret } from '../../src/errors/secret.ts'
import { syncAll } from '../../src/sync/sync-all.ts'
import type { SyncClient } from '../../src/sync/sync-client.ts'
import type { SyncOutcome } from '../../src/sync/sync-outcome.ts'
import type { Clock } from '../../src/time/clock.ts'
import { dayMs } from '../../src/time/units.ts'
import type { FaultRule } from '../../src/venue/faults/rule.ts'
import { Draws } from '../simulation/draws.ts'
import type { AnswerCounts } from './check-answers.ts'
import { drawFaults } from './draw-faults.ts'
import { drawLies, Liar } from './lies.ts'
import { ShownRows, watched } from './shown-rows.ts'
import { isLarge, type World } from './world.ts'

/** A world, and a book that is synced from it. */
export interface Stage {
  readonly world: World
  readonly book: Book
  readonly accounts: readonly { readonly account: BookAccount; readonly client: SyncClient }[]
  /** Our own clock. */
  readonly own: { setMs: number; wasMoved: boolean }
  readonly shown: ShownRows
  /** Every rule there ever was. */
  readonly rules: Map<string, FaultRule>
  readonly script: string[]
  readonly since: number | undefined
  /** What is asked is drawn apart from the world, so that a world stays as it is. */
  readonly questions: Draws
  readonly answers: AnswerCounts
  readonly liar: Liar
  refusedKeys: number
  rounds: number
  syncs: number
  faults: number
}

/** A new, empty book of all accounts of a world, and clients that need no port. */
export async function setUp(world: World): Promise<Stage> {
  const { clock, draws, venue, residents, beganAt } = world
  const own = { setMs: 0, wasMoved: false }
  const ownClock: Clock = { now: () => clock.now() + own.setMs, steady: () => clock.now(), wait: clock.wait.bind(clock) }
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: ownClock })
  const shown = new ShownRows()
  const liar = new Liar(new Draws(world.seed ^ 0x11e5), () => venue.clock.now())
  const fetch = async (request: Request) => {
    clock.stir()
    const reply = await liar.answer(request, await venue.fetch(request))
    clock.stir()
    return reply
  }
  const baseUrl = 'http://127.0.0.1:1'
  const random = () => 0.5
  // As the command shares among accounts what an exchange counts by address, and what is known of its clock.
  const serverTimes = { binance: new ServerTime(ownClock), okx: new ServerTime(ownClock) }
  const budget = createWeightBudget({ clock: ownClock })
  const apiBudgets = new PoolBudgets({ clock: ownClock })
  const addressBudget = new CallBudgets({ clock: ownClock })
  const accounts = residents.map(({ label, exchange, key }) => {
    const { apiKey, secret, passphrase = '' } = key
    const common = { baseUrl, clock: ownClock, fetch, random, serverTime: serverTimes[exchange] }
    const credentials = { apiKey, secret: new Secret(secret) }
    const client =
      exchange === 'binance'
        ? createBinanceClient({
            ...common,
            credentials: { ...credentials, signing: 'hmac' },
            budget,
            apiBudgets,
            apiServerTime: serverTimes.binance,
          })
        : createOkxClient({ ...common, credentials: { ...credentials, passphrase: new Secret(passphrase) }, addressBudget })
    const account: BookAccount = { label, exchange, baseUrl, addedAt: venue.clock.now(), mayRepay: false }
    return { account, client: watched(label, client, shown) }
  })
  for (const { account } of accounts) await book.addAccount(account)
  // Whole histories as a rule; a part of one now and then.
  const since = draws.percent(60) ? beganAt - draws.below(40) * dayMs : draws.percent(20) ? beganAt + 3 * dayMs : undefined
  const questions = new Draws(world.seed ^ 0x5eed)
  const answers = { asked: 0, complete: 0 }
  return {
    world,
    book,
    accounts,
    own,
    shown,
    rules: new Map(),
    script: [],
    since,
    questions,
    answers,
    liar,
    refusedKeys: 0,
    rounds: 0,
    syncs: 0,
    faults: 0,
  }
}

/** Faults from now on, instead of those there were. */
export function trouble(stage: Stage): void {
  const { draws, venue } = stage.world
  venue.faults.clear()
  for (const [place, drawn] of drawFaults(draws, !isLarge(stage.world)).entries()) {
    // Never the same name twice: the log tells rules by their names.
    const fault = { ...drawn, name: `round ${stage.rounds} fault ${place}` }
    stage.script.push(`fault ${JSON.stringify(fault)}`)
    for (const rule of venue.faults.add(fault)) stage.rules.set(rule.name, rule)
  }
  const lies = drawLies(stage.liar.draws)
  for (const lie of lies) stage.script.push(`lie ${JSON.stringify(lie)}`)
  stage.liar.tell(lies)
  stage.rounds += 1
}

/** One sync of all accounts, stopped after so many pages. */
export async function sync(stage: Stage, stopAfter: number): Promise<readonly SyncOutcome[]> {
  const { book, accounts, since, script, shown, liar } = stage
  liar.forget()
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
      if (progress.kind !== 'page') return
      shown.take(progress.account, progress.stream)
      if (++pages >= stopAfter) stop.abort()
    },
  })
  for (const { account, ended } of outcomes) {
    if (ended === 'done') shown.take(account)
    else shown.forget(account)
  }
  for (const { account, ended, error } of outcomes) script.push(`  ${account}: ${ended}${error === undefined ? '' : ` (${error.message})`}`)
  return outcomes
}
