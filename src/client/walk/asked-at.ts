import { type Clock, steadyNow } from '../../time/clock.ts'

interface TimedClient {
  readonly clock: Clock
  serverNow(): number
}

/**
 * Begun before a request, and called once its reply is there: the exchange's time when it was begun, by what is known of
 * the exchange's clock by then. Whatever was shown at that instant is in the reply; what was shown later may not be.
 */
export function beginAsking(client: TimedClient): () => number {
  const begun = steadyNow(client.clock)
  return () => client.serverNow() - (steadyNow(client.clock) - begun)
}
