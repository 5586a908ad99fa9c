import type { SyncClient } from '../../src/sync/sync-client.ts'

type Fields = Readonly<Record<string, unknown>>
type Answer = (name: string, args: Fields, reply: () => Promise<unknown>) => Promise<unknown>

/** The calls of both exchanges that tell rows of a history, and the field that dates them. */
export const historyCalls: Readonly<Record<string, string>> = Object.freeze({
  interestHistory: 'interestAccuredTime',
  negativeBalanceExchangeRecord: 'startTime',
  marginInterestHistory: 'interestAccuredTime',
  marginLoanHistory: 'timestamp',
  marginRepayHistory: 'timestamp',
  marginInterestRateHistory: 'timestamp',
  umIncome: 'time',
  cmIncome: 'time',
  interestAccrued: 'ts',
  billsArchive: 'ts',
})

/** A client whose histories are answered by `answer` instead. */
export function answering<Client extends SyncClient>(client: Client, answer: Answer): Client {
  const entries = Object.entries(client).map(([name, member]) => {
    if (!(name in historyCalls)) return [name, member] as const
    const call = member as (args: Fields) => Promise<unknown>
    return [name, (args: Fields = {}) => answer(name, args, () => call(args))] as const
  })
  return Object.fromEntries(entries) as unknown as Client
}

/** The rows of a reply, wherever it keeps them, each changed. */
export function withRows(reply: unknown, change: (rows: readonly Fields[]) => readonly Fields[]): unknown {
  if (Array.isArray(reply)) return change(reply as readonly Fields[])
  const { rows, data } = reply as { readonly rows?: readonly Fields[]; readonly data?: readonly Fields[] }
  if (data !== undefined) return { ...(reply as Fields), data: change(data) }
  const changed = change(rows ?? [])
  return { ...(reply as Fields), rows: changed, total: changed.length }
}

/** A client that dates every row otherwise, whatever it was asked for by. */
export function redated<Client extends SyncClient>(client: Client, date: (instant: number) => number): Client {
  return answering(client, async (name, _, reply) => {
    const field = historyCalls[name] ?? ''
    return withRows(await reply(), (rows) =>
      rows.map((row) => ({
        ...row,
        [field]: date(Number(row[field])),
        ...('endTime' in row ? { endTime: date(Number(row['endTime'])) } : {}),
      })),
    )
  })
}
