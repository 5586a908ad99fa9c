import { accountNumber } from './account-store.ts'
import { assetSeries, numberedCharges, readSeries, widenSeries } from './charge-series.ts'
import { addToTotals } from './interest-totals.ts'
import { parted } from './parted.ts'
import { readCharges } from './read-charges.ts'
import type { Charge } from './record.ts'
import type { RowKind } from './row-kind.ts'
import { chargeWriter } from './stored-charge.ts'

/** Charges, with the totals and series kept beside them. */
export const charges: RowKind<Charge> = {
  noun: 'charge',
  tables: ['charge_series', 'day_totals', 'charge_rows'],
  keyOf: ({ at, asset, instId, marginMode, loanType }) => JSON.stringify([at, asset, instId, marginMode, loanType]),
  nameOf: ({ asset, instId, marginMode, loanType }) => [asset, instId, marginMode, loanType === '' ? '' : `type ${loanType}`],
  instantOf: ({ at }) => at,
  streamOf: () => 'interest',
  commonOf: (stream) => (stream === 'interest' ? {} : undefined),
  fieldsOf: ({ principal, rate, interest, totalLiability, interestFreeLiability }) => [
    ['principal', principal],
    ['rate', rate],
    ['interest', interest],
    ['totalLiability', totalLiability],
    ['interestFreeLiability', interestFreeLiability],
  ],
  async insert(engine, transaction, account, rows) {
    const known = await readSeries(transaction, account)
    const numbered = numberedCharges(known, await accountNumber(transaction, account), rows)
    const { added, again } = parted(numbered, await engine.insertNew(transaction, chargeWriter, numbered))
    const series = await widenSeries(engine, transaction, known, added)
    await addToTotals(engine, transaction, assetSeries(series), added)
    return { added: added.map(({ charge }) => charge), again: again.map(({ charge }) => charge) }
  },
  read: readCharges,
}
