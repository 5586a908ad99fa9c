import type { Exchange } from '../../contracts/contract.ts'
import { chosenBy } from './chosen-by.ts'
import { boundsReader, knownAssetReader, wanderFields } from './read-markets.ts'
import { amountRule, bookWallets, flowReason, movementReaders, unrealisedWallets } from './read-movements.ts'
import { entriesOf, optional, type Reader, record, required, scalarText, withDefault } from './readers.ts'
import { fault, missing, type Spot } from './reading.ts'
import { type DecimalRule, decimalText, duration, labelText, moment, oneOf } from './scalar-readers.ts'
import type { BookWallet, HistoryEntry, UnrealisedWallet } from './scenario-data.ts'

/** What the accounts and markets of the file allow an entry to name. */
export interface HistoryContext {
  readonly accounts: ReadonlyMap<string, Exchange>
  readonly assets: ReadonlySet<string>
}

type EntryReaders = Readonly<Record<string, Reader<HistoryEntry>>>

/** The entries an account of one exchange may have, by their kind. */
function entryReaders(exchange: Exchange, context: HistoryContext): EntryReaders {
  const asset = required(knownAssetReader(context.assets))
  const booked = { at: required(moment), account: required(labelText), asset, wallet: required(oneOf(...bookWallets[exchange])) }
  return { ...movementReaders(exchange, asset), ...generatorReaders(exchange, booked, amountRule(exchange, 'any')) }
}

type BookedFields = {
  readonly at: ReturnType<typeof required<HistoryEntry['at']>>
  readonly account: ReturnType<typeof required<string>>
  readonly asset: ReturnType<typeof required<string>>
  readonly wallet: ReturnType<typeof required<BookWallet>>
}

/** The entries that unfold into many movements, or into one that follows from those before. */
function generatorReaders(exchange: Exchange, booked: BookedFields, rule: DecimalRule): EntryReaders {
  const { at, account, asset } = booked
  const level = record({
    kind: required(oneOf('level')),
    ...booked,
    to: required(decimalText(rule)),
    settles: optional(decimalText(rule)),
    reason: withDefault(flowReason, 'profit-or-loss'),
  })
  const walk = record({
    kind: required(oneOf('walk')),
    at,
    account,
    asset,
    wallet: required(oneOf<BookWallet | UnrealisedWallet>(...bookWallets[exchange], ...unrealisedWallets[exchange])),
    until: required(moment),
    jitter: withDefault(duration, 0),
    reason: withDefault(flowReason, 'profit-or-loss'),
    ...wanderFields(rule),
  })
  const flow = record({
    kind: required(oneOf('flow')),
    ...booked,
    until: required(moment),
    every: required(duration),
    jitter: withDefault(duration, 0),
    between: required(boundsReader(rule)),
    reason: required(flowReason),
  })
  return {
    level,
    walk: (spot) => {
      const read = walk(spot)
      if (read === undefined || !comesInTurn(spot, read.value)) return undefined
      const { every: everyMs, jitter: jitterMs, between, ...entry } = read.value
      return { value: Object.freeze({ ...entry, ...between, everyMs, jitterMs }) }
    },
    flow: (spot) => {
      const read = flow(spot)
      if (read === undefined || !comesInTurn(spot, read.value)) return undefined
      const { every: everyMs, jitter: jitterMs, between, ...entry } = read.value
      return { value: Object.freeze({ ...entry, ...between, everyMs, jitterMs }) }
    },
  }
}

/** Whether what comes late comes at least before the next turn. */
function comesInTurn(spot: Spot, { every, jitter }: { readonly every: number; readonly jitter: number }): boolean {
  if (jitter < every) return true
  fault(spot, 'the jitter should be shorter than the span between two steps')
  return false
}

/** One entry: what it may hold follows from the exchange of its account, and from its kind. */
export function historyEntryReader(context: HistoryContext): Reader<HistoryEntry> {
  const byExchange: Readonly<Record<Exchange, Reader<HistoryEntry>>> = {
    binance: chosenBy('kind', entryReaders('binance', context)),
    okx: chosenBy('kind', entryReaders('okx', context)),
  }
  return (spot) => {
    const entries = entriesOf(spot)
    if (entries === undefined) return undefined
    const account = entries.find(([name]) => name === 'account')?.[2]
    if (account === undefined) return missing(spot, 'account')
    const exchange = context.accounts.get(scalarText(account) ?? '')
    if (exchange !== undefined) return byExchange[exchange](spot)
    return fault(
      account,
      `"${scalarText(account) ?? ''}" is no account of this scenario; there are: ${[...context.accounts.keys()].join(', ')}`,
    )
  }
}
