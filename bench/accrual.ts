import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Exchange } from '../src/contracts/contract.ts'
import { decimal } from '../src/decimal/decimal.ts'
import { parseInstant } from '../src/time/instant.ts'
import { dayMs, hourMs } from '../src/time/units.ts'
import type { Command } from '../src/venue/engine/command.ts'
import { createEngine } from '../src/venue/engine/engine.ts'
import type { Engine } from '../src/venue/engine/engine-interface.ts'
import { sqliteJournal } from '../src/venue/engine/sqlite-journal.ts'

const accounts = 10_000
const assets = ['USDT', 'BTC', 'ETH', 'BNB', 'SOL'] as const
const startsAt = parseInstant('2025-06-01T12:00:00Z')
const days = 100

export interface AccrualResult {
  readonly debts: number
  readonly charges: number
  /** Nothing changes between two boundaries. */
  readonly steadyPerSecond: number
  /** Every rate changes before every boundary, so that every charge is computed anew. */
  readonly changingPerSecond: number
  /** OKX by the hour, where every charge changes what the next one is computed on. */
  readonly okxPerSecond: number
  readonly queriesPerSecond: number
  readonly peakResidentBytes: number
}

/**
 * Charges accrued on 10,000 accounts with five debts each, one journal entry committed to disk per boundary and every
 * boundary's last row read back before the next.
 */
export async function benchAccrual(): Promise<AccrualResult> {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-bench-'))
  const engine = createEngine({ startsAt, journal: sqliteJournal(join(folder, 'journal.db')) })
  try {
    engine.applyAll(setUp('binance'))
    const steady = timed(() => accrue(engine, 0, days, () => undefined))
    const changing = timed(() => accrue(engine, days, days, (day) => changeRates(engine, day)))
    engine.applyAll(setUp('okx', engine.now))
    const okxHours = 20
    const okx = timed(() => engine.advanceTo(engine.now + okxHours * hourMs))
    const queries = 2_000
    const queried = timed(() => {
      for (let query = 0; query < queries; query++) {
        const from = startsAt + (query % days) * dayMs
        const rows = engine.binanceCharges({ account: `binance-${(query * 37) % accounts}`, from, to: from + 30 * dayMs, limit: 100 })
        if (rows.length === 0) throw new Error('a charge that was accrued cannot be queried')
      }
    })
    const perRound = accounts * assets.length * days
    return {
      debts: accounts * assets.length,
      charges: 2 * perRound + accounts * assets.length * okxHours,
      steadyPerSecond: Math.round(perRound / steady),
      changingPerSecond: Math.round(perRound / changing),
      okxPerSecond: Math.round((accounts * assets.length * okxHours) / okx),
      queriesPerSecond: Math.round(queries / queried),
      peakResidentBytes: process.resourceUsage().maxRSS * 1_024,
    }
  } finally {
    engine.close()
    rmSync(folder, { recursive: true })
  }
}

function* setUp(exchange: Exchange, at = startsAt): Generator<{ command: Command; at: number }> {
  const wallet = exchange === 'binance' ? 'um' : 'cash'
  for (const asset of assets) yield { command: { kind: 'set-rate', exchange, asset, rateDaily: decimal('0.00031') }, at }
  for (let index = 0; index < accounts; index++) {
    const account = `${exchange}-${index}`
    yield { command: { kind: 'open-account', account, exchange, vip: index % 10 }, at }
    for (const [place, asset] of assets.entries()) {
      const amount = decimal(`-${1 + ((index * 7_919 + place * 104_729) % 400_000)}.${String(index * 13 + 1).padStart(8, '0')}`)
      yield { command: { kind: 'book', account, wallet, asset, amount, reason: 'profit-or-loss' }, at }
    }
  }
}

function accrue(engine: Engine, firstDay: number, count: number, before: (day: number) => void): void {
  for (let day = firstDay; day < firstDay + count; day++) {
    before(day)
    const at = startsAt + (day + 0.5) * dayMs
    engine.advanceTo(at)
    const [last] = engine.binanceCharges({ account: `binance-${day % accounts}`, limit: 1 })
    if (last?.at !== at) throw new Error(`the charge at ${at} cannot be queried`)
  }
}

function changeRates(engine: Engine, day: number): void {
  const at = engine.now
  const rateDaily = decimal(`0.000${100 + (day % 800)}7`)
  engine.applyAll(assets.map((asset) => ({ command: { kind: 'set-rate', exchange: 'binance', asset, rateDaily }, at })))
}

/** Seconds that `work` took. */
function timed(work: () => void): number {
  const started = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - started) / 1e9
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(`${JSON.stringify(await benchAccrual(), null, 2)}\n`)
