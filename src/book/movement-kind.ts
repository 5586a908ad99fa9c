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
  tables: ['movements'],
  ...keptInTable(table),
  nameOf: ({ stream, id, asset }) => [stream, id, asset],
  instantOf: ({ at }) => at,
  streamOf: ({ stream, asset }) => (stream === 'margin-loans' || stream === 'margin-repayments' ? `${stream}:${asset}` : stream),
  commonOf: commonOfMovements,
  fieldsOf: (movement, other) => [
    ['wallet', movement.wallet],
    ['kind', toldKind(movement, other)],
    ['amount', movement.amount],
    ['balance after', movement.balanceAfter],
    ['interest', movement.interest],
    ['detail', toldDetail(movement, other)],
  ],
}

/** A file of bills tells the subtype alone, `/318`: what it leaves out contradicts nothing. */
function toldKind({ stream, kind }: Movement, other: Movement): string {
  const isShort = stream === 'bills' && (kind.startsWith('/') || other.kind.startsWith('/'))
  return isShort ? kind.slice(kind.indexOf('/')) : kind
}

/** What a file of bills has no column for. */
const notInFiles = [/(?:^| )from=\S*/, /(?:^| )to=\S*/, /(?:^| )notes=.*$/s] as const

/** The detail but for what only one of the tellings could tell. */
function toldDetail({ stream, detail }: Movement, other: Movement): string {
  if (stream !== 'bills' || detail === other.detail) return detail
  return notInFiles.reduce((text, part) => (part.test(other.detail) ? text : text.replace(part, '')), detail).trim()
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
