import { describe, expect, test } from 'vitest'
import { type Endpoint, needsSignature } from './contract.ts'
import { binanceEndpoints, okxEndpoints } from './endpoints.ts'

const tables = { binance: binanceEndpoints, okx: okxEndpoints } as const

describe.each(Object.entries(tables))('%s', (exchange, table) => {
  const entries = Object.entries<Endpoint>(table)

  test.each(entries)('%s is named in the table as in its contract', (key, endpoint) => {
    expect(endpoint.exchange).toBe(exchange)
    expect(key).toBe(endpoint.name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()))
  })

  test('no method and path is stated twice', () => {
    const routes = entries.map(([, { method, path }]) => `${method} ${path}`)
    expect(new Set(routes).size).toBe(routes.length)
  })

  test.each(entries)('%s demands a timestamp exactly where Binance wants a signature', (_, endpoint) => {
    expect('timestamp' in endpoint.parameters).toBe(exchange === 'binance' && needsSignature(endpoint))
  })

  test.each(entries)('%s changes the account only by POST, and cannot be changed itself', (_, endpoint) => {
    if (endpoint.changesState) expect(endpoint.method).toBe('POST')
    for (const part of [endpoint, ...Object.values(endpoint)])
      if (typeof part === 'object' && part !== endpoint.reply) expect(Object.isFrozen(part)).toBe(true)
  })

  test.each(entries)('%s has defaults that its own types accept', (_, { parameters }) => {
    for (const { type, default: fallback } of Object.values(parameters)) {
      if (fallback !== undefined) expect(type.parse(type.print(fallback))).toEqual(fallback)
    }
  })
})
