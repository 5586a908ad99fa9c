import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { dayMs, hourMs } from '../src/time/units.ts'
import { DrivenClock } from '../test/differential/driven-clock.ts'
import { type SyncWorldOptions, syncVenue } from '../test/support/sync-world.ts'
import { clockHeader, type ServedExchange, type SyncOnce } from './sync-once.ts'

export interface SyncMemoryRun extends SyncOnce {
  readonly what: string
}

const run = promisify(execFile)
const startedAt = Date.UTC(2026, 5, 20, 10, 30, 17)

const worlds: readonly (readonly [what: string, world: SyncWorldOptions])[] = [
  ['1 OKX account, 40 debts, 30 days', { exchange: 'okx', accounts: 1, debts: 40, days: 30 }],
  ['1 OKX account, 40 debts, 360 days', { exchange: 'okx', accounts: 1, debts: 40, days: 360 }],
  ['200 Binance accounts, 4 debts, 30 days', { exchange: 'binance', accounts: 200, debts: 4, days: 30 }],
  ['200 Binance accounts, 4 debts, 360 days', { exchange: 'binance', accounts: 200, debts: 4, days: 360 }],
]

/** Each world in two processes: the exchange in one, and in another the sync, whose memory is its own. */
export async function benchSyncMemory(): Promise<readonly SyncMemoryRun[]> {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-bench-sync-once-'))
  try {
    await compiled(folder)
    const runs: SyncMemoryRun[] = []
    for (const [place, [what]] of worlds.entries()) runs.push({ what, ...(await inTwoProcesses(folder, place)) })
    return runs
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * `sync-once.ts` as a process of users' would run it, without a development loader, whose own memory is as large as a
 * sync's: compiled into a folder beside which stands what `npm run build` made.
 */
async function compiled(folder: string): Promise<void> {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const options = ['--ignoreConfig', '--noResolve', '--noCheck', '--allowImportingTsExtensions', '--rewriteRelativeImportExtensions']
  const shape = ['--module', 'nodenext', '--target', 'es2023', '--types', 'node', '--rootDir', root, '--outDir', folder]
  const files = ['bench/sync-once.ts', 'bench/built.ts', 'test/differential/driven-clock.ts'].map((file) => join(root, file))
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, ...shape, ...files])
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  symlinkSync(join(root, 'dist'), join(folder, 'dist'))
}

async function inTwoProcesses(folder: string, place: number): Promise<SyncOnce> {
  const exchange = fork(fileURLToPath(import.meta.url), ['exchange', String(place)], { execArgv: process.execArgv })
  try {
    const [served] = await once(exchange, 'message')
    const script = `import { benchSyncOnce } from ${JSON.stringify(pathToFileURL(join(folder, 'bench/sync-once.js')).href)}
      process.stdout.write(JSON.stringify(await benchSyncOnce(JSON.parse(process.argv[1]))))`
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script, JSON.stringify(served)])
    return JSON.parse(stdout) as SyncOnce
  } finally {
    exchange.kill()
  }
}

/** The exchange goes by the clock of whoever asks. */
async function serveExchange(world: SyncWorldOptions): Promise<void> {
  const clock = new DrivenClock(startedAt)
  const venue = await syncVenue(clock, world)
  const answer = async (request: Request): Promise<Response> => {
    clock.pass(Math.max(0, Number(request.headers.get(clockHeader)) - clock.now()))
    return venue.fetch(request)
  }
  const server = createServer(getRequestListener(answer)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { accounts } = venue
  process.send?.({ port, accounts, startedAt, since: startedAt - world.days * dayMs - hourMs } satisfies ServedExchange)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const world = process.argv[2] === 'exchange' ? worlds[Number(process.argv[3])]?.[1] : undefined
  if (world !== undefined) await serveExchange(world)
  else console.table(await benchSyncMemory())
}
