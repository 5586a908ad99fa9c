import type { Movement, Stream } from './record.ts'
import { keptInTable, type RowKind } from './row-kind.ts'
import { decimalField, rowTable, textField, wholeField } from './tables/row-table.ts'

const table = rowTable<Movement>(
  'movements',
  {
    account: textField('account'),
    at: wholeField('at'),
    stream: textField('stream'),
    id: textField('id'),
    asset: textField('asset'),
    wallet: textField('wallet'),
    kind: textField('kind'),
    amount: decimalField('amount'),
    balanceAfter: decimalField('balance_after'),
    interest: decimalField('interest'),
    detail: textField('detail'),
    receivedAt: wholeField('received_at'),
  },
  5,
  'at',
)

/** Changes of wallets that are no charges. */
export const movements: RowKind<Movement> = {
  noun: 'movement',
  ...keptInTable(table),
  nameOf: ({ stream, id, asset }) => [stream, id, asset],
  instantOf: ({ at }) => at,
  streamOf: ({ stream, asset }) => (stream === 'margin-loans' || stream === 'margin-repayments' ? `${stream}:${asset}` : stream),
  commonOf: commonOfMovements,
  fieldsOf: ({ wallet, kind, amount, balanceAfter, interest, detail }) => [
    ['wallet', wallet],
    ['kind', kind],
    ['amount', amount],
    ['balance after', balanceAfter],
    ['interest', interest],
    ['detail', detail],
  ],
}

const movementStreams: readonly string[] = [
  'um-income',
  'cm-income',
  'margin-loans',
  'margin-repayments',
  'bills',
] satisfies Movement['stream'][]

function commonOfMovements(asked: Stream): { readonly stream: string; readonly asset: string | undefined } | undefined {
  const [stream = '', asset] = asked.split(':')
  return movementStreams.includes(stream) ? { stream, asset } : undefined
}
