import type { BookAccount } from '../../src/book/record.ts'
import { wholeHistories } from '../../src/histories/histories.ts'
import { syncAll } from '../../src/sync/sync-all.ts'
import type { Draws } from '../simulation/draws.ts'
import { linesOfBook } from '../support/venue-sync.ts'
import { Broken } from './broken.ts'
import type { Stage } from './stage.ts'

const refusals: readonly (string | undefined)[] = ['sync.other-account', 'sync.account-unknown']

/**
 * Syncs a label with the key of another account of the same exchange, as after a mix-up of keys. No fault is in the way, so that the
 * answer is the account's own; whoever calls this sets the faults anew.
 *
 * @returns whether there were two such accounts, the first of them with a past in the book, and the exchange answered
 * @throws `Broken` unless it is refused and everything of the label is as it was
 */
export async function syncWithOtherKey(stage: Stage, draws: Draws): Promise<boolean> {
  const { book, accounts, script } = stage
  const pairs = []
  for (const { account } of accounts) {
    if (!(await hasPast(stage, account))) continue
    for (const other of accounts) {
      if (other.account.label !== account.label && other.account.exchange === account.exchange) pairs.push({ account, other })
    }
  }
  const [firstPair, ...morePairs] = pairs
  if (firstPair === undefined) return false
  const { account, other } = draws.pick([firstPair, ...morePairs])
  stage.world.venue.faults.clear()
  const before = await keptOf(stage, account)
  const clock = other.client.clock
  const [outcome] = await syncAll({ book, accounts: [{ account, client: other.client }], clock, since: stage.since })
  // What it was shown is no part of its own book.
  stage.shown.forget(other.account.label)
  script.push(`  ${account.label} with the key of ${other.account.label}: ${outcome?.error?.code ?? outcome?.ended}`)
  const code = outcome?.error?.code
  // A ban that earlier faults led to may still stand: then nobody answers, and nothing may be recorded either.
  if (!refusals.includes(code) && code?.startsWith('client.') !== true) {
    const came = outcome?.error?.message ?? outcome?.ended
    throw new Broken(`the key of ${other.account.label} was not refused for ${account.label}: ${came}`, script)
  }
  if ((await keptOf(stage, account)) !== before) {
    throw new Broken(`the key of ${other.account.label} changed the book of ${account.label}`, script)
  }
  return refusals.includes(code)
}

/** A key filled the book, and something of its account is there. */
async function hasPast({ book }: Stage, { label, exchange }: BookAccount): Promise<boolean> {
  if ((await book.fact(label, 'key', Number.MAX_SAFE_INTEGER - 1)) === undefined) return false
  if ((await book.latestBalances(label)).length > 0) return true
  const proofs = await Promise.all(wholeHistories(exchange).map(({ stream }) => book.coverage(label, stream)))
  return proofs.some((spans) => spans.length > 0)
}

/** Rows, coverage and balances, and by which key. */
async function keptOf({ book }: Stage, { label, exchange }: BookAccount): Promise<string> {
  const coverage = await Promise.all(wholeHistories(exchange).map(({ stream }) => book.coverage(label, stream)))
  const key = await book.fact(label, 'key', Number.MAX_SAFE_INTEGER - 1)
  const kept = [await linesOfBook(book), await book.latestBalances(label), coverage, key]
  return JSON.stringify(kept, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
}
