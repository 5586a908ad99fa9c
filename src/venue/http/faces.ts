import { overdraftError } from '../../errors/overdraft-error.ts'
import type { Clock } from '../../time/clock.ts'
import { httpDate } from '../../time/http-date.ts'
import type { FaceBehaviour } from '../behaviour.ts'
import type { Connection } from '../connection.ts'
import { EngineLens } from '../faults/engine-lens.ts'
import type { FaultDesk } from '../faults/fault-desk.ts'
import { withFaults } from '../faults/with-faults.ts'
import type { ListenKeyDesk } from '../streams/user-streams.ts'
import type { VenueClock } from '../venue-clock.ts'
import type { AdminHost } from './admin/admin-host.ts'
import { adminFace } from './admin/app.ts'
import { binanceFace } from './binance/face.ts'
import { bodyLimitBytes, callOf, targetOf } from './call-of-request.ts'
import { delivered } from './delivered.ts'
import type { ExchangeCall, ExchangeFace, ExchangeReply } from './exchange-call.ts'
import { isLoopbackHost } from './host-check.ts'
import { limitClock } from './limit-clock.ts'
import { okxFace } from './okx/face.ts'
import { errorResponse, plainResponse } from './responses.ts'

interface Options {
  readonly host: AdminHost
  readonly clock: VenueClock
  readonly real: Clock
  readonly behaviour: FaceBehaviour
  readonly onFault: (error: unknown) => void
  /** Fires what is due before a request is looked at. */
  readonly advance: () => void
  /** The listen keys of Binance accounts, which outlive what the faces know. */
  readonly listenKeys: ListenKeyDesk
  /** Decides which calls meet a fault. */
  readonly desk: FaultDesk
}

export interface VenueFaces {
  fetch(request: Request, connection: Connection): Promise<Response>
  answer(call: ExchangeCall): ExchangeReply | undefined
}

const adminPrefix = '/_venue/'
const nothingHere = 'There is nothing here; / tells what this is.\n'
const about = `Overdraft venue: a local exchange to test against.

/papi/v1/...     answers as Binance Portfolio Margin does
/sapi/..., /api/v3/...  answer as Binance's api host does
/api/v5/...      answers as OKX does
/pm/ws/<listenKey>  tells the user data stream of an account, over WebSocket
/_venue/...      moves the clock, the money and the market; /_venue/openapi.json describes it
`

/** Both exchanges and the admin face behind one door. */
export function venueFaces({ host, clock, real, behaviour, onFault, advance, listenKeys, desk }: Options): VenueFaces {
  const limitNow = limitClock(clock, real, behaviour)
  const lens = new EngineLens(host)
  const secondClock = behaviour.timestamps === 'either-clock'
  const faceOptions = { engine: lens.engine, revision: lens.revision, behaviour, limitNow, realNow: () => real.now(), onFault }
  const faulty = { desk, lens, engine: host.engine, real }
  const binance = withFaults({ ...faulty, exchange: 'binance', face: binanceFace({ ...faceOptions, listenKeys }) })
  const okx = withFaults({ ...faulty, exchange: 'okx', face: okxFace(faceOptions) })
  const faces: readonly (readonly [prefix: string, face: ExchangeFace])[] = [
    ['/papi/', binance],
    ['/sapi/', binance],
    ['/api/v3/', binance],
    ['/api/', okx],
  ]
  const admin = adminFace(host, onFault)

  const faceOf = (path: string): ExchangeFace | undefined => faces.find(([prefix]) => path.startsWith(prefix))?.[1]

  /** What could not be written down is told; the answer is of the state before it, and the next call tries again. */
  const told = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      onFault(error)
    }
  }
  const fireDue = (): void => told(advance)
  /** Who changes something does so at an instant that no boundary under way has passed yet. */
  const finishStep = (): void => told(() => clock.finish())

  const answerBy = (face: ExchangeFace, call: ExchangeCall): ExchangeReply => {
    fireDue()
    if (call.method !== 'GET') finishStep()
    return face(secondClock ? { ...call, otherInstant: real.now() } : call, clock.now())
  }

  const dated = (response: Response): Response => {
    response.headers.set('Date', httpDate(clock.now()))
    return response
  }

  const answerOther = async (request: Request, path: string): Promise<Response> => {
    if (path.startsWith(adminPrefix)) {
      fireDue()
      finishStep()
      return admin(request)
    }
    return path === '/' ? plainResponse(200, about) : plainResponse(404, nothingHere)
  }

  return {
    answer: (call) => {
      const face = faceOf(call.path)
      return face && answerBy(face, call)
    },
    fetch: async (request, connection) => {
      // Only a server's requests carry a Host header; those made in the process itself have none.
      const hostHeader = request.headers.get('host')
      if (hostHeader !== null && !isLoopbackHost(hostHeader))
        return dated(errorResponse(403, overdraftError('venue.host-refused', { host: hostHeader })))
      const target = targetOf(request, connection)
      const face = faceOf(target.path)
      if (face === undefined) return dated(await answerOther(request, target.path))
      const call = await callOf(request, connection, target)
      if (call === undefined) return dated(errorResponse(413, overdraftError('venue.body-too-large', { limitBytes: bodyLimitBytes })))
      return delivered(answerBy(face, call), request.signal)
    },
  }
}
