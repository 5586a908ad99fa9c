import type { Selectable } from 'kysely'
import { isJsonObject, parseJson, printJson } from '../json/json.ts'
import type { ChargeSeries, StoredCharge } from './charge-series.ts'
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

/** What stands in the scale of a total liability that is printed as the principal is, as most are: it saves a ninth of a row. */
export const asPrincipalScale = -2

export const chargeWriter: TableWriter<StoredCharge> = {
  table: 'charge_rows',
  columns: [
    'account_number',
    'at',
    'series',
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
  keyLength: 3,
  values: ({ account, series, charge }) => {
    const { principal, rate, interest, totalLiability, interestFreeLiability } = charge
    const isPrincipal = totalLiability?.mantissa === principal.mantissa && totalLiability.scale === principal.scale
    return [
      account,
      charge.at,
      series,
      mantissaColumn(principal),
      principal.scale,
      mantissaColumn(rate),
      rate.scale,
      mantissaColumn(interest),
      interest.scale,
      isPrincipal ? null : optionalMantissaColumn(totalLiability),
      isPrincipal ? asPrincipalScale : optionalScaleColumn(totalLiability),
      optionalMantissaColumn(interestFreeLiability),
      optionalScaleColumn(interestFreeLiability),
      charge.extra === undefined ? null : printJson(charge.extra),
      charge.receivedAt,
    ]
  },
}

/** The columns of a charge that are not numbers of the book. */
export type ChargeColumns = Omit<Selectable<ChargeTable>, 'account_number' | 'series'>

/** The charge as it was recorded; an absent field is absent again. */
export function chargeOfRow(row: ChargeColumns, { account, asset, instId, marginMode, loanType }: Omit<ChargeSeries, 'number'>): Charge {
  const principal = decimalOfColumns(row.principal_mantissa, row.principal_scale)
  const isPrincipal = row.total_liability_scale !== null && Number(row.total_liability_scale) === asPrincipalScale
  const totalLiability = isPrincipal ? principal : optionalDecimalOfColumns(row.total_liability_mantissa, row.total_liability_scale)
  const interestFreeLiability = optionalDecimalOfColumns(row.free_liability_mantissa, row.free_liability_scale)
  const extra = row.extra === null ? undefined : parseJson(row.extra)
  return Object.freeze({
    account,
    asset,
    instId,
    marginMode,
    loanType,
    at: Number(row.at),
    principal,
    rate: decimalOfColumns(row.rate_mantissa, row.rate_scale),
    interest: decimalOfColumns(row.interest_mantissa, row.interest_scale),
    ...(totalLiability === undefined ? {} : { totalLiability }),
    ...(interestFreeLiability === undefined ? {} : { interestFreeLiability }),
    ...(isJsonObject(extra) ? { extra } : {}),
    receivedAt: Number(row.received_at),
  })
}
