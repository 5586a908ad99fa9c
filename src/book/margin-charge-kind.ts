import type { MarginCharge } from './record.ts'
import { keptInTable, type RowKind } from './row-kind.ts'
import { decimalField, rowTable, textField, wholeField } from './tables/row-table.ts'

const table = rowTable<MarginCharge>(
  'margin_charges',
  {
    account: textField('account'),
    at: wholeField('at'),
    txId: textField('tx_id'),
    asset: textField('asset'),
    rawAsset: textField('raw_asset'),
    type: textField('type'),
    principal: decimalField('principal'),
    rate: decimalField('rate'),
    interest: decimalField('interest'),
    receivedAt: wholeField('received_at'),
  },
  4,
  'at',
)

/** Rows of Binance's margin interest history. */
export const marginCharges: RowKind<MarginCharge> = {
  noun: 'margin charge',
  tables: ['margin_charges'],
  ...keptInTable(table),
  nameOf: ({ asset, txId }) => [asset, `txId ${txId}`],
  instantOf: ({ at }) => at,
  streamOf: () => 'margin-interest',
  commonOf: (stream) => (stream === 'margin-interest' ? {} : undefined),
  fieldsOf: ({ rawAsset, type, principal, rate, interest }) => [
    ['raw asset', rawAsset],
    ['type', type],
    ['principal', principal],
    ['rate', rate],
    ['interest', interest],
  ],
}
