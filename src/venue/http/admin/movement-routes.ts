import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Command } from '../../engine/command.ts'
import { type AdminHost, applyNow, entryView } from './admin-host.ts'
import { accountParameter, assetField, decimalField, entryReply, errorResponses, idField, jsonBody, jsonReply } from './schemas.ts'

const id = idField
const asset = assetField
const amount = decimalField
const instId = z.string().min(1).max(64).openapi({ example: 'BTC-USDT' })

const assetAmount = z.strictObject({ asset, amount, id }).openapi('AssetAmount')
const isolated = z.strictObject({ asset, instId, amount, id }).openapi('IsolatedAmount')

/** One command on an account: where it is posted, what it says, and the command it becomes. */
interface Movement<Schema extends z.ZodType> {
  readonly path: string
  readonly summary: string
  readonly body: Schema
  readonly command: (account: string, body: z.output<Schema>) => Command
}

function movement<Schema extends z.ZodType<{ id?: string | undefined }>>(
  app: OpenAPIHono,
  host: AdminHost,
  stated: Movement<Schema>,
): void {
  const route = createRoute({
    method: 'post',
    path: `/accounts/{account}/${stated.path}`,
    summary: stated.summary,
    tags: ['Movements'],
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

type AssetCommandKind = 'deposit' | 'withdraw' | 'lock' | 'unlock' | 'borrow' | 'repay-loan'

const assetCommands: readonly (readonly [AssetCommandKind, string])[] = [
  ['deposit', 'From outside into cross margin free (Binance) or cash (OKX)'],
  ['withdraw', 'From cross margin free (Binance) or cash (OKX) to outside'],
  ['lock', 'Lock cross margin, as an open order does (Binance)'],
  ['unlock', 'Unlock cross margin (Binance)'],
  ['borrow', 'Take a margin loan (Binance)'],
  ['repay-loan', 'Repay a margin loan (Binance)'],
]

/** The routes that move money of one account. */
export function addMovementRoutes(app: OpenAPIHono, host: AdminHost): void {
  for (const [kind, summary] of assetCommands) {
    movement(app, host, {
      path: kind,
      summary,
      body: assetAmount,
      command: (account, body) => ({ kind, account, asset: body.asset, amount: body.amount }),
    })
  }
  movement(app, host, {
    path: 'book',
    summary: 'Book a realised profit or loss, funding or fee (signed) to a futures wallet (Binance) or cash (OKX)',
    body: z
      .strictObject({ wallet: z.enum(['um', 'cm', 'cash']), asset, amount, reason: z.enum(['profit-or-loss', 'funding', 'fee']), id })
      .openapi('Booking'),
    command: (account, { wallet, asset, amount, reason }) => ({ kind: 'book', account, wallet, asset, amount, reason }),
  })
  movement(app, host, {
    path: 'unrealised',
    summary: 'Set the unrealised profit or loss (signed)',
    body: z
      .strictObject({ wallet: z.enum(['um-unrealised', 'cm-unrealised', 'cash-unrealised']), asset, amount, id })
      .openapi('Unrealised'),
    command: (account, { wallet, asset, amount }) => ({ kind: 'set-unrealised', account, wallet, asset, amount }),
  })
  movement(app, host, {
    path: 'borrow-isolated',
    summary: 'Borrow for one isolated position (OKX)',
    body: isolated,
    command: (account, { asset, instId, amount }) => ({ kind: 'borrow-isolated', account, asset, instId, amount }),
  })
  movement(app, host, {
    path: 'repay-isolated',
    summary: 'Repay a liability of one isolated position (OKX)',
    body: isolated,
    command: (account, { asset, instId, amount }) => ({ kind: 'repay-isolated', account, asset, instId, amount }),
  })
  movement(app, host, {
    path: 'repay-futures',
    summary: 'Repay negative futures wallets from cross margin (Binance)',
    body: z.strictObject({ id }).openapi('NothingButAnId'),
    command: (account) => ({ kind: 'repay-futures', account }),
  })
}
