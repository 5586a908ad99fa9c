import { type BinanceError, binanceErrors } from '../../../../contracts/binance/errors.ts'
import type { Endpoint, TimeWindow } from '../../../../contracts/contract.ts'
import { type RequestedTimes, resolveWindow } from '../../../../contracts/time-window.ts'
import { dayMs, hourMs } from '../../../../time/units.ts'
import type { FaceBehaviour } from '../../../behaviour.ts'

/** The span to answer (both ends included), or nothing to answer, or a refusal. */
export type RequestedWindow =
  | { readonly kind: 'window'; readonly from: number; readonly to: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'error'; readonly error: BinanceError }

/** What a history request's times mean; the codes of its mistakes were not found, so they are options (facts A2.2). */
export function requestedWindow({ window }: Endpoint, times: RequestedTimes, now: number, behaviour: FaceBehaviour): RequestedWindow {
  if (window === undefined) return { kind: 'window', from: 0, to: now }
  const resolved = resolveWindow(window, times, now)
  switch (resolved.kind) {
    case 'window':
      return resolved
    case 'missing':
      return { kind: 'error', error: binanceErrors.mandatoryParameter(resolved.parameter) }
    case 'reversed':
      return startAfterEnd(behaviour)
    case 'too-wide':
      return tooWide(window, times.endTime ?? now, behaviour)
  }
}

/** A start behind the end. */
export function startAfterEnd({ binanceStartAfterEnd }: FaceBehaviour): RequestedWindow {
  switch (binanceStartAfterEnd) {
    case 'start-after-end':
      return { kind: 'error', error: binanceErrors.startAfterEnd() }
    case 'malformed':
      return { kind: 'error', error: binanceErrors.mandatoryParameter('startTime') }
    case 'empty':
      return { kind: 'empty' }
  }
}

function tooWide({ maxMs }: TimeWindow, to: number, { binanceWindowTooWide }: FaceBehaviour): RequestedWindow {
  switch (binanceWindowTooWide) {
    case 'maximum-interval':
      return { kind: 'error', error: binanceErrors.windowTooWide(maxMs / dayMs) }
    case 'interval-in-hours':
      return { kind: 'error', error: binanceErrors.moreThanHours(maxMs / hourMs) }
    case 'clamp':
      return { kind: 'window', from: to - maxMs, to }
  }
}
