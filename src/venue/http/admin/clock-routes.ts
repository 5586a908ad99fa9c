import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { VenueClock } from '../../venue-clock.ts'
import type { AdminHost } from './admin-host.ts'
import { errorResponses, idField, instantField, jsonBody, jsonReply } from './schemas.ts'

const id = idField

const clockReply = z
  .object({
    now: instantField,
    mode: z.enum(['real', 'frozen', 'speed']),
    factor: z.number().optional().openapi({ description: 'How many times as fast as the real clock; with mode speed.' }),
  })
  .openapi('Clock')

const clockMove = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('real'), id }),
    z.strictObject({ kind: z.literal('frozen'), at: instantField.optional(), id }),
    z.strictObject({ kind: z.literal('speed'), factor: z.number().positive(), at: instantField.optional(), id }),
    z.strictObject({ kind: z.literal('advance-by'), ms: z.int().min(0), id }),
    z.strictObject({ kind: z.literal('advance-to'), to: instantField, id }),
  ])
  .openapi('ClockMove')

/** Reading and moving the clock. */
export function addClockRoutes(app: OpenAPIHono, host: AdminHost): void {
  const read = createRoute({
    method: 'get',
    path: '/clock',
    summary: 'Read the clock',
    tags: ['Clock'],
    responses: { 200: jsonReply("The venue's clock.", clockReply), ...errorResponses },
  })
  app.openapi(read, (context) => context.json(clockView(host.clock), 200))

  const move = createRoute({
    method: 'post',
    path: '/clock',
    summary: 'Freeze, run or advance the clock; every boundary crossed fires in order before it answers',
    tags: ['Clock'],
    request: { body: jsonBody(clockMove) },
    responses: { 200: jsonReply("The venue's clock.", clockReply), ...errorResponses },
  })
  app.openapi(move, (context) => {
    moveClock(host.clock, context.req.valid('json'))
    return context.json(clockView(host.clock), 200)
  })
}

function moveClock(clock: VenueClock, move: z.output<typeof clockMove>): void {
  switch (move.kind) {
    case 'real':
      clock.real(move.id)
      break
    case 'frozen':
      clock.freeze(move.at, move.id)
      break
    case 'speed':
      clock.run({ factor: move.factor, ...(move.at === undefined ? {} : { at: move.at }) }, move.id)
      break
    case 'advance-by':
      clock.advanceBy(move.ms, move.id)
      break
    case 'advance-to':
      clock.advanceTo(move.to, move.id)
      break
  }
}

function clockView(clock: VenueClock): z.output<typeof clockReply> {
  const mode = clock.mode()
  return { now: clock.now(), mode: mode.kind, ...(mode.kind === 'speed' ? { factor: mode.factor } : {}) }
}
