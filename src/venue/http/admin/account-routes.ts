import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Engine } from '../../engine/engine-interface.ts'
import type { AccountState } from '../../engine/record.ts'
import { type AdminHost, applyNow, entryView } from './admin-host.ts'
import { entryReply, errorResponses, exchangeField, idField, jsonBody, jsonReply, labelField, vipField } from './schemas.ts'

const productField = z
  .enum(['pm', 'pm-pro', 'pm-span'])
  .optional()
  .openapi({ description: 'Binance only: Portfolio Margin (the default), PRO, or PRO with SPAN.' })

const accountReply = z
  .object({
    account: labelField,
    exchange: exchangeField,
    vip: vipField,
    uid: z.int(),
    product: productField,
    keys: z.array(
      z.object({
        apiKey: z.string(),
        signing: z.enum(['hmac', 'rsa', 'ed25519']),
        permissions: z.array(z.enum(['read', 'trade'])),
        ips: z.array(z.string()).optional(),
      }),
    ),
  })
  .openapi('Account')

/** Listing and opening accounts. */
export function addAccountRoutes(app: OpenAPIHono, host: AdminHost): void {
  const list = createRoute({
    method: 'get',
    path: '/accounts',
    summary: 'List the accounts with their keys, without secrets',
    tags: ['Accounts'],
    responses: { 200: jsonReply('The accounts.', z.object({ accounts: z.array(accountReply) })), ...errorResponses },
  })
  app.openapi(list, (context) => {
    const engine = host.engine()
    return context.json({ accounts: engine.accounts().map((state) => accountView(engine, state)) }, 200)
  })

  const open = createRoute({
    method: 'post',
    path: '/accounts',
    summary: 'Open an account; it has no keys yet',
    tags: ['Accounts'],
    request: {
      body: jsonBody(
        z
          .strictObject({ account: labelField, exchange: exchangeField, vip: vipField.default(0), product: productField, id: idField })
          .openapi('NewAccount'),
      ),
    },
    responses: { 200: jsonReply('Open, and in the journal.', entryReply), ...errorResponses },
  })
  app.openapi(open, (context) => {
    const { account, exchange, vip, product, id } = context.req.valid('json')
    return context.json(
      entryView(applyNow(host, { kind: 'open-account', account, exchange, vip, ...(product === undefined ? {} : { product }) }, id)),
      200,
    )
  })
}

function accountView(engine: Engine, { account, exchange, vip, uid, product }: AccountState): z.input<typeof accountReply> {
  const keys = engine.keysOf(account).map(({ apiKey, signing, permissions, ips }) => {
    return { apiKey, signing, permissions: [...permissions], ...(ips === undefined ? {} : { ips: [...ips] }) }
  })
  return { account, exchange, vip, uid, ...(product === undefined ? {} : { product }), keys }
}
