import { z } from '@hono/zod-openapi'
import { type Decimal, parseDecimal } from '../../../decimal/decimal.ts'
import { latestInstant } from '../../venue-clock.ts'

const longestDecimal = 60

/** A decimal travels as a string, so that no JSON reader makes a float of it. */
export const decimalField = z
  .string()
  .max(longestDecimal)
  .transform((text, context): Decimal => {
    const value = parseDecimal(text)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `"${text}" is not a decimal number such as -12.345` })
    return z.NEVER
  })
  .openapi({ type: 'string', example: '12.345', description: 'A decimal number in a string.' })

export const instantField = z
  .int()
  .min(0)
  .max(latestInstant)
  .openapi({ description: 'Epoch milliseconds UTC.', example: 1_769_846_400_000 })

export const assetField = z.string().min(1).max(64).openapi({ example: 'USDT' })

export const labelField = z.string().min(1).max(64).openapi({ example: 'main' })

export const exchangeField = z.enum(['binance', 'okx'])

export const vipField = z.int().min(0).max(99)

export const idField = z.string().min(1).max(128).optional().openapi({
  description:
    'Your own name for this command: sent again with the same id it is answered, but not applied again; another command under it is refused.',
})

export const accountParameter = z.object({ account: labelField.openapi({ param: { name: 'account', in: 'path' } }) })

export const assetAmount = z.strictObject({ asset: assetField, amount: decimalField, id: idField }).openapi('AssetAmount')

export const isolatedAmount = z
  .strictObject({
    asset: assetField,
    instId: z.string().min(1).max(64).openapi({ example: 'BTC-USDT' }),
    amount: decimalField,
    id: idField,
  })
  .openapi('IsolatedAmount')

export const switched = z.strictObject({ on: z.boolean(), id: idField }).openapi('Switch')

export const spotField = z.literal('spot').optional().openapi({
  description: 'The spot wallet, outside the margin account (Binance). Left out: cross margin, or cash (OKX).',
})

export const fromSpot = z.strictObject({ from: spotField, id: idField }).openapi('FromWhere')

/** What every command answers: its line of the journal. */
export const entryReply = z
  .object({
    sequence: z.int().openapi({ description: 'Its number in the journal.' }),
    at: instantField,
    kind: z.string().openapi({ example: 'deposit' }),
    id: z.string().optional(),
  })
  .openapi('JournalEntry')

export const errorReply = z
  .object({
    code: z.string().openapi({ example: 'venue.account-unknown' }),
    message: z.string(),
    remedy: z.string(),
  })
  .openapi('Error')

/** The replies a route may give besides its own. */
export const errorResponses = Object.freeze({
  400: { description: 'The request is not as described.', content: { 'application/json': { schema: errorReply } } },
  401: { description: 'The admin token is missing or wrong.', content: { 'application/json': { schema: errorReply } } },
  403: { description: 'The Host or the Origin is not of this machine.', content: { 'application/json': { schema: errorReply } } },
  404: { description: 'What it names is not there.', content: { 'application/json': { schema: errorReply } } },
  409: { description: 'The state of the venue does not allow it.', content: { 'application/json': { schema: errorReply } } },
  413: { description: 'The body is too long.', content: { 'application/json': { schema: errorReply } } },
  415: { description: 'The body is not sent as JSON.', content: { 'application/json': { schema: errorReply } } },
  503: { description: 'The journal cannot be written; nothing was changed.', content: { 'application/json': { schema: errorReply } } },
})

/** A described JSON reply. */
export function jsonReply<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } }
}

/** A mandatory JSON body. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } }
}
