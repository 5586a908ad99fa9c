import { expect, test } from 'vitest'
import { originOf } from './base-url.ts'

test.each([
  ['not a url', 'not a URL'],
  ['ftp://papi.example', 'instead of https:'],
  ['http://papi.example', 'only for this machine'],
  ['https://user:word@papi.example', 'user name or password'],
  ['https://papi.example/papi', 'more than scheme'],
  ['https://papi.example/?key=1', 'more than scheme'],
])('%s is no address of an exchange, which is said without a password', (baseUrl, reason) => {
  expect(() => originOf(baseUrl)).toThrow(reason)
  expect(() => originOf(baseUrl)).not.toThrow('word@')
})

test.each([
  ['https://papi.binance.com', 'https://papi.binance.com'],
  ['https://www.okx.com/', 'https://www.okx.com'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:8080/', 'http://[::1]:8080'],
  ['http://127.0.0.2', 'http://127.0.0.2'],
])('%s is one', (baseUrl, origin) => {
  expect(originOf(baseUrl)).toBe(origin)
})
