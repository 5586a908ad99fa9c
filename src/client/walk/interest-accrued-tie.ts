import { interestAccrued } from '../../contracts/okx/interest-accrued.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { isoInstant } from '../../time/instant.ts'
import type { InterestAccruedArguments, InterestAccruedClient, InterestAccruedRow } from './interest-accrued-types.ts'

export interface AccruedTie {
  readonly instant: number
  /** The page that held nothing but this instant. */
  readonly tied: readonly InterestAccruedRow[]
  readonly ccysSeen: ReadonlySet<string>
  readonly type: '1' | '2' | undefined
  readonly pageSize: number
  readonly signal: AbortSignal | undefined
}

type Filter = Pick<InterestAccruedArguments, 'mgnMode' | 'ccy'>

/**
 * All rows of one instant that has more of them than a page holds. Every row has one of two margin modes, so those
 * two requests miss none; only where one mode alone overflows the currencies must be known: those the walk has seen,
 * those in the page before, and those the account holds or owes now.
 *
 * @throws `client.tie-too-large` when one currency in one margin mode overflows a page by itself
 */
export async function accruedAtOneInstant(client: InterestAccruedClient, tie: AccruedTie): Promise<InterestAccruedRow[]> {
  // Rows without a margin mode cannot be asked for by it.
  const hasModes = tie.tied.every((row) => row.mgnMode === 'cross' || row.mgnMode === 'isolated')
  const parts: Filter[] = hasModes ? [{ mgnMode: 'cross' }, { mgnMode: 'isolated' }] : [{}]
  const found: InterestAccruedRow[] = []
  for (const part of parts) found.push(...((hasModes ? await atInstant(client, tie, part) : undefined) ?? (await byCcy(client, tie, part))))
  return found
}

async function byCcy(client: InterestAccruedClient, tie: AccruedTie, part: Filter): Promise<InterestAccruedRow[]> {
  const found: InterestAccruedRow[] = []
  for (const ccy of await knownCcys(client, tie)) {
    const rows = await atInstant(client, tie, { ...part, ccy })
    if (rows === undefined) {
      return fail('client.tie-too-large', { endpoint: interestAccrued.name, at: isoInstant(tie.instant), rows: tie.pageSize })
    }
    found.push(...rows)
  }
  return found
}

/** The rows of the instant that pass a filter, or `undefined` when they fill a page. */
async function atInstant(client: InterestAccruedClient, tie: AccruedTie, filter: Filter): Promise<InterestAccruedRow[] | undefined> {
  const { instant, type, pageSize, signal } = tie
  const { data } = await client.interestAccrued({ type, ...filter, after: instant + 1, limit: pageSize }, { signal })
  const rows = data.filter((row) => row.ts === instant)
  return rows.length >= pageSize ? undefined : rows
}

async function knownCcys(client: InterestAccruedClient, tie: AccruedTie): Promise<ReadonlySet<string>> {
  const { instant, type, pageSize, signal } = tie
  const before = await client.interestAccrued({ type, after: instant, limit: pageSize }, { signal })
  const balance = await client.balance({}, { signal })
  const held = balance.data.flatMap((account) => account.details.map((detail) => detail.ccy))
  return new Set([...tie.ccysSeen, ...before.data.map((row) => row.ccy), ...held])
}
