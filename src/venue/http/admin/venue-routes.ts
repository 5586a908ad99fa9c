import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { AdminHost } from './admin-host.ts'
import { errorResponses, exchangeField, instantField, jsonBody, jsonReply, labelField } from './schemas.ts'
import { truthText } from './truth-text.ts'

const truthReply = z
  .object({
    now: instantField,
    journalLength: z.int(),
    digest: z.string(),
    accounts: z.array(
      z.object({
        account: labelField,
        exchange: exchangeField,
        balances: z.array(z.record(z.string(), z.unknown())),
        charges: z.array(z.record(z.string(), z.unknown())),
        exchangeRuns: z.array(z.record(z.string(), z.unknown())).optional().openapi({ description: 'Binance only.' }),
      }),
    ),
  })
  .openapi('Truth')

const resetReply = z.object({ now: instantField, accounts: z.int() }).openapi('Reset')

/** Reading everything, and beginning again. */
export function addVenueRoutes(app: OpenAPIHono, host: AdminHost): void {
  const truth = createRoute({
    method: 'get',
    path: '/truth',
    summary: 'Every balance, charge and auto-exchange run, unpaged, newest first; of one account or of all',
    tags: ['Venue'],
    request: { query: z.object({ account: labelField.optional() }) },
    responses: { 200: jsonReply('The truth.', truthReply), ...errorResponses },
  })
  app.openapi(truth, (context) => {
    const { account } = context.req.valid('query')
    host.engine().advanceTo(host.clock.now())
    const text = truthText(host.truth(account))
    return context.body(text, 200, { 'Content-Type': 'application/json' }) as never
  })

  const reset = createRoute({
    method: 'post',
    path: '/reset',
    summary: 'Begin again: from the scenario the venue was started with, or with the empty one. Everything else is gone.',
    tags: ['Venue'],
    request: { body: jsonBody(z.strictObject({ to: z.enum(['scenario', 'empty']) }).openapi('ResetTo')) },
    responses: { 200: jsonReply('Begun again, durably.', resetReply), ...errorResponses },
  })
  app.openapi(reset, (context) => {
    host.reset(context.req.valid('json').to)
    return context.json({ now: host.clock.now(), accounts: host.engine().accounts().length }, 200)
  })
}
