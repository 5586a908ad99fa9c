import type { Stream } from '../../src/book/record.ts'
import type { SyncClient } from '../../src/sync/sync-client.ts'
import { rowKey } from './row.ts'

type Fields = Readonly<Record<string, unknown>>

/** How rows of a reply are told, by the call that brought them. */
const readers: Readonly<Record<string, (account: string, reply: unknown) => readonly string[]>> = {
  interestHistory: (account, reply) =>
    listOf(reply).map((row) => rowKey(account, 'interest', Number(row['interestAccuredTime']), String(row['asset']), '', '')),
  interestAccrued: (account, reply) =>
    listOf((reply as Fields)['data']).map((row) =>
      rowKey(account, 'interest', Number(row['ts']), String(row['ccy']), String(row['instId']), String(row['mgnMode'])),
    ),
  negativeBalanceExchangeRecord: (account, reply) =>
    listOf((reply as Fields)['rows']).map((row) => rowKey(account, 'exchanges', Number(row['startTime']))),
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? (value as readonly Fields[]) : []
}

export interface CallSeen {
  readonly account: string
  readonly stream: Stream
}

/**
 * The client, telling which rows its calls were shown: whatever the exchange did show to a sync must not be missing where the
 * book calls its history proven.
 */
export function watched(account: string, client: SyncClient, shown: Set<string>): SyncClient {
  const entries = Object.entries(client).map(([name, member]) => {
    const read = readers[name]
    if (read === undefined || typeof member !== 'function') return [name, member] as const
    const call = async (...args: readonly unknown[]) => {
      const reply: unknown = await (member as (...given: readonly unknown[]) => Promise<unknown>)(...args)
      for (const key of read(account, reply)) shown.add(key)
      return reply
    }
    return [name, call] as const
  })
  return Object.fromEntries(entries) as unknown as SyncClient
}
