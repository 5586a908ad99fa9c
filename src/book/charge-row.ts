import type { Selectable } from 'kysely'
import { isJsonObject, parseJson, printJson } from '../json/json.ts'
import type { TableWriter } from './engines/engine.ts'
import type { Charge } from './record.ts'
import {
  decimalOfColumns,
  mantissaColumn,
  optionalDecimalOfColumns,
  optionalMantissaColumn,
  optionalScaleColumn,
} from './tables/decimal-columns.ts'
import type { ChargeTable } from './tables/tables.ts'

export const chargeWriter: TableWriter<Charge> = {
  table: 'charges',
  columns: [
    'account',
    'at',
    'asset',
    'inst_id',
    'margin_mode',
    'loan_type',
    'principal_mantissa',
    'principal_scale',
    'rate_mantissa',
    'rate_scale',
    'interest_mantissa',
    'interest_scale',
    'total_liability_mantissa',
    'total_liability_scale',
    'free_liability_mantissa',
    'free_liability_scale',
    'extra',
    'received_at',
  ],
  keyLength: 6,
  values: (charge) => [
    charge.account,
    charge.at,
    charge.asset,
    charge.instId,
    charge.marginMode,
    charge.loanType,
    mantissaColumn(charge.principal),
    charge.principal.scale,
    mantissaColumn(charge.rate),
    charge.rate.scale,
    mantissaColumn(charge.interest),
    charge.interest.scale,
    optionalMantissaColumn(charge.totalLiability),
    optionalScaleColumn(charge.totalLiability),
    optionalMantissaColumn(charge.interestFreeLiability),
    optionalScaleColumn(charge.interestFreeLiability),
    charge.extra === undefined ? null : printJson(charge.extra),
    charge.receivedAt,
  ],
}

/** The charge as it was recorded; an absent field is absent again. */
export function chargeOfRow(row: Selectable<ChargeTable>): Charge {
  const totalLiability = optionalDecimalOfColumns(row.total_liability_mantissa, row.total_liability_scale)
  const interestFreeLiability = optionalDecimalOfColumns(row.free_liability_mantissa, row.free_liability_scale)
  const extra = row.extra === null ? undefined : parseJson(row.extra)
  return Object.freeze({
    account: row.account,
    asset: row.asset,
    instId: row.inst_id,
    marginMode: row.margin_mode,
    loanType: row.loan_type,
    at: Number(row.at),
    principal: decimalOfColumns(row.principal_mantissa, row.principal_scale),
    rate: decimalOfColumns(row.rate_mantissa, row.rate_scale),
    interest: decimalOfColumns(row.interest_mantissa, row.interest_scale),
    ...(totalLiability === undefined ? {} : { totalLiability }),
    ...(interestFreeLiability === undefined ? {} : { interestFreeLiability }),
    ...(isJsonObject(extra) ? { extra } : {}),
    receivedAt: Number(row.received_at),
  })
}

/** The natural key within an account, as text. */
export function chargeKey(charge: Charge): string {
  return JSON.stringify([charge.at, charge.asset, charge.instId, charge.marginMode, charge.loanType])
}
