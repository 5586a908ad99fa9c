import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { accountCommand, given } from './account-command.ts'
import type { AdminHost } from './admin-host.ts'
import { assetAmount, assetField, decimalField, fromSpot, idField, isolatedAmount, spotField } from './schemas.ts'

const tag = 'Movements'
const id = idField
const asset = assetField
const amount = decimalField

type AssetCommandKind = 'withdraw' | 'lock' | 'unlock' | 'borrow' | 'repay-loan'

const assetCommands: readonly (readonly [AssetCommandKind, string])[] = [
  ['withdraw', 'From cross margin free (Binance) or cash (OKX) to outside'],
  ['lock', 'Lock cross margin, as an open order does (Binance)'],
  ['unlock', 'Unlock cross margin (Binance)'],
  ['borrow', 'Take a margin loan (Binance)'],
  ['repay-loan', 'Repay a margin loan (Binance)'],
]

/** The routes that move money of one account. */
export function addMovementRoutes(app: OpenAPIHono, host: AdminHost): void {
  accountCommand(app, host, {
    path: 'deposit',
    tag,
    summary: 'From outside into cross margin free (Binance) or cash (OKX)',
    body: z.strictObject({ asset, amount, wallet: spotField, id }).openapi('Deposit'),
    command: (account, { asset, amount, wallet }) => ({ kind: 'deposit', account, asset, amount, ...given({ wallet }) }),
  })
  for (const [kind, summary] of assetCommands) {
    accountCommand(app, host, {
      path: kind,
      tag,
      summary,
      body: assetAmount,
      command: (account, { asset, amount }) => ({ kind, account, asset, amount }),
    })
  }
  addFutures(app, host)
  for (const kind of ['borrow-isolated', 'repay-isolated'] as const) {
    accountCommand(app, host, {
      path: kind,
      tag,
      summary: kind === 'borrow-isolated' ? 'Borrow for one isolated position (OKX)' : 'Repay a liability of one isolated position (OKX)',
      body: isolatedAmount,
      command: (account, { asset, instId, amount }) => ({ kind, account, asset, instId, amount }),
    })
  }
}

function addFutures(app: OpenAPIHono, host: AdminHost): void {
  accountCommand(app, host, {
    path: 'book',
    tag,
    summary: 'Book a realised profit or loss, funding or fee (signed) to a futures wallet (Binance) or cash (OKX)',
    body: z
      .strictObject({ wallet: z.enum(['um', 'cm', 'cash']), asset, amount, reason: z.enum(['profit-or-loss', 'funding', 'fee']), id })
      .openapi('Booking'),
    command: (account, { wallet, asset, amount, reason }) => ({ kind: 'book', account, wallet, asset, amount, reason }),
  })
  accountCommand(app, host, {
    path: 'unrealised',
    tag,
    summary: 'Set the unrealised profit or loss (signed)',
    body: z
      .strictObject({ wallet: z.enum(['um-unrealised', 'cm-unrealised', 'cash-unrealised']), asset, amount, id })
      .openapi('Unrealised'),
    command: (account, { wallet, asset, amount }) => ({ kind: 'set-unrealised', account, wallet, asset, amount }),
  })
  accountCommand(app, host, {
    path: 'repay-futures',
    tag,
    summary: 'Repay negative futures wallets from cross margin, or from the spot wallet (Binance)',
    body: fromSpot,
    command: (account, { from }) => ({ kind: 'repay-futures', account, ...given({ from }) }),
  })
}
