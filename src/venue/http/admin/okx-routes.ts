import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { accountCommand } from './account-command.ts'
import type { AdminHost } from './admin-host.ts'
import { assetAmount, assetField, decimalField, idField, switched } from './schemas.ts'

const tag = 'OKX'
const id = idField
const asset = assetField
const amount = decimalField
const order = z.string().min(1).max(64).openapi({ example: '1756', description: 'The order of a VIP loan.' })

/** The routes of what an OKX account can be told besides movements. */
export function addOkxRoutes(app: OpenAPIHono, host: AdminHost): void {
  accountCommand(app, host, {
    path: 'borrow-spot',
    tag,
    summary: 'Borrow by hand (OKX)',
    body: assetAmount,
    command: (account, { asset, amount }) => ({ kind: 'borrow-spot', account, asset, amount }),
  })
  accountCommand(app, host, {
    path: 'repay-spot',
    tag,
    summary: 'Repay what was borrowed by hand or automatically (OKX)',
    body: assetAmount,
    command: (account, { asset, amount }) => ({ kind: 'repay-spot', account, asset, amount }),
  })
  accountCommand(app, host, {
    path: 'auto-repay',
    tag,
    summary: 'Switch whether positive cash repays what was borrowed (OKX)',
    body: switched,
    command: (account, { on }) => ({ kind: 'set-auto-repay', account, on }),
  })
  accountCommand(app, host, {
    path: 'auto-borrow',
    tag,
    summary: 'Switch whether the account may borrow automatically (OKX)',
    body: switched,
    command: (account, { on }) => ({ kind: 'set-auto-borrow', account, on }),
  })
  accountCommand(app, host, {
    path: 'borrow-vip',
    tag,
    summary: 'Take a VIP loan: a debt under an order of its own, at its own daily rate (OKX)',
    body: z.strictObject({ asset, order, amount, rateDaily: decimalField, id }).openapi('VipLoan'),
    command: (account, { asset, order, amount, rateDaily }) => ({ kind: 'borrow-vip', account, asset, order, amount, rateDaily }),
  })
  accountCommand(app, host, {
    path: 'repay-vip',
    tag,
    summary: 'Repay a VIP loan (OKX)',
    body: z.strictObject({ asset, order, amount, id }).openapi('VipRepayment'),
    command: (account, { asset, order, amount }) => ({ kind: 'repay-vip', account, asset, order, amount }),
  })
}
