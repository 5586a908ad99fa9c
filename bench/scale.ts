import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Engine } from '../src/venue/engine/engine-interface.ts'
import { built } from './built.ts'
import { accountOf, accounts, assets, changeRates, debtsOf, scaleStartsAt, setUpScale } from './scale-world.ts'

const { createEngine } = await built<typeof import('../src/venue/engine/engine.ts')>('venue/engine/engine.js')
const { sqliteJournal } = await built<typeof import('../src/venue/engine/sqlite-journal.ts')>('venue/engine/sqlite-journal.js')
const { diskChargeStores } = await built<typeof import('../src/venue/engine/charge-stores.ts')>('venue/engine/charge-stores.js')

const dayMs = 86_400_000
const hourMs = 3_600_000
/** Requests that arrive while the clock runs, a second. */
const arrivalsPerSecond = 200

/** A clock at a set speed, twice as fast as the aim. */
export const pacedChargesPerSecond = 4_000_000

export interface ScaleResult {
  readonly days: number
  readonly debts: number
  readonly charges: number
  /** Everything from the first boundary to the last byte on disk, queries and rate changes with it. */
  readonly chargesPerSecond: number
  readonly bytesPerCharge: number
  readonly queries: number
  readonly queryP50Ms: number
  readonly queryP99Ms: number
  readonly queryWorstMs: number
  /** The 99th percentile without the wait for the piece of work that was under way. */
  readonly queryAloneP99Ms: number
  readonly peakResidentBytes: number
}

/**
 * 10,000 accounts with five debts each over `days` of hourly and daily charges, kept on disk, while requests for 100 rows
 * anywhere in the history arrive at random. A request waits for the piece of work it meets; its time begins when it arrives.
 *
 * @param chargesPerSecondMax how fast the clock may run; without it, as fast as it can
 */
export async function benchScale(days = 30, chargesPerSecondMax = Number.POSITIVE_INFINITY): Promise<ScaleResult> {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-bench-scale-'))
  const directory = join(folder, 'charges')
  const stores = diskChargeStores(directory)
  const charges = { open: () => stores, copy: () => never(), close: () => undefined }
  const engine = createEngine({ startsAt: scaleStartsAt, journal: sqliteJournal(join(folder, 'journal.db')), charges })
  try {
    engine.applyAll(setUpScale())
    const arrivals = new Arrivals(engine)
    const sleeper = new Int32Array(new SharedArrayBuffer(4))
    const before = rowsIn(stores)
    const started = process.hrtime.bigint()
    for (let day = 0; day < days; day++) {
      changeRates(engine, day)
      arrivals.answer()
      for (const _ of engine.advancing(scaleStartsAt + (day + 1) * dayMs)) {
        arrivals.answer()
        while (rowsIn(stores) - before > (chargesPerSecondMax * Number(process.hrtime.bigint() - started)) / 1e9) {
          Atomics.wait(sleeper, 0, 0, 0.2)
          arrivals.answer()
        }
      }
    }
    stores.sync()
    const seconds = Number(process.hrtime.bigint() - started) / 1e9
    const count = rowsIn(stores) - before
    checkWhole(engine, days)
    return {
      days,
      debts: accounts * assets.length,
      charges: count,
      chargesPerSecond: Math.round(count / seconds),
      bytesPerCharge: bytesBelow(directory) / count,
      ...arrivals.summary(),
      peakResidentBytes: process.resourceUsage().maxRSS * 1_024,
    }
  } finally {
    engine.close()
    rmSync(folder, { recursive: true })
  }
}

/** Requests at random instants of real time, each answered as soon as the engine can. */
class Arrivals {
  readonly #engine: Engine
  readonly #tookMs: number[] = []
  readonly #aloneMs: number[] = []
  #seed = 1
  #next = performance.now()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  answer(): void {
    while (this.#next <= performance.now()) {
      const begun = performance.now()
      this.#ask()
      const done = performance.now()
      this.#aloneMs.push(done - begun)
      this.#tookMs.push(done - this.#next)
      this.#next += (-Math.log(1 - this.#random()) * 1_000) / arrivalsPerSecond
    }
  }

  summary(): Pick<ScaleResult, 'queries' | 'queryP50Ms' | 'queryP99Ms' | 'queryWorstMs' | 'queryAloneP99Ms'> {
    return {
      queries: this.#tookMs.length,
      queryP50Ms: percentile(this.#tookMs, 0.5),
      queryP99Ms: percentile(this.#tookMs, 0.99),
      queryWorstMs: percentile(this.#tookMs, 1),
      queryAloneP99Ms: percentile(this.#aloneMs, 0.99),
    }
  }

  /** 100 rows of an account that end anywhere in what was charged until now. */
  #ask(): void {
    const account = accountOf(Math.floor(this.#random() * accounts))
    const to = scaleStartsAt + Math.floor(this.#random() * (this.#engine.now - scaleStartsAt))
    const query = { account, to, limit: 100 }
    const rows = account.startsWith('okx') ? this.#engine.okxCharges(query) : this.#engine.loanCharges(query)
    if (rows.length === 0 && to > scaleStartsAt + hourMs) throw new Error(`no charges of ${account} until ${to}`)
  }

  #random(): number {
    this.#seed = (Math.imul(this.#seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return this.#seed / 0x80000000
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Every debt was charged at every one of its boundaries. */
function checkWhole(engine: Engine, days: number): void {
  for (let index = 0; index < accounts; index += 997) {
    const account = accountOf(index)
    const { hourly, daily } = debtsOf(index)
    const rows = account.startsWith('okx') ? engine.okxCharges({ account }) : engine.loanCharges({ account, from: scaleStartsAt + 1 })
    const dailyRows = daily === 0 ? [] : engine.binanceCharges({ account })
    if (rows.length !== hourly * 24 * days || dailyRows.length !== daily * days) {
      throw new Error(`${account} was charged ${rows.length} and ${dailyRows.length} times in ${days} days`)
    }
  }
}

function rowsIn(stores: ReturnType<typeof diskChargeStores>): number {
  return stores.negativeBalance.size + stores.marginLoan.size + stores.okx.size
}

function bytesBelow(directory: string): number {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(directory, name)))
    .reduce((sum, file) => (file.isFile() ? sum + file.size : sum), 0)
}

function never(): never {
  throw new Error('nothing is copied here')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(
    `${JSON.stringify(await benchScale(Number(process.argv[2] ?? 30), Number(process.argv[3] ?? Number.POSITIVE_INFINITY)), null, 2)}\n`,
  )
