import type { Command } from '../../src/venue/engine/command.ts'
import type { Venue, VenueOptions } from '../../src/venue/index.ts'
import { askOkx, type Got, type OkxCall, venueKit } from './venue-kit.ts'

/** A row as it came, nothing read. */
export type Row = Readonly<Record<string, string>>

export interface OkxKit {
  readonly venue: Venue
  /** Gives the engine a command now. */
  readonly apply: (...commands: readonly Command[]) => void
  readonly ask: (path: string, query?: string, call?: OkxCall) => Got
  /** The `data` of a success. @throws when it is none */
  readonly data: <Kind = Row>(path: string, query?: string) => readonly Kind[]
  readonly post: (path: string, body: unknown, call?: OkxCall) => Got
}

/** A venue whose clock stands still and whose limits turn nobody away, with one empty OKX account, `okx`. */
export async function okxKit(behaviour: NonNullable<VenueOptions['behaviour']> = {}): Promise<OkxKit> {
  const { venue } = await venueKit({ behaviour: { limits: 'counted', ...behaviour } })
  venue.clock.freeze()
  const ask: OkxKit['ask'] = (path, query = '', call = {}) => askOkx(venue, path, { query, ...call })
  return {
    venue,
    apply: (...commands) => {
      for (const command of commands) venue.engine.apply(command, { at: venue.clock.now() })
    },
    ask,
    data: <Kind>(path: string, query?: string) => {
      const { status, text } = ask(path, query)
      const reply = JSON.parse(text) as { code: string; data: readonly Kind[] }
      if (status !== 200 || reply.code !== '0') throw new Error(text)
      return reply.data
    },
    post: (path, body, call = {}) =>
      ask(path, '', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), ...call }),
  }
}

/** The body of a refusal by a service. */
export const business = (code: string, msg: string) => `{"code":"${code}","data":[],"msg":"${msg}"}`
/** The body of a refusal by the gateway. */
export const gateway = (code: string, msg: string) => `{"msg":"${msg}","code":"${code}"}`
/** The body of a success. */
export const success = (data: string) => `{"code":"0","data":[${data}],"msg":""}`
