import type { PublishedRate } from './record.ts'
import { keptInTable, type RowKind } from './row-kind.ts'
import { decimalField, rowTable, textField, wholeField } from './tables/row-table.ts'

const table = rowTable<PublishedRate>(
  'rates',
  {
    account: textField('account'),
    asset: textField('asset'),
    at: wholeField('at'),
    source: textField('source'),
    rate: decimalField('rate'),
    per: textField('per'),
    vipLevel: wholeField('vip_level'),
    receivedAt: wholeField('received_at'),
  },
  4,
  'at',
)

const streamPrefix = 'rates:'

/** Rates as the exchange published them. */
export const rates: RowKind<PublishedRate> = {
  noun: 'rate',
  tables: ['rates'],
  ...keptInTable(table),
  nameOf: ({ asset, source }) => [asset, source],
  instantOf: ({ at }) => at,
  streamOf: ({ asset }) => `${streamPrefix}${asset}`,
  commonOf: (stream) => (stream.startsWith(streamPrefix) ? { asset: stream.slice(streamPrefix.length) } : undefined),
  fieldsOf: ({ rate, per, vipLevel }) => [
    ['rate', rate],
    ['per', per],
    ['VIP level', vipLevel],
  ],
}
