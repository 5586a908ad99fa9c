import type { TimeWindow } from './contract.ts'

/** The span a history request asks for, both ends included. */
export interface ResolvedWindow {
  readonly kind: 'window'
  readonly from: number
  readonly to: number
}

/** Why a request's times cannot be answered. */
export type WindowFault =
  | { readonly kind: 'missing'; readonly parameter: 'startTime' | 'endTime' }
  | { readonly kind: 'reversed'; readonly from: number; readonly to: number }
  | { readonly kind: 'too-wide'; readonly spanMs: number; readonly maxMs: number }

/** The times a request carries, in epoch milliseconds UTC. */
export interface RequestedTimes {
  readonly startTime?: number | undefined
  readonly endTime?: number | undefined
}

/**
 * What span a request means, by the notes of its document (000 and 001; facts A3.2, A3.3): neither time, the default
 * span up to the present; only the end, the default span before it; only the start, from it to the present, or the
 * longest allowed span up to the present when it lies further back; both, as they are, unless too wide.
 * Where a window has no default span both times are mandatory.
 *
 * @example resolveWindow(interestHistory.window, {}, now) // { kind: 'window', from: now - 7 days, to: now }
 */
export function resolveWindow(window: TimeWindow, times: RequestedTimes, now: number): ResolvedWindow | WindowFault {
  const { startTime, endTime } = times
  const { defaultMs } = window
  if (startTime !== undefined && endTime !== undefined) return bounded(window, startTime, endTime)
  if (defaultMs === undefined) return { kind: 'missing', parameter: startTime === undefined ? 'startTime' : 'endTime' }
  if (startTime === undefined) {
    const to = endTime ?? now
    return { kind: 'window', from: to - defaultMs, to }
  }
  const earliest = now - window.maxMs
  return bounded(window, window.whenTooOld === 'clamp-start' ? Math.max(startTime, earliest) : startTime, now)
}

function bounded(window: TimeWindow, from: number, to: number): ResolvedWindow | WindowFault {
  const spanMs = to - from
  if (spanMs < 0) return { kind: 'reversed', from, to }
  if (spanMs > window.maxMs) return { kind: 'too-wide', spanMs, maxMs: window.maxMs }
  return { kind: 'window', from, to }
}
