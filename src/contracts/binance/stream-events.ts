import { fail } from '../../errors/overdraft-error.ts'
import { isJsonObject, type Json, parseJson, printJson } from '../../json/json.ts'
import type { PayloadOf, StreamEvent } from '../event.ts'
import { accountConfigUpdate } from './stream-account-config-update.ts'
import { accountUpdate } from './stream-account-update.ts'
import { balanceUpdate } from './stream-balance-update.ts'
import { conditionalOrderTradeUpdate } from './stream-conditional-order-trade-update.ts'
import { executionReport } from './stream-execution-report.ts'
import { liabilityChange } from './stream-liability-change.ts'
import { listenKeyExpired } from './stream-listen-key-expired.ts'
import { openOrderLoss } from './stream-open-order-loss.ts'
import { orderTradeUpdate } from './stream-order-trade-update.ts'
import { outboundAccountPosition } from './stream-outbound-account-position.ts'
import { riskLevelChange } from './stream-risk-level-change.ts'

/** Every event of the user data stream stated so far, by what its field `e` says. */
export const binanceEvents = Object.freeze({
  outboundAccountPosition,
  balanceUpdate,
  liabilityChange,
  openOrderLoss,
  riskLevelChange,
  ACCOUNT_UPDATE: accountUpdate,
  listenKeyExpired,
  executionReport,
  ORDER_TRADE_UPDATE: orderTradeUpdate,
  CONDITIONAL_ORDER_TRADE_UPDATE: conditionalOrderTradeUpdate,
  ACCOUNT_CONFIG_UPDATE: accountConfigUpdate,
})

export type BinanceEvents = typeof binanceEvents
export type BinanceEventName = keyof BinanceEvents

/** One event as it was read: its field `e` tells which it is. */
export type BinanceEventPayload = { readonly [Name in BinanceEventName]: PayloadOf<BinanceEvents[Name]> }[BinanceEventName]

/**
 * Reads one event of the user data stream as it came, by its contract.
 *
 * @example parseBinanceEvent('{"e":"listenKeyExpired","E":1576653824250}').e // 'listenKeyExpired'
 * @throws `contract.event-unknown`, `contract.wrong-shape`, `json.*`
 */
export function parseBinanceEvent(text: string): BinanceEventPayload {
  const json = parseJson(text)
  return eventNamed(json).payload.parse(json, '') as unknown as BinanceEventPayload
}

/** An event as compact JSON, its fields in the order of its document. */
export function printBinanceEvent(payload: BinanceEventPayload): string {
  const { payload: type } = binanceEvents[payload.e]
  return printJson(type.print(payload as never) as Json)
}

function eventNamed(json: Json): StreamEvent {
  const name = isJsonObject(json) ? json['e'] : undefined
  const known = Object.keys(binanceEvents)
  if (typeof name !== 'string' || !known.includes(name)) return fail('contract.event-unknown', { name, known })
  return binanceEvents[name as BinanceEventName] as unknown as StreamEvent
}
