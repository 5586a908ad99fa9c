import { PortfolioClient } from 'binance'
import ccxt from 'ccxt'
import { RestClient } from 'okx-api'
import { describe, expect, test } from 'vitest'
import { createVenue } from '../../src/venue/index.ts'
import { watchLoopback } from './support/loopback-watch.ts'

describe('clients that take another fetch', () => {
  test('reach the venue without a port, a name or a base URL of their own', async () => {
    const watch = watchLoopback()
    const venue = await createVenue({ scenario: 'empty' })
    const { apiKey, apiSecret } = venue.account('main')
    const okx = venue.account('okx')
    const axios = { adapter: 'fetch', env: { fetch: venue.fetch } } as const

    const exchange = new ccxt.binance({ apiKey, secret: apiSecret, fetchImplementation: venue.fetch, enableRateLimit: false })
    exchange.setMarkets([])
    expect(await exchange.papiPostRepayFuturesSwitch({ autoRepay: 'false' })).toEqual({ msg: 'success' })
    const portfolio = new PortfolioClient({ api_key: apiKey, api_secret: apiSecret }, axios)
    expect(await portfolio.getAutoRepayFuturesStatus()).toEqual({ autoRepay: false })

    const okxKey = { apiKey: okx.apiKey, secret: okx.apiSecret, password: okx.passphrase ?? '' }
    const okxExchange = new ccxt.okx({ ...okxKey, fetchImplementation: venue.fetch, enableRateLimit: false })
    okxExchange.setMarkets([])
    expect(await okxExchange.privatePostAccountSetAutoRepay({ autoRepay: true })).toMatchObject({ code: '0', data: [{ autoRepay: true }] })
    const rest = new RestClient({ apiKey: okx.apiKey, apiSecret: okx.apiSecret, apiPass: okx.passphrase ?? '' }, axios)
    expect(await rest.setAutoLoan({ autoLoan: true })).toEqual([{ autoLoan: true }])
    expect(venue.engine.settingsOf('okx')).toMatchObject({ autoRepay: true, autoBorrow: true })

    await venue.close()
    watch.stop()
    expect([watch.addresses(), watch.names()]).toEqual([[], []])
  })

  test('are told what they did wrong in their own errors', async () => {
    const venue = await createVenue({ scenario: 'empty' })
    const { apiKey, apiSecret } = venue.account('main')
    const axios = { adapter: 'fetch', env: { fetch: venue.fetch } } as const
    const exchange = new ccxt.binance({ apiKey, secret: 'wrong', fetchImplementation: venue.fetch })
    exchange.setMarkets([])
    // By the exchange's own host, which it keeps here, ccxt knows the product, and takes its classes.
    await expect(exchange.papiGetBalance()).rejects.toThrow(ccxt.BadRequest)
    await expect(exchange.papiGetBalance()).rejects.toThrow('{"code":-1022,"msg":"Signature for this request is not valid."}')
    venue.faults.add({ kind: 'key-revoked', count: 1 })
    const portfolio = new PortfolioClient({ api_key: apiKey, api_secret: apiSecret }, axios)
    await expect(portfolio.getBalance()).rejects.toMatchObject({ code: -2015 })
    await venue.close()
  })
})
