import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Command } from '../../engine/command.ts'
import { given } from './account-command.ts'
import { type AdminHost, applyNow, entryView } from './admin-host.ts'
import { assetField, decimalField, entryReply, errorResponses, exchangeField, idField, jsonBody, jsonReply, vipField } from './schemas.ts'

const id = idField
const asset = assetField
const vip = vipField.optional().openapi({ description: 'Left out: every level that has no value of its own.' })

/** One setting of the market: where it is posted, what it says, and the command it becomes. */
interface Setting<Schema extends z.ZodType> {
  readonly path: string
  readonly summary: string
  readonly body: Schema
  readonly command: (body: z.output<Schema>) => Command
}

function setting<Schema extends z.ZodType<{ id?: string | undefined }>>(app: OpenAPIHono, host: AdminHost, stated: Setting<Schema>): void {
  const route = createRoute({
    method: 'post',
    path: `/market/${stated.path}`,
    summary: stated.summary,
    tags: ['Market'],
    request: { body: jsonBody(stated.body) },
    responses: { 200: jsonReply('Done, and in the journal.', entryReply), ...errorResponses },
  })
  app.openapi(route, (context) => {
    // Checked against this very schema, which the types lose because it is a parameter here.
    const body = context.req.valid('json' as never) as z.output<Schema>
    return context.json(entryView(applyNow(host, stated.command(body), body.id)), 200)
  })
}

/** The routes that set prices, rates, thresholds, collateral rates, quotas, and what there is to lend. */
export function addMarketRoutes(app: OpenAPIHono, host: AdminHost): void {
  setting(app, host, {
    path: 'price',
    summary: 'Set the index price of an asset in USD',
    body: z.strictObject({ asset, price: decimalField, id }).openapi('Price'),
    command: ({ asset, price }) => ({ kind: 'set-price', asset, price }),
  })
  setting(app, host, {
    path: 'rate',
    summary: 'Set the daily borrow rate of an asset from now on',
    body: z.strictObject({ exchange: exchangeField, asset, vip, rateDaily: decimalField, id }).openapi('Rate'),
    command: ({ exchange, asset, vip, rateDaily }) => ({ kind: 'set-rate', exchange, asset, rateDaily, ...given({ vip }) }),
  })
  setting(app, host, {
    path: 'thresholds',
    summary: 'Set what of a negative balance is free of interest, and beyond which magnitude auto-exchange begins (Binance)',
    body: z.strictObject({ asset, vip, free: decimalField, maximum: decimalField, id }).openapi('Thresholds'),
    command: ({ asset, vip, free, maximum }) => ({ kind: 'set-thresholds', asset, free, maximum, ...given({ vip }) }),
  })
  setting(app, host, {
    path: 'collateral-rate',
    summary: "Set the share of an asset's value that counts as collateral, 0 to 1",
    body: z.strictObject({ asset, rate: decimalField, id }).openapi('CollateralRate'),
    command: ({ asset, rate }) => ({ kind: 'set-collateral-rate', asset, rate }),
  })
  setting(app, host, {
    path: 'free-quota',
    summary: 'Set what of a liability from unrealised losses is free of interest (OKX)',
    body: z.strictObject({ asset, amount: decimalField, id }).openapi('FreeQuota'),
    command: ({ asset, amount }) => ({ kind: 'set-free-quota', asset, amount }),
  })
  addLending(app, host)
}

function addLending(app: OpenAPIHono, host: AdminHost): void {
  setting(app, host, {
    path: 'loan-terms',
    summary: 'Set the share of a loan that counts as maintenance margin (Binance), and how much of it a level may borrow',
    body: z
      .strictObject({ exchange: exchangeField, asset, vip, maintenanceRate: decimalField, maximum: decimalField, id })
      .openapi('LoanTerms'),
    command: ({ exchange, asset, vip, maintenanceRate, maximum }) => {
      return { kind: 'set-loan-terms', exchange, asset, maintenanceRate, maximum, ...given({ vip }) }
    },
  })
  setting(app, host, {
    path: 'lending-pool',
    summary: 'Set how much of an asset the exchange lends in all; beyond it nobody can borrow',
    body: z.strictObject({ exchange: exchangeField, asset, amount: decimalField, id }).openapi('LendingPool'),
    command: ({ exchange, asset, amount }) => ({ kind: 'set-lending-pool', exchange, asset, amount }),
  })
}
