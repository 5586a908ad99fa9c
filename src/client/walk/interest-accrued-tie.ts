import type { InterestAccruedArguments, InterestAccruedClient, InterestAccruedRow } from './interest-accrued-types.ts'
import type { Show } from './span-history.ts'

export interface AccruedTie {
  readonly instant: number
  /** The page that held nothing but this instant. */
  readonly tied: readonly InterestAccruedRow[]
  readonly show: Show<InterestAccruedRow>
  /** What the walk has met so far. */
  readonly seen: { readonly ccys: ReadonlySet<string>; readonly instIds: ReadonlySet<string> }
  readonly type: '1' | '2' | undefined
  readonly ccy: string | undefined
  readonly pageSize: number
  readonly signal: AbortSignal | undefined
}

type Filter = Pick<InterestAccruedArguments, 'mgnMode' | 'ccy' | 'instId'>

/**
 * Shows all rows of one instant that has more of them than a page holds. Every row has one of two margin modes, so those two
 * requests miss none. Where one mode alone overflows it is asked for by currency: every one that the exchange lends, those
 * the walk has seen, and those the account holds or owes. Where one isolated currency overflows too, it is asked for by
 * instrument: those seen, and the pairs of that currency with every other.
 *
 * @returns whether the filters tell the rows apart, and those that were told apart can be all
 */
export async function accruedAtOneInstant(client: InterestAccruedClient, tie: AccruedTie): Promise<boolean> {
  // Rows without a margin mode cannot be asked for by it.
  const hasModes = tie.tied.every((row) => row.mgnMode === 'cross' || row.mgnMode === 'isolated')
  const own: Filter = tie.ccy === undefined ? {} : { ccy: tie.ccy }
  const parts: Filter[] = hasModes
    ? [
        { ...own, mgnMode: 'cross' },
        { ...own, mgnMode: 'isolated' },
      ]
    : [own]
  for (const part of parts) {
    const isWhole = hasModes && (await atInstant(client, tie, part)) !== undefined
    if (!isWhole && !(await byCcy(client, tie, part))) return false
  }
  return true
}

async function byCcy(client: InterestAccruedClient, tie: AccruedTie, part: Filter): Promise<boolean> {
  const ccys = tie.ccy === undefined ? await knownCcys(client, tie) : new Set([tie.ccy])
  for (const ccy of ccys) {
    const filter = { ...part, ccy }
    const isWhole = (await atInstant(client, tie, filter)) !== undefined
    if (!isWhole && !(await byInstrument(client, tie, filter, ccys))) return false
  }
  return true
}

/** Instruments are named by no list that needs no key of its own: the walk knows those it has met, and the page that overflowed. */
async function byInstrument(
  client: InterestAccruedClient,
  tie: AccruedTie,
  filter: Filter & { readonly ccy: string },
  ccys: ReadonlySet<string>,
): Promise<boolean> {
  const { ccy, mgnMode } = filter
  // A row of cross margin has no instrument to be told apart by.
  if (mgnMode !== 'isolated') return false
  const pairs = [...ccys].filter((other) => other !== ccy).flatMap((other) => [`${ccy}-${other}`, `${other}-${ccy}`])
  const instIds = new Set([...tie.seen.instIds, ...tie.tied.map((row) => row.instId), ...pairs])
  let found = 0
  for (const instId of instIds) {
    if (instId === '') continue
    const rows = await atInstant(client, tie, { ...filter, instId })
    if (rows === undefined) return false
    found += rows
  }
  // The page that overflowed held so many of them: fewer by name means that one has a name nobody knows.
  return found >= tie.pageSize
}

/** How many rows of the instant pass a filter; `undefined` when they fill a page. */
async function atInstant(client: InterestAccruedClient, tie: AccruedTie, filter: Filter): Promise<number | undefined> {
  const { instant, type, pageSize, signal } = tie
  const { data } = await client.interestAccrued({ type, ...filter, after: instant + 1, limit: pageSize }, { signal })
  tie.show(data)
  const count = data.filter((row) => row.ts === instant).length
  return count >= pageSize ? undefined : count
}

async function knownCcys(client: InterestAccruedClient, tie: AccruedTie): Promise<ReadonlySet<string>> {
  const { instant, type, pageSize, signal } = tie
  const before = await client.interestAccrued({ type, after: instant, limit: pageSize }, { signal })
  tie.show(before.data)
  const balance = await client.balance({}, { signal })
  const held = balance.data.flatMap((account) => account.details.map((detail) => detail.ccy))
  const lent = (await client.interestRateLoanQuota({}, { signal })).data.flatMap(({ basic, configCcyList = [] }) => [
    ...basic,
    ...configCcyList,
  ])
  return new Set([...tie.seen.ccys, ...before.data.map((row) => row.ccy), ...held, ...lent.map((row) => row.ccy)])
}
