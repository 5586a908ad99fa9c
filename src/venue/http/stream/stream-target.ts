import type { StreamScope } from '../../streams/user-streams.ts'
import { splitTarget } from '../call-of-request.ts'

/** What a connection asks for by its address. */
export interface StreamTarget {
  readonly scope: StreamScope
  /** Whether each event comes as `{"stream":…,"data":…}`. */
  readonly isCombined: boolean
  readonly listenKeys: readonly string[]
}

const pathRe = /^\/(pm|pm-classic)\/(?:ws(?:\/([^/]*))?|(stream))$/

/**
 * `/pm/ws/<listenKey>` as documented; `/pm/stream?streams=<listenKey>/…` as the official connector connects, whose streams
 * may also be named afterwards. `/pm-classic/…` for PRO. `undefined` for any other address.
 */
export function streamTarget(target: string): StreamTarget | undefined {
  const { path, query } = splitTarget(target)
  const [found, scope, key, combined] = pathRe.exec(path) ?? []
  if (found === undefined) return undefined
  const isCombined = combined !== undefined
  const named = isCombined ? (new URLSearchParams(query).get('streams') ?? '').split('/') : [key ?? '']
  return { scope: scope as StreamScope, isCombined, listenKeys: [...new Set(named)].filter((name) => name !== '') }
}
