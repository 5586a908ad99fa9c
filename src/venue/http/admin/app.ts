import { OpenAPIHono, type z } from '@hono/zod-openapi'
import { fail, overdraftError } from '../../../errors/overdraft-error.ts'
import { errorResponse } from '../responses.ts'
import { addAccountRoutes } from './account-routes.ts'
import type { AdminHost } from './admin-host.ts'
import { addClockRoutes } from './clock-routes.ts'
import { adminError } from './error-status.ts'
import { addFaultRoutes } from './fault-routes.ts'
import { guard } from './guard.ts'
import { addKeyRoutes } from './key-routes.ts'
import { addMarginRoutes } from './margin-routes.ts'
import { addMarketRoutes } from './market-routes.ts'
import { addMovementRoutes } from './movement-routes.ts'
import { addOkxRoutes } from './okx-routes.ts'
import { addSnapshotRoutes } from './snapshot-routes.ts'
import { addStreamRoutes } from './stream-routes.ts'
import { addVenueRoutes } from './venue-routes.ts'
import { wholeBody } from './whole-body.ts'

const basePath = '/_venue'
const descriptionPath = '/openapi.json'
const bodyLimitBytes = 1_048_576

/** The admin face: everything that can be done to the venue, behind its token, described by an OpenAPI document. */
export function adminFace(host: AdminHost, onFault: (error: unknown) => void): (request: Request) => Promise<Response> {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) fail('venue.admin-malformed', { problems: result.error.issues.map(problem) })
    },
  }).basePath(basePath)
  app.onError((thrown) => {
    const { status, error, isFault } = adminError(thrown)
    if (isFault) onFault(thrown)
    return errorResponse(status, error)
  })
  app.notFound((context) =>
    errorResponse(404, overdraftError('venue.admin-path-unknown', { method: context.req.method, path: context.req.path })),
  )
  app.use(guard(host.token, basePath + descriptionPath))
  app.use(wholeBody(bodyLimitBytes))

  addClockRoutes(app, host)
  addAccountRoutes(app, host)
  addKeyRoutes(app, host)
  addMovementRoutes(app, host)
  addMarginRoutes(app, host)
  addOkxRoutes(app, host)
  addMarketRoutes(app, host)
  addSnapshotRoutes(app, host)
  addStreamRoutes(app, host)
  addVenueRoutes(app, host)
  addFaultRoutes(app, host)
  app.openAPIRegistry.registerComponent('securitySchemes', 'adminToken', { type: 'http', scheme: 'bearer' })
  app.doc31(descriptionPath, {
    openapi: '3.1.0',
    info: {
      title: 'Overdraft venue',
      version: '1',
      description:
        'Moves the clock, the money and the market of a local exchange. Decimals are strings, instants are epoch milliseconds UTC. ' +
        'Every change is in the journal before it is answered; with an `id` of your own it can be sent again without being applied twice.',
    },
    security: [{ adminToken: [] }],
  })
  return async (request) => app.fetch(request)
}

function problem(issue: z.core.$ZodIssue): string {
  const field = issue.path.map(String).join('.')
  return field === '' ? issue.message : `${field}: ${issue.message}`
}
