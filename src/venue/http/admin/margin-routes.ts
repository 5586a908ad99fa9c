import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { accountCommand, given } from './account-command.ts'
import type { AdminHost } from './admin-host.ts'
import { assetAmount, assetField, decimalField, fromSpot, idField, switched, vipField } from './schemas.ts'

const tag = 'Margin'
const id = idField
const asset = assetField
const amount = decimalField
const sourcesMax = 100

/** The routes of what else a Binance account can be told, and of the level of any account. */
export function addMarginRoutes(app: OpenAPIHono, host: AdminHost): void {
  accountCommand(app, host, {
    path: 'vip',
    tag,
    summary: 'Give the account another level of fees and thresholds, from now on',
    body: z.strictObject({ vip: vipField, id }).openapi('Level'),
    command: (account, { vip }) => ({ kind: 'set-vip', account, vip }),
  })
  addSettings(app, host)
  addCollection(app, host)
  addRepayments(app, host)
}

function addSettings(app: OpenAPIHono, host: AdminHost): void {
  accountCommand(app, host, {
    path: 'repay-switch',
    tag,
    summary: 'Switch Auto Repay, which runs before midnight (Binance)',
    body: switched,
    command: (account, { on }) => ({ kind: 'set-repay-switch', account, on }),
  })
  accountCommand(app, host, {
    path: 'delta-mode',
    tag,
    summary: 'Switch the delta mode (Binance); it is remembered, and nothing follows from it',
    body: switched,
    command: (account, { on }) => ({ kind: 'set-delta-mode', account, on }),
  })
  accountCommand(app, host, {
    path: 'requirements',
    tag,
    summary: 'Set what positions and open orders of a futures wallet require (Binance); replaces what was set before',
    body: z
      .strictObject({
        wallet: z.enum(['um', 'cm']),
        asset,
        initial: decimalField,
        maintenance: decimalField,
        openLoss: decimalField.openapi({ description: 'What open orders would lose at once.' }),
        id,
      })
      .openapi('Requirements'),
    command: (account, { wallet, asset, initial, maintenance, openLoss }) => {
      return { kind: 'set-requirements', account, wallet, asset, initial, maintenance, openLoss }
    },
  })
}

function addCollection(app: OpenAPIHono, host: AdminHost): void {
  accountCommand(app, host, {
    path: 'collect',
    tag,
    summary: 'Collect positive futures balances to cross margin (Binance): all, those of an asset, or an amount of one wallet',
    body: z
      .strictObject({ asset: asset.optional(), amount: amount.optional(), from: z.enum(['um', 'cm']).optional(), id })
      .openapi('Collection', { description: '`amount` and `from` go together, and need the asset.' }),
    command: (account, { asset, amount, from }) => ({ kind: 'collect', account, ...given({ asset, amount, from }) }),
  })
  accountCommand(app, host, {
    path: 'transfer-bnb',
    tag,
    summary: 'Transfer BNB between cross margin and UM (Binance)',
    body: z.strictObject({ amount, side: z.enum(['to-um', 'from-um']), id }).openapi('BnbTransfer'),
    command: (account, { amount, side }) => ({ kind: 'transfer-bnb', account, amount, side }),
  })
}

function addRepayments(app: OpenAPIHono, host: AdminHost): void {
  accountCommand(app, host, {
    path: 'repay-debt',
    tag,
    summary: 'Repay a margin loan by selling other assets (Binance)',
    body: z
      .strictObject({
        asset,
        amount: amount.optional().openapi({ description: 'Left out: all that is owed.' }),
        sources: z.array(asset).min(1).max(sourcesMax).optional().openapi({ description: 'Left out: what sells best.' }),
        id,
      })
      .openapi('DebtRepayment'),
    command: (account, { asset, amount, sources }) => ({ kind: 'repay-debt', account, asset, ...given({ amount, sources }) }),
  })
  accountCommand(app, host, {
    path: 'lend-bankruptcy',
    tag,
    summary: 'Cover UM after a bankruptcy: coins to UM, and so much owed outside the margin account (Binance)',
    body: assetAmount,
    command: (account, { asset, amount }) => ({ kind: 'lend-bankruptcy', account, asset, amount }),
  })
  accountCommand(app, host, {
    path: 'repay-bankruptcy',
    tag,
    summary: 'Repay all that is owed after bankruptcies, from cross margin or from the spot wallet (Binance)',
    body: fromSpot,
    command: (account, { from }) => ({ kind: 'repay-bankruptcy', account, ...given({ from }) }),
  })
}
