import type { SyncClient } from '../../src/sync/sync-client.ts'
import { rowKey } from './row.ts'

type Fields = Readonly<Record<string, unknown>>
type Reader = (account: string, reply: unknown) => readonly string[]

/** How rows of a reply are told, by the call that brought them. */
const readers: Readonly<Record<string, Reader>> = {
  interestHistory: (account, reply) =>
    listOf(reply).map((row) => rowKey(account, 'interest', Number(row['interestAccuredTime']), String(row['asset']), '', '')),
  interestAccrued: (account, reply) =>
    listOf(within(reply, 'data')).map((row) =>
      rowKey(account, 'interest', Number(row['ts']), String(row['ccy']), String(row['instId']), String(row['mgnMode'])),
    ),
  negativeBalanceExchangeRecord: (account, reply) =>
    listOf(within(reply, 'rows')).map((row) => rowKey(account, 'exchanges', Number(row['startTime']))),
  marginInterestHistory: (account, reply) =>
    listOf(within(reply, 'rows')).map((row) =>
      rowKey(account, 'margin-interest', Number(row['interestAccuredTime']), String(row['txId']), String(row['asset'])),
    ),
  umIncome: incomeReader('um'),
  cmIncome: incomeReader('cm'),
  marginLoanHistory: loanReader('margin-loans'),
  marginRepayHistory: loanReader('margin-repayments'),
  marginInterestRateHistory: (account, reply) =>
    listOf(reply).map((row) => rowKey(account, `rates:${row['asset']}`, Number(row['timestamp']), String(row['asset']))),
  billsArchive: (account, reply) =>
    listOf(within(reply, 'data')).map((row) => rowKey(account, 'bills', Number(row['ts']), String(row['billId']), String(row['ccy']))),
}

function incomeReader(wallet: 'um' | 'cm'): Reader {
  return (account, reply) =>
    listOf(reply).map((row) =>
      rowKey(account, `${wallet}-income`, Number(row['time']), `${row['incomeType']}:${row['tranId']}`, String(row['asset'])),
    )
}

function loanReader(kind: 'margin-loans' | 'margin-repayments'): Reader {
  return (account, reply) =>
    listOf(within(reply, 'rows')).map((row) =>
      rowKey(account, `${kind}:${row['asset']}`, Number(row['timestamp']), String(row['txId']), String(row['asset'])),
    )
}

function within(reply: unknown, name: string): unknown {
  return (reply as Fields | undefined)?.[name]
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? (value as readonly Fields[]) : []
}

/**
 * What the exchange showed to the syncs of a book. A row counts once the page it came for was kept: a sync that is stopped in
 * the midst of the requests for one page has not taken in what they showed.
 */
export class ShownRows {
  readonly #taken = new Set<string>()
  readonly #pending = new Map<string, string[]>()

  has(key: string): boolean {
    return this.#taken.has(key)
  }

  /** Rows of one reply. */
  see(keys: readonly string[]): void {
    for (const key of keys) {
      const history = historyOf(key)
      const pending = this.#pending.get(history)
      if (pending === undefined) this.#pending.set(history, [key])
      else pending.push(key)
    }
  }

  /** The page of a history was kept; without a stream all that an account was shown. */
  take(account: string, stream?: string): void {
    for (const [history, keys] of this.#pending) {
      if (stream === undefined ? !history.startsWith(`${account} `) : history !== `${account} ${stream}`) continue
      for (const key of keys) this.#taken.add(key)
      this.#pending.delete(history)
    }
  }

  /** The sync of an account has ended: what it had not kept by then it never will. */
  forget(account: string): void {
    for (const history of this.#pending.keys()) if (history.startsWith(`${account} `)) this.#pending.delete(history)
  }
}

/** Account and stream: a row's key begins with them. */
function historyOf(key: string): string {
  return key.split(' ', 2).join(' ')
}

/**
 * The client, telling which rows its calls were shown: whatever the exchange did show to a sync must not be missing where the
 * book calls its history proven.
 */
export function watched(account: string, client: SyncClient, shown: ShownRows): SyncClient {
  const entries = Object.entries(client).map(([name, member]) => {
    const read = readers[name]
    if (read === undefined || typeof member !== 'function') return [name, member] as const
    const call = async (...args: readonly unknown[]) => {
      const reply: unknown = await (member as (...given: readonly unknown[]) => Promise<unknown>)(...args)
      shown.see(read(account, reply))
      return reply
    }
    return [name, call] as const
  })
  return Object.fromEntries(entries) as unknown as SyncClient
}
