import { type BinanceError, binanceErrors, binanceServerFailures } from '../../contracts/binance/errors.ts'
import { okxErrorTable } from '../../contracts/okx/error-table.ts'
import { type OkxError, okxErrorOf, okxErrors } from '../../contracts/okx/errors.ts'
import type { FaultRule } from './rule.ts'

/** What Binance answers at `now` by a rule that refuses in its own words; `counts` tells whether the call costs its weight (facts A1.2). */
export function binanceRefusal(rule: FaultRule, now: number): { readonly error: BinanceError; readonly counts: boolean } | undefined {
  switch (rule.kind) {
    case 'outcome-unknown':
      return { error: binanceServerFailures.unknownOutcome(), counts: true }
    case 'service-unavailable':
      return { error: binanceServerFailures.unavailable(), counts: false }
    case 'internal-error':
      return { error: binanceServerFailures.internal(), counts: true }
    case 'overloaded':
      return { error: binanceErrors.throttled(now), counts: false }
    case 'request-error':
      return { error: binanceServerFailures.occurred(rule.status), counts: true }
    case 'unknown-error':
      return { error: binanceErrors.unknown(), counts: true }
    case 'unexpected-response':
      return { error: binanceErrors.unexpectedResponse(), counts: true }
    case 'backend-timeout':
      return { error: binanceErrors.timeout(), counts: true }
    default:
      return undefined
  }
}

/** What OKX answers by a rule that refuses in its own words. */
export function okxRefusal(rule: FaultRule): OkxError | undefined {
  switch (rule.kind) {
    case 'okx-unavailable':
      return okxErrors.unavailable()
    case 'okx-timeout':
      return okxErrors.timeout()
    case 'okx-rate-limited':
      return rule.form === 'gateway' ? okxErrors.tooManyRequests() : tooManyInBusiness()
    case 'okx-busy':
      return okxErrors.busy()
    case 'okx-system-error':
      return okxErrors.systemError()
    case 'okx-too-frequent':
      return okxErrorOf('50040')
    case 'okx-order-limit':
      return okxErrorOf('50061')
    case 'okx-invalid-sign':
      return okxErrors.invalidSign()
    default:
      return undefined
  }
}

/** 50011 in its other form: HTTP 200, with data (facts B2). */
function tooManyInBusiness(): OkxError {
  const line = okxErrorTable.find(({ code, envelope }) => code === '50011' && envelope === 'business')
  if (line === undefined) throw new RangeError('the error table has no 50011 of the business form')
  const { status, text } = line.documented
  return Object.freeze({ code: line.code, status, text, envelope: line.envelope })
}
