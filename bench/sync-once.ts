import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SyncMember } from '../src/sync/sync-all.ts'
import type { AccountAccess } from '../src/venue/account-access.ts'
import { DrivenClock } from '../test/differential/driven-clock.ts'
import { built } from './built.ts'

const { openBook } = await built<typeof import('../src/book/open-book.ts')>('book/open-book.js')
const { syncAll } = await built<typeof import('../src/sync/sync-all.ts')>('sync/sync-all.js')
const { CallBudgets, createBinanceClient, createOkxClient, createWeightBudget, PoolBudgets, Secret } =
  await built<typeof import('../src/client/index.ts')>('client/index.js')
const { ServerTime } = await built<typeof import('../src/client/server-time.ts')>('client/server-time.js')

/** Where the exchange of a sync that is measured answers, and how its clock is told the time. */
export interface ServedExchange {
  readonly port: number
  readonly accounts: readonly AccountAccess[]
  readonly startedAt: number
  readonly since: number
}

/** What a sync took, by a process that does nothing else. */
export interface SyncOnce {
  /** Charges in the book afterwards; each of OKX has its bill besides. */
  readonly charges: number
  readonly requests: number
  readonly seconds: number
  /** Resident memory before the first request, and the highest there was. */
  readonly startMiB: number
  readonly peakMiB: number
}

export const clockHeader = 'x-bench-clock'

const mebibyte = 2 ** 20
const travelMs = 20

/** One sync into a book on disk, of an exchange in another process, on a clock on which only waiting takes time. */
export async function benchSyncOnce(exchange: ServedExchange): Promise<SyncOnce> {
  const clock = new DrivenClock(exchange.startedAt)
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-bench-sync-'))
  let requests = 0
  const fetch = async (request: Request): Promise<Response> => {
    requests++
    await clock.wait(travelMs)
    const response = await answered(clock, exchange.port, request)
    await clock.wait(travelMs)
    return response
  }
  try {
    const book = await openBook({ kind: 'sqlite', path: join(folder, 'book.db') }, { clock })
    const members = membersOf(exchange, clock, fetch)
    for (const { account } of members) await book.addAccount(account)
    const startMiB = process.memoryUsage.rss() / mebibyte
    const began = performance.now()
    const outcomes = await clock.during(syncAll({ book, accounts: members, clock, since: exchange.since }))
    const failed = outcomes.find(({ ended }) => ended !== 'done')
    if (failed !== undefined) throw new Error(`the sync of ${failed.account} ended as ${failed.ended}: ${failed.error?.message}`)
    const totals = await book.totals({ by: 'all' })
    await book.close()
    return {
      charges: totals.reduce((sum, { charges }) => sum + charges, 0),
      requests,
      seconds: (performance.now() - began) / 1e3,
      startMiB,
      peakMiB: (process.resourceUsage().maxRSS * 1_024) / mebibyte,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function membersOf(
  { accounts, startedAt }: ServedExchange,
  clock: DrivenClock,
  fetch: (request: Request) => Promise<Response>,
): readonly SyncMember[] {
  const baseUrl = 'http://127.0.0.1:1'
  const serverTime = new ServerTime(clock)
  const shared = { budget: createWeightBudget({ clock }), apiBudgets: new PoolBudgets({ clock }), apiServerTime: serverTime }
  const addressBudget = new CallBudgets({ clock })
  const common = { baseUrl, clock, fetch, serverTime, random: () => 0.5 }
  return accounts.map(({ exchange, label, apiKey, apiSecret, passphrase = '' }) => {
    const account = { label, exchange, baseUrl, addedAt: startedAt, mayRepay: false }
    const secret = new Secret(apiSecret)
    if (exchange === 'binance')
      return { account, client: createBinanceClient({ ...common, ...shared, credentials: { apiKey, signing: 'hmac', secret } }) }
    return {
      account,
      client: createOkxClient({ ...common, addressBudget, credentials: { apiKey, secret, passphrase: new Secret(passphrase) } }),
    }
  })
}

/** Time stands still while the exchange answers. */
async function answered(clock: DrivenClock, port: number, request: Request): Promise<Response> {
  const url = new URL(request.url)
  url.port = String(port)
  const headers = new Headers(request.headers)
  headers.set(clockHeader, String(clock.now()))
  let isUnderWay = true
  const end = () => {
    isUnderWay = false
  }
  const reply = fetch(url, { method: request.method, headers }).then(
    async (response) => new Response(await response.arrayBuffer(), { status: response.status, headers: response.headers }),
  )
  reply.then(end, end)
  while (isUnderWay) {
    clock.stir()
    await new Promise((resume) => setImmediate(resume))
  }
  return reply
}
