import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEngine } from '../src/venue/engine/engine.ts'
import { memoryJournal } from '../src/venue/engine/memory-journal.ts'
import { sqliteJournal } from '../src/venue/engine/sqlite-journal.ts'
import { type RunningProcess, startOverdraft } from './support/overdraft-process.ts'
import { seededRandom, seedOfRun } from './support/random.ts'

interface Announced {
  readonly url: string
  readonly admin: { readonly url: string; readonly token: string }
  readonly accounts: readonly { readonly exchange: string; readonly label: string }[]
}

const rounds = 6
let folder: string
let running: RunningProcess | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overdraft-crash-'))
})

afterEach(async () => {
  await running?.killHard()
  rmSync(folder, { recursive: true, force: true })
})

async function startVenue(): Promise<Announced> {
  running = startOverdraft(['venue', '--json', '--port', '0', '--scenario', 'empty', '--data', folder])
  return JSON.parse(await running.firstLine) as Announced
}

async function admin(venue: Announced, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${venue.admin.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${venue.admin.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return JSON.parse(text)
}

/** Deposits one unit after another, four writers at a time, until the venue is gone. */
async function depositUntilKilled(
  venue: Announced,
  account: string,
  round: number,
  sent: Set<string>,
  acknowledged: Set<string>,
): Promise<void> {
  const writer = async (name: number) => {
    for (let count = 0; ; count++) {
      const id = `round-${round}-writer-${name}-deposit-${count}`
      sent.add(id)
      try {
        await admin(venue, 'POST', `/accounts/${account}/deposit`, { asset: 'USDT', amount: '1', id })
      } catch (error) {
        // A reply that says no is a fault of the venue; a connection that broke is the kill we wait for.
        if (error instanceof Error && /: \d{3} /.test(error.message)) throw error
        return
      }
      acknowledged.add(id)
    }
  }
  await Promise.all([0, 1, 2, 3].map(writer))
}

/** The deposits in the journal a killed venue left behind, in order. */
function depositsOnDisk(): string[] {
  const journal = sqliteJournal(join(folder, 'venue-1.db'))
  try {
    return [...journal.read()].flatMap(({ id }) => (id?.startsWith('round-') ? [id] : []))
  } finally {
    journal.close()
  }
}

/** What an engine in memory makes of the journal alone, without the charges and checkpoints beside it. */
function digestOfJournal(): string {
  const [current = 'venue-1.db'] = existsSync(join(folder, 'current')) ? readFileSync(join(folder, 'current'), 'utf8').split('\n') : []
  const journal = sqliteJournal(join(folder, current))
  try {
    return createEngine({ startsAt: 0, journal: memoryJournal(journal.read(), journal.allMeta()) }).digest()
  } finally {
    journal.close()
  }
}

interface Truth {
  readonly digest: string
  readonly accounts: readonly {
    readonly account: string
    readonly balances: readonly { readonly asset: string; readonly crossFree: string }[]
  }[]
}

test('kill -9 of the venue during writes loses nothing acknowledged, and nothing appears twice', async () => {
  const seed = seedOfRun()
  const random = seededRandom(seed)
  const sent = new Set<string>()
  const acknowledged = new Set<string>()
  let account = ''
  for (let round = 0; round < rounds; round++) {
    const venue = await startVenue()
    account = venue.accounts.find(({ exchange }) => exchange === 'binance')?.label ?? ''
    const writing = depositUntilKilled(venue, account, round, sent, acknowledged)
    // By what it has written, however long a machine takes for it, and a little later, while more is on its way.
    const enough = acknowledged.size + 2 + random(200)
    while (acknowledged.size < enough && running?.child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1))
    await new Promise((resolve) => setTimeout(resolve, random(20)))
    await running?.killHard()
    await writing
  }

  const kept = depositsOnDisk()
  const lost = [...acknowledged].filter((id) => !kept.includes(id))
  expect(lost, `acknowledged, but lost (seed ${seed})`).toEqual([])
  expect(kept.length, `a deposit appears twice (seed ${seed})`).toBe(new Set(kept).size)
  expect(
    kept.filter((id) => !sent.has(id)),
    `never sent (seed ${seed})`,
  ).toEqual([])
  // At most what was on its way when the venue was killed may stand without having been acknowledged.
  expect(kept.length - acknowledged.size, `seed ${seed}`).toBeLessThanOrEqual(4 * rounds)
  expect(acknowledged.size, 'the venue was killed while it was being written to').toBeGreaterThan(rounds)

  const venue = await startVenue()
  const truth = (await admin(venue, 'GET', `/truth?account=${account}`)) as Truth
  const usdt = truth.accounts[0]?.balances.find(({ asset }) => asset === 'USDT')
  expect(Number(usdt?.crossFree), `the ledger is the journal replayed (seed ${seed})`).toBe(kept.length)

  // Sent again under the same name, a deposit is not booked again.
  const repeated = kept[0]
  await admin(venue, 'POST', `/accounts/${account}/deposit`, { asset: 'USDT', amount: '1', id: repeated })
  const after = (await admin(venue, 'GET', `/truth?account=${account}`)) as Truth
  expect(after.accounts[0]?.balances.find(({ asset }) => asset === 'USDT')).toEqual(usdt)
})

test('a venue whose clock runs fast, killed or closed at any time, goes on as its journal says, with its snapshots whole', async () => {
  const seed = seedOfRun()
  const random = seededRandom(seed)
  const taken = new Set<string>()
  for (let round = 0; round < rounds; round++) {
    const venue = await startVenue()
    const account = venue.accounts.find(({ exchange }) => exchange === 'binance')?.label ?? ''
    const okx = venue.accounts.find(({ exchange }) => exchange === 'okx')?.label ?? ''
    await admin(venue, 'POST', `/accounts/${account}/book`, { wallet: 'um', asset: 'BTC', amount: '-1', reason: 'fee' })
    await admin(venue, 'POST', `/accounts/${okx}/book`, { wallet: 'cash', asset: 'USDT', amount: '-50', reason: 'fee' })
    // An hour of the venue every three or four milliseconds.
    await admin(venue, 'POST', '/clock', { kind: 'speed', factor: 1_000_000 })
    const playing = playUntilKilled(venue, account, round, taken, random)
    await new Promise((resolve) => setTimeout(resolve, 100 + random(400)))
    // Closed in good order now and then: the next venue then begins at a checkpoint, and may be killed beyond it.
    if (round % 2 === 1) running?.child.kill('SIGINT')
    else running?.child.kill('SIGKILL')
    await running?.ended
    await playing

    const again = await startVenue()
    await admin(again, 'POST', '/clock', { kind: 'frozen' })
    const { digest } = (await admin(again, 'GET', '/truth')) as Truth
    await running?.killHard()
    expect(digestOfJournal(), `round ${round} (seed ${seed})`).toBe(digest)
  }
  let venue = await startVenue()
  const { snapshots } = (await admin(venue, 'GET', '/snapshots')) as { readonly snapshots: readonly { readonly name: string }[] }
  const names = snapshots.map(({ name }) => name)
  expect(
    [...taken].filter((name) => !names.includes(name)),
    `acknowledged, but lost (seed ${seed})`,
  ).toEqual([])
  expect(names.length, `seed ${seed}`).toBeGreaterThan(0)
  for (const name of names.slice(-3)) {
    await admin(venue, 'POST', `/snapshots/${name}/restore`)
    await admin(venue, 'POST', '/clock', { kind: 'frozen' })
    const { digest } = (await admin(venue, 'GET', '/truth')) as Truth
    await running?.killHard()
    expect(digestOfJournal(), `${name} (seed ${seed})`).toBe(digest)
    venue = await startVenue()
  }
})

/** Moves money and takes snapshots until the venue is gone. */
async function playUntilKilled(
  venue: Announced,
  account: string,
  round: number,
  taken: Set<string>,
  random: (below: number) => number,
): Promise<void> {
  for (let count = 0; ; count++) {
    try {
      const isSnapshot = random(4) === 0
      const name = `round-${round}-${count}`
      if (isSnapshot) await admin(venue, 'POST', '/snapshots', { name })
      else await admin(venue, 'POST', `/accounts/${account}/deposit`, { asset: 'USDT', amount: '1' })
      if (isSnapshot) taken.add(name)
    } catch (error) {
      if (error instanceof Error && /: \d{3} /.test(error.message)) throw error
      return
    }
  }
}
