import type { Clock } from '../time/clock.ts'

/** The reason a request is aborted with when its time is up. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed'
}

/**
 * Runs `work` until it is done, `ms` have passed on the clock, or the caller's signal aborts, whichever is first; also
 * where `work` pays no heed to its signal.
 * @throws `DeadlinePassed`, the signal's reason, or what `work` throws
 */
export async function withDeadline<Value>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const aborting = new AbortController()
  const timer = new AbortController()
  const abort = () => aborting.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  clock.wait(ms, timer.signal, { limitsWork: true }).then(
    () => aborting.abort(new DeadlinePassed()),
    () => {},
  )
  try {
    signal?.throwIfAborted()
    return await abortable(work(aborting.signal), aborting.signal)
  } finally {
    timer.abort()
    signal?.removeEventListener('abort', abort)
  }
}

/** The promise, or the signal's reason as soon as it aborts. */
export function abortable<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
