import type { MiddlewareHandler } from 'hono'
import { fail } from '../../../errors/overdraft-error.ts'
import { isOwnOrigin } from '../host-check.ts'
import { sameText } from '../same-text.ts'

const bearerRe = /^Bearer (.+)$/i

/**
 * Lets in who holds the token. A web page is let in only when it came from the venue itself: its Origin must be the
 * very host it asks. The description is for everybody; it tells nothing of this venue.
 */
export function guard(token: string, openPath: string): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header('origin')
    if (origin !== undefined && !isOwnOrigin(origin, context.req.header('host'))) fail('venue.origin-refused', { origin })
    if (context.req.path !== openPath) {
      const given = bearerRe.exec(context.req.header('authorization') ?? '')?.[1]
      if (given === undefined || !sameText(given, token)) fail('venue.token-refused', {})
    }
    await next()
  }
}
