/**
 * The public entry `overdraft/contracts`: what Binance Portfolio Margin and OKX document, as data.
 *
 * An endpoint's contract states its path, cost, parameters, time rules and reply; the functions here print a call,
 * sign it, read its reply, and tell what a failure means. Nothing here does input or output.
 *
 * Amounts are exact decimals (`Decimal`), instants are epoch milliseconds UTC, and JSON is read with `parseJson`, which
 * keeps every number as it was written. What is wrong is thrown as an `OverdraftError` with a stable `code`.
 *
 * @example
 * import { binanceEndpoints, binancePayload, parseJson, printArguments, signBinance, toText } from 'overdraft/contracts'
 *
 * const { interestHistory } = binanceEndpoints
 * const query = new URLSearchParams([...printArguments(interestHistory, { asset: 'USDT', size: 100 }), ['timestamp', '1670227200000']])
 * const signature = signBinance('hmac', 'my secret', binancePayload(query.toString(), ''))
 * const target = `${interestHistory.path}?${query}&signature=${signature}`
 *
 * const reply = '[{"asset":"USDT","interest":"24.4440","interestAccuredTime":1670227200000,"interestRate":"0.0001164","principal":"210000"}]'
 * const charges = interestHistory.reply.parse(parseJson(reply), '')
 * const told = charges.map((charge) => `${toText(charge.interest)} ${charge.asset} on ${toText(charge.principal)}`)
 */

export {
  absolute,
  add,
  compare,
  divide,
  equals,
  isNegative,
  isZero,
  maximum,
  minimum,
  multiply,
  negate,
  rescale,
  strip,
  subtract,
  sum,
} from '../decimal/arithmetic.ts'
export { type Decimal, decimal, decimalOf, parseDecimal, toText, zero } from '../decimal/decimal.ts'
export type { Rounding } from '../decimal/rounding.ts'
export type { ErrorCode } from '../errors/catalogue.ts'
export { isOverdraftError, OverdraftError } from '../errors/overdraft-error.ts'
export { type Json, JsonNumber, type JsonObject, parseJson, printJson } from '../json/json.ts'
export { recvWindowDefaultMs, recvWindowMaxMs } from './binance/common.ts'
export type { BinanceErrorLine } from './binance/error-line.ts'
export { binanceErrorTable, binanceNeighbourErrorTable } from './binance/error-table.ts'
export {
  type BinanceError,
  binanceErrorBody,
  binanceErrorOf,
  binanceErrors,
  binanceNotFound,
  binanceServerFailures,
} from './binance/errors.ts'
export {
  binanceBackoffMs,
  binanceBan,
  binanceOrderCountHeader,
  binanceOrderLimit,
  binanceUsedWeightHeader,
  binanceWeightLimit,
  classifyBinanceFailure,
  retryAfterHeader,
} from './binance/limits.ts'
export {
  type BinanceHost,
  type BinancePool,
  binanceHostOf,
  binancePoolOf,
  binanceWeightOf,
  papiOrderPool,
  papiPool,
  sapiLimits,
  sapiUsedWeightHeaders,
  spotPool,
} from './binance/pools.ts'
export {
  type BinanceSigning,
  binanceAheadMaxMs,
  binanceKeyHeader,
  binancePayload,
  type SplitSignature,
  signBinance,
  splitSignature,
  verifyBinance,
} from './binance/signing.ts'
export {
  type BinanceEventName,
  type BinanceEventPayload,
  binanceEvents,
  parseBinanceEvent,
  printBinanceEvent,
} from './binance/stream-events.ts'
export type { ArgumentsFor, Cost, Cursor, Endpoint, Exchange, PrintedReplyOf, ReplyOf, TimeWindow, WhenTooOld } from './contract.ts'
export { binanceEndpoints, okxEndpoints } from './endpoints.ts'
export type { PayloadOf, StreamEvent } from './event.ts'
export { type FailureKind, mayRepeat } from './failure.ts'
export { type OkxEnvelope, type OkxErrorLine, okxErrorTable } from './okx/error-table.ts'
export { type OkxError, okxErrorBody, okxErrorOf, okxErrors, okxNotFound } from './okx/errors.ts'
export { classifyOkxFailure, okxSuccessCode } from './okx/limits.ts'
export {
  okxExpired,
  okxExpiryMs,
  okxHeaders,
  okxPayload,
  okxTimestamp,
  parseOkxTimestamp,
  signOkx,
  verifyOkx,
} from './okx/signing.ts'
export type { Parameter, ParameterTable, ParameterType } from './parameter.ts'
export {
  type ParameterFault,
  type ParameterPairs,
  type ParameterValues,
  parameterFaults,
  printArguments,
  readParameters,
  type ValuesFor,
} from './request.ts'
export { type RequestedTimes, type ResolvedWindow, resolveWindow, type WindowFault } from './time-window.ts'
export type { WireField, WireShape, WireType } from './wire-type.ts'
