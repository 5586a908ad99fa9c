import type { Kysely, Transaction } from 'kysely'
import { isoInstant } from '../time/instant.ts'
import { holdAccount } from './account-store.ts'
import { assertOwnRows } from './assert-own-rows.ts'
import type { RecordOutcome } from './book-interface.ts'
import { chargeKey, chargeOfRow, chargeWriter } from './charge-row.ts'
import { widenSeries } from './charge-series.ts'
import { readProven, recordCoverage } from './coverage-store.ts'
import { differences, type Field } from './differences.ts'
import type { BookEngine } from './engines/engine.ts'
import { addToDays } from './interest-days.ts'
import { lateRows, lateSaying } from './late-rows.ts'
import { parted } from './parted.ts'
import type { Charge, CoverageSpan } from './record.ts'
import type { BookTables } from './tables/tables.ts'

/** Charges, their rollups and the coverage they prove, in one transaction. */
export async function recordCharges(
  engine: BookEngine,
  account: string,
  charges: readonly Charge[],
  coverage: readonly CoverageSpan[],
): Promise<RecordOutcome> {
  assertOwnRows(account, 'charge', charges)
  return engine.write(async (transaction) => {
    await holdAccount(engine, transaction, account)
    const { added, again } = parted(charges, await engine.insertNew(transaction, chargeWriter, charges))
    await addToDays(engine, transaction, account, added)
    await widenSeries(engine, transaction, account, added)
    const proven = added.length === 0 ? [] : await readProven(transaction, account, 'interest')
    await recordCoverage(engine, transaction, account, coverage)
    const late = lateRows(added, ({ at }) => at, proven).map((charge) => `charge ${chargeName(charge)}: ${lateSaying}`)
    const changed = await changedCharges(transaction, account, again)
    return { added: added.length, known: again.length - changed.length, changed, late }
  })
}

const instantsPerQuery = 200

/** Those of the charges that stand in the book with other content, as sentences. */
async function changedCharges(db: Transaction<BookTables>, account: string, again: readonly Charge[]): Promise<readonly string[]> {
  const changed: string[] = []
  const instants = [...new Set(again.map(({ at }) => at))]
  for (let from = 0; from < instants.length; from += instantsPerQuery) {
    const asked = instants.slice(from, from + instantsPerQuery)
    const recorded = await chargesAt(db, account, asked)
    const here = new Set(asked)
    for (const charge of again) {
      if (!here.has(charge.at)) continue
      const before = recorded.get(chargeKey(charge))
      const found = before === undefined ? [] : differences(chargeFields(before), chargeFields(charge))
      if (found.length > 0) changed.push(`charge ${chargeName(charge)}: ${found.join(', ')}`)
    }
  }
  return changed
}

async function chargesAt(db: Kysely<BookTables>, account: string, instants: readonly number[]): Promise<Map<string, Charge>> {
  const rows = await db.selectFrom('charges').selectAll().where('account', '=', account).where('at', 'in', instants).execute()
  return new Map(rows.map(chargeOfRow).map((charge) => [chargeKey(charge), charge]))
}

function chargeName(charge: Charge): string {
  return [charge.account, charge.asset, charge.instId, charge.marginMode, isoInstant(charge.at)].filter((part) => part !== '').join(' ')
}

function chargeFields(charge: Charge): readonly Field[] {
  return [
    ['principal', charge.principal],
    ['rate', charge.rate],
    ['interest', charge.interest],
    ['totalLiability', charge.totalLiability],
    ['interestFreeLiability', charge.interestFreeLiability],
  ]
}
