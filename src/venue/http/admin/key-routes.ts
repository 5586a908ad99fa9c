import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { fail } from '../../../errors/overdraft-error.ts'
import { type AdminHost, applyNow, entryView } from './admin-host.ts'
import { newKey } from './new-key.ts'
import { accountParameter, entryReply, errorResponses, idField, jsonBody, jsonReply, labelField } from './schemas.ts'

const addressField = z.union([z.ipv4(), z.ipv6()], { error: 'expected an IP address such as 192.0.2.7' })

const keyRequest = z
  .strictObject({
    signing: z.enum(['hmac', 'rsa', 'ed25519']).default('hmac'),
    permissions: z
      .array(z.enum(['read', 'trade']))
      .min(1)
      .default(['read']),
    apiKey: z
      .string()
      .regex(/^[A-Za-z0-9-]{8,128}$/)
      .optional(),
    secret: z.string().min(1).max(256).optional().openapi({ description: 'The shared secret of an hmac key; made when left out.' }),
    publicKey: z.string().max(8_192).optional().openapi({ description: 'PEM, of an rsa or ed25519 key; a pair is made when left out.' }),
    passphrase: z.string().min(1).max(128).optional().openapi({ description: 'OKX only; made when left out.' }),
    ips: z.array(addressField).min(1).max(30).optional().openapi({ description: 'Only these addresses may use the key.' }),
    id: idField,
  })
  .openapi('NewKey')

const keyReply = z
  .object({
    ...entryReply.shape,
    apiKey: z.string(),
    signing: z.enum(['hmac', 'rsa', 'ed25519']),
    permissions: z.array(z.enum(['read', 'trade'])),
    secret: z.string().optional(),
    passphrase: z.string().optional(),
    publicKey: z.string().optional(),
    privateKey: z.string().optional().openapi({ description: 'PKCS#8 PEM of a pair that was made; the venue does not keep it.' }),
  })
  .openapi('Key')

/** Making and removing keys. */
export function addKeyRoutes(app: OpenAPIHono, host: AdminHost): void {
  const add = createRoute({
    method: 'post',
    path: '/accounts/{account}/keys',
    summary: 'Add an API key',
    tags: ['Keys'],
    request: { params: accountParameter, body: jsonBody(keyRequest) },
    responses: { 200: jsonReply('Added, and in the journal.', keyReply), ...errorResponses },
  })
  app.openapi(add, async (context) => {
    const { account } = context.req.valid('param')
    const { id, ...request } = context.req.valid('json')
    const state =
      host
        .engine()
        .accounts()
        .find((other) => other.account === account) ?? fail('venue.account-unknown', { account })
    const made = await newKey(state.exchange, request)
    const entry = applyNow(host, { kind: 'add-key', account, key: made.key }, id)
    // A repeated id is answered with the key of the first time; a private key made then is not there any more.
    const key = entry.command.kind === 'add-key' ? entry.command.key : made.key
    const { apiKey, signing, permissions, passphrase, verifier } = key
    const half = signing === 'hmac' ? { secret: verifier } : { publicKey: verifier }
    const privateKey = verifier === made.key.verifier ? made.privateKey : undefined
    const optional = { ...(passphrase === undefined ? {} : { passphrase }), ...(privateKey === undefined ? {} : { privateKey }) }
    return context.json({ ...entryView(entry), apiKey, signing, permissions: [...permissions], ...half, ...optional }, 200)
  })

  const remove = createRoute({
    method: 'delete',
    path: '/accounts/{account}/keys/{apiKey}',
    summary: 'Remove an API key',
    tags: ['Keys'],
    request: {
      params: z.object({
        account: labelField.openapi({ param: { name: 'account', in: 'path' } }),
        apiKey: z.string().openapi({ param: { name: 'apiKey', in: 'path' } }),
      }),
    },
    responses: { 200: jsonReply('Removed, and in the journal.', entryReply), ...errorResponses },
  })
  app.openapi(remove, (context) => {
    const { account, apiKey } = context.req.valid('param')
    return context.json(entryView(applyNow(host, { kind: 'remove-key', account, apiKey }, undefined)), 200)
  })
}
