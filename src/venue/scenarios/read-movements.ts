import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import { type Field, type Fields, list, type Outcome, optional, type Reader, record, required } from './readers.ts'
import { fault } from './reading.ts'
import {
  apiKeyText,
  count,
  type DecimalRule,
  decimalText,
  instIdText,
  labelText,
  moment,
  one,
  oneOf,
  trueOrFalse,
} from './scalar-readers.ts'
import type { BookWallet, FlowReason, HistoryEntry, Movement, UnrealisedWallet } from './scenario-data.ts'

export const vipMax = 15

/** The decimals amounts of an exchange have at most. */
export function amountRule(exchange: Exchange, sign: DecimalRule['sign']): DecimalRule {
  return { sign, decimalsMax: exchange === 'binance' ? 8 : 16 }
}

export const bookWallets: Readonly<Record<Exchange, readonly BookWallet[]>> = { binance: ['um', 'cm'], okx: ['cash'] }
export const unrealisedWallets: Readonly<Record<Exchange, readonly UnrealisedWallet[]>> = {
  binance: ['um-unrealised', 'cm-unrealised'],
  okx: ['cash-unrealised'],
}
export const flowReason = oneOf<FlowReason>('profit-or-loss', 'funding', 'fee')

type MovementReaders = Readonly<Record<string, Reader<HistoryEntry>>>

const dated = { at: required(moment), account: required(labelText) }
const switched = { on: required(trueOrFalse) }
const rateRule: DecimalRule = { sign: 'not-negative', decimalsMax: 16, atMost: one }

/** One kind of movement: its fields are those of the command it becomes. */
function movement<Kind extends Movement['kind'], Stated extends Fields>(kind: Kind, fields: Stated): Reader<HistoryEntry> {
  const reader = record({ kind: required(oneOf(kind)), ...dated, ...fields })
  return (spot) => {
    const read = reader(spot)
    if (read === undefined) return undefined
    const { at, ...stated } = read.value as unknown as { readonly at: HistoryEntry['at'] } & Movement
    // A field that was left out is left out of the command as well: the journal's text has no place for it.
    const given = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined))
    return { value: Object.freeze({ kind: 'movement', at, movement: Object.freeze(given) as unknown as Movement }) }
  }
}

/** Entries of the history that stand for one command, by their kind. */
export function movementReaders(exchange: Exchange, asset: Field<string>): MovementReaders {
  const amount = required(decimalText(amountRule(exchange, 'positive')))
  const assetAmount = { asset, amount }
  const common: MovementReaders = {
    deposit: movement('deposit', assetAmount),
    withdraw: movement('withdraw', assetAmount),
    book: movement('book', {
      asset,
      wallet: required(oneOf(...bookWallets[exchange])),
      amount: required(decimalText(amountRule(exchange, 'not-zero'))),
      reason: required(flowReason),
    }),
    'set-unrealised': movement('set-unrealised', {
      asset,
      wallet: required(oneOf(...unrealisedWallets[exchange])),
      amount: required(decimalText(amountRule(exchange, 'any'))),
    }),
    'set-vip': movement('set-vip', { vip: required(count(vipMax)) }),
    'remove-key': movement('remove-key', { apiKey: required(apiKeyText[exchange]) }),
  }
  return { ...common, ...(exchange === 'okx' ? okxReaders(assetAmount) : binanceReaders(assetAmount)) }
}

// A type rather than an interface: only that is taken for a table of fields.
type AssetAmount = { readonly asset: Field<string>; readonly amount: Field<Decimal> }

function binanceReaders(assetAmount: AssetAmount): MovementReaders {
  const { asset } = assetAmount
  const positive = decimalText(amountRule('binance', 'positive'))
  const notNegative = required(decimalText(amountRule('binance', 'not-negative')))
  return {
    lock: movement('lock', assetAmount),
    unlock: movement('unlock', assetAmount),
    borrow: movement('borrow', assetAmount),
    'repay-loan': movement('repay-loan', assetAmount),
    deposit: movement('deposit', { ...assetAmount, wallet: optional(oneOf('spot')) }),
    'repay-futures': movement('repay-futures', { from: optional(oneOf('spot')) }),
    'lend-bankruptcy': movement('lend-bankruptcy', assetAmount),
    'repay-bankruptcy': movement('repay-bankruptcy', { from: optional(oneOf('spot')) }),
    'set-delta-mode': movement('set-delta-mode', switched),
    'repay-debt': movement('repay-debt', { asset, amount: optional(positive), sources: optional(list(asset.reader, 20)) }),
    collect: collectReader(asset.reader, positive),
    'transfer-bnb': movement('transfer-bnb', { amount: assetAmount.amount, side: required(oneOf('to-um', 'from-um')) }),
    'set-repay-switch': movement('set-repay-switch', switched),
    'set-requirements': movement('set-requirements', {
      asset,
      wallet: required(oneOf('um', 'cm')),
      initial: notNegative,
      maintenance: notNegative,
      openLoss: notNegative,
    }),
  }
}

/** An amount says how much of which wallet; without one, or without an asset, everything positive is collected. */
function collectReader(asset: Reader<string>, positive: Reader<Decimal>): Reader<HistoryEntry> {
  const reader = movement('collect', { asset: optional(asset), amount: optional(positive), from: optional(oneOf('um', 'cm')) })
  return (spot): Outcome<HistoryEntry> => {
    const read = reader(spot)
    if (read?.value.kind !== 'movement' || read.value.movement.kind !== 'collect') return read
    const { movement: collect } = read.value
    if ((collect.amount === undefined) !== (collect.from === undefined)) return fault(spot, 'should have both amount and from, or neither')
    if (collect.amount !== undefined && collect.asset === undefined) return fault(spot, 'an amount needs the asset it is of')
    return read
  }
}

function okxReaders(assetAmount: AssetAmount): MovementReaders {
  const isolated = { ...assetAmount, instId: required(instIdText) }
  const order = { ...assetAmount, order: required(labelText) }
  return {
    'borrow-isolated': movement('borrow-isolated', isolated),
    'repay-isolated': movement('repay-isolated', isolated),
    'borrow-spot': movement('borrow-spot', assetAmount),
    'repay-spot': movement('repay-spot', assetAmount),
    'borrow-vip': movement('borrow-vip', { ...order, rateDaily: required(decimalText(rateRule)) }),
    'repay-vip': movement('repay-vip', order),
    'set-auto-repay': movement('set-auto-repay', switched),
    'set-auto-borrow': movement('set-auto-borrow', switched),
  }
}
