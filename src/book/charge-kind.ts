import { chargeKey, chargeWriter } from './charge-row.ts'
import { widenSeries } from './charge-series.ts'
import { addToDays } from './interest-days.ts'
import { parted } from './parted.ts'
import { readCharges } from './read-charges.ts'
import type { Charge } from './record.ts'
import type { RowKind } from './row-kind.ts'

/** Charges, with the totals and series kept beside them. */
export const charges: RowKind<Charge> = {
  noun: 'charge',
  keyOf: chargeKey,
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
    const { added, again } = parted(rows, await engine.insertNew(transaction, chargeWriter, rows))
    await addToDays(engine, transaction, account, added)
    await widenSeries(engine, transaction, account, added)
    return { added, again }
  },
  read: readCharges,
}
