import { expect, test } from 'vitest'
import { transportFailure } from './transport.ts'

const coded = (code: string) => Object.assign(new Error('GET /papi/v1/balance?signature=abc failed'), { code })

test.each([
  ['a refused connection', coded('ECONNREFUSED'), false, 'nothing listens there (ECONNREFUSED)'],
  [
    'a name that is not known, wrapped by fetch',
    new TypeError('fetch failed', { cause: coded('ENOTFOUND') }),
    false,
    'its name is not known (ENOTFOUND)',
  ],
  ['several addresses refusing', new AggregateError([coded('ECONNREFUSED')]), false, 'nothing listens there (ECONNREFUSED)'],
  ['a certificate', coded('DEPTH_ZERO_SELF_SIGNED_CERT'), false, 'its certificate or TLS is not accepted (DEPTH_ZERO_SELF_SIGNED_CERT)'],
  ['a reset connection', coded('ECONNRESET'), true, 'the connection was cut off (ECONNRESET)'],
  ['a fault of the fetch function', new TypeError('x is not a function'), true, 'no reply could be read (TypeError: x is not a function)'],
])('%s is told in words that name neither path nor query', (_, error, sent, message) => {
  expect(transportFailure(error)).toMatchObject({ sent, message })
})
