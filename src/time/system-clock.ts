import type { Clock, WaitOptions } from './clock.ts'

const longestTimerMs = 2 ** 31 - 1

/** The machine's own clock. */
export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  steady: () => Math.floor(performance.now()),
  wait: async (ms: number, signal?: AbortSignal, options?: WaitOptions) => {
    for (let left = ms; left > 0 || left === ms; left -= longestTimerMs) {
      await waitOnce(Math.min(left, longestTimerMs), signal, options)
    }
  },
})

function waitOnce(ms: number, signal: AbortSignal | undefined, { background = false }: WaitOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      },
      Math.max(ms, 0),
    )
    if (background) timer.unref()
    signal?.addEventListener('abort', stop, { once: true })
  })
}
