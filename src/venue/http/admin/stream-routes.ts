import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { AdminHost } from './admin-host.ts'
import { accountParameter, errorResponses, jsonBody, jsonReply } from './schemas.ts'

const eventRequest = z
  .strictObject({
    event: z.union([z.string(), z.record(z.string(), z.unknown())]).openapi({
      description: 'An event as its document has it; as JSON text where a number has more than 15 digits.',
      example: { e: 'ACCOUNT_CONFIG_UPDATE', fs: 'UM', E: 1611646737479, T: 1611646737476, ac: { s: 'BTCUSD_PERP', l: 25 } },
    }),
  })
  .openapi('MadeUpEvent')

/** Telling the user data stream what the venue has no cause for, such as orders. */
export function addStreamRoutes(app: OpenAPIHono, host: AdminHost): void {
  const emit = createRoute({
    method: 'post',
    path: '/accounts/{account}/made-up-events',
    summary: 'Tell those who listen to the account an event that did not happen (Binance); nothing is kept of it',
    tags: ['User data stream'],
    request: { params: accountParameter, body: jsonBody(eventRequest) },
    responses: {
      200: jsonReply('Told.', z.object({ readers: z.int().openapi({ description: 'How many were told.' }) })),
      ...errorResponses,
    },
  })
  app.openapi(emit, (context) => {
    const { account } = context.req.valid('param')
    return context.json({ readers: host.emit(account, context.req.valid('json').event) }, 200)
  })
}
