import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { AdminHost } from './admin-host.ts'
import { errorResponses, exchangeField, instantField, jsonBody, jsonReply, labelField } from './schemas.ts'
import { truthStream } from './truth-stream.ts'
import { truthText } from './truth-text.ts'

const rows = z.array(z.record(z.string(), z.unknown()))
const truthReply = z
  .object({
    now: instantField,
    journalLength: z.int(),
    digest: z.string(),
    assets: rows.openapi({ description: 'Prices, collateral rates, thresholds and quotas.' }),
    rates: rows.openapi({ description: 'Every change of a rate, for the levels that accounts have.' }),
    accounts: z.array(
      z.object({
        account: labelField,
        exchange: exchangeField,
        settings: z.record(z.string(), z.unknown()),
        balances: rows,
        charges: rows,
        movements: rows,
        loanCharges: rows.optional().openapi({ description: 'Binance only, as are the next three.' }),
        exchangeRuns: rows.optional(),
        requirements: rows.optional(),
        margin: z.record(z.string(), z.unknown()).optional(),
        status: z.record(z.string(), z.unknown()).optional().openapi({ description: 'OKX only.' }),
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
    summary: 'Everything the venue knows, unpaged, newest first; of one account or of all',
    tags: ['Venue'],
    request: {
      query: z.object({
        account: labelField.optional(),
        format: z.enum(['json', 'ndjson']).default('json').openapi({
          description: 'ndjson: one record a line, without the digest, for venues too large for one answer; ends with the kind `end`.',
        }),
      }),
    },
    responses: { 200: jsonReply('The truth.', truthReply), ...errorResponses },
  })
  app.openapi(truth, (context) => {
    const { account, format } = context.req.valid('query')
    if (format === 'ndjson') {
      const lines = truthStream(host.engine(), () => host.engine(), account)
      return context.body(lines, 200, { 'Content-Type': 'application/x-ndjson' }) as never
    }
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
