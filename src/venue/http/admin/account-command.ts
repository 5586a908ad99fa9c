import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Command } from '../../engine/command.ts'
import { type AdminHost, applyNow, entryView } from './admin-host.ts'
import { accountParameter, entryReply, errorResponses, jsonBody, jsonReply } from './schemas.ts'

/** One command on an account: where it is posted, what it says, and the command it becomes. */
export interface AccountCommand<Schema extends z.ZodType> {
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly body: Schema
  readonly command: (account: string, body: z.output<Schema>) => Command
}

/** Adds the route of one command on an account. */
export function accountCommand<Schema extends z.ZodType<{ id?: string | undefined }>>(
  app: OpenAPIHono,
  host: AdminHost,
  stated: AccountCommand<Schema>,
): void {
  const route = createRoute({
    method: 'post',
    path: `/accounts/{account}/${stated.path}`,
    summary: stated.summary,
    tags: [stated.tag],
    request: { params: accountParameter, body: jsonBody(stated.body) },
    responses: { 200: jsonReply('Done, and in the journal.', entryReply), ...errorResponses },
  })
  app.openapi(route, (context) => {
    const { account } = context.req.valid('param' as never) as { account: string }
    // Checked against this very schema, which the types lose because it is a parameter here.
    const body = context.req.valid('json' as never) as z.output<Schema>
    return context.json(entryView(applyNow(host, stated.command(account, body), body.id)), 200)
  })
}

/** The fields that were given: the journal's text has no place for those that were not. */
export function given<Fields extends object>(fields: Fields): { readonly [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
