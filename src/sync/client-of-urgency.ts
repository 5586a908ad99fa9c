import type { CallOptions } from '../client/call-options.ts'
import type { SyncClient } from './sync-client.ts'
import type { Urgency } from './urgency.ts'

/**
 * The same client, each call of which is as urgent as `urgency` says when it is made: a walk begins with today and ends
 * years ago.
 */
export function clientOfUrgency<Client extends SyncClient>(client: Client, urgency: () => Urgency): Client {
  const wrapped = Object.entries(client).map(([name, member]) => {
    if (typeof member !== 'function' || name === 'serverNow') return [name, member] as const
    const call = member as (args: unknown, options?: CallOptions) => unknown
    return [name, (args: unknown, options?: CallOptions) => call(args, { ...options, urgency: urgency() })] as const
  })
  return Object.freeze(Object.fromEntries(wrapped)) as Client
}
