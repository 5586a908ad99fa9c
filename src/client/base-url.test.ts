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
  'https://user:hunter2@papi.example',
  'https:user:hunter2@papi.example',
  'https:\\\\user:hunter2@papi.example',
  'https://user:x@hunter2@papi.example',
  'https://user:x/hunter2@papi.example',
  'https//user:hunter2@papi.example',
])('what may be a password in %s is not shown', (baseUrl) => {
  let said = ''
  try {
    originOf(baseUrl)
  } catch (error) {
    said = `${error} ${JSON.stringify(error)}`
  }
  expect(said).toContain('papi.example')
  expect(said).not.toContain('hunter2')
})

test.each(['http://127.0.0.1.evil.example', 'http://localhost.', 'http://localhost.evil.example', 'http://[::ffff:203.0.113.7]'])(
  '%s is not this machine, and gets no key in the clear',
  (baseUrl) => {
    expect(() => originOf(baseUrl)).toThrow('only for this machine')
  },
)

test.each([
  ['https://papi.binance.com', 'https://papi.binance.com'],
  ['https://www.okx.com/', 'https://www.okx.com'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:8080/', 'http://[::1]:8080'],
  ['http://127.0.0.2', 'http://127.0.0.2'],
])('%s is one', (baseUrl, origin) => {
  expect(originOf(baseUrl)).toBe(origin)
})
