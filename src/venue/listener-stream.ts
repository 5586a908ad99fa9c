import { fail } from '../errors/overdraft-error.ts'

type Subscribe<Item> = (listener: (item: Item) => void) => () => void

/**
 * What a listener is told, as a loop. It listens at once, not only when the first item is asked for: nothing that happens
 * in between is lost. When the signal fires it ends after the items that wait.
 *
 * @throws `venue.events-overflow` from the loop when more wait than `capacity`
 */
export function listenerStream<Item>(subscribe: Subscribe<Item>, capacity: number, signal: AbortSignal): AsyncIterableIterator<Item> {
  const waiting: Item[] = []
  let isOver = signal.aborted
  let overflowed = false
  let wake = (): void => undefined
  const end = (): void => {
    isOver = true
    leave()
    wake()
  }
  const leave = subscribe((item) => {
    if (waiting.length < capacity) waiting.push(item)
    else {
      overflowed = true
      end()
    }
    wake()
  })
  if (isOver) leave()
  signal.addEventListener('abort', end, { once: true })
  const next = async (): Promise<IteratorResult<Item>> => {
    for (;;) {
      const item = waiting.shift()
      if (item !== undefined) return { done: false, value: item }
      if (overflowed) {
        overflowed = false
        fail('venue.events-overflow', { capacity })
      }
      if (isOver) return { done: true, value: undefined }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return {
    next,
    return: async () => {
      waiting.length = 0
      signal.removeEventListener('abort', end)
      end()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
