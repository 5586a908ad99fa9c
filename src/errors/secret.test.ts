import { format, inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { overdraftError } from './overdraft-error.ts'
import { Secret } from './secret.ts'

const hidden = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP'
const secret = new Secret(hidden)
const holder = { account: 'main', secret, nested: [{ secret }] }

test('a secret is told only to those who ask for it by name', () => {
  expect(secret.reveal()).toBe(hidden)
})

describe('a secret does not print', () => {
  test.each([
    ['in a template', () => `${secret}`],
    ['when joined to text', () => `key: ${String(secret)}`],
    ['in a list that is joined', () => [secret, secret].join()],
    ['in JSON', () => JSON.stringify(holder)],
    ['when inspected', () => inspect(holder, { depth: 9, showHidden: true, getters: true })],
    ['when formatted', () => format('%s %o %O %j', secret, holder, holder, holder)],
    ['among its own keys', () => Reflect.ownKeys(secret).map(String).join() + JSON.stringify(Object.entries(secret))],
    ['when copied', () => inspect({ ...secret })],
    ['as the value of an error', () => inspect(overdraftError('decimal.malformed', { text: secret as unknown as string }), { depth: 9 })],
    ['as the cause of an error', () => inspect(new Error('failed', { cause: { holder, secret } }), { depth: 9 })],
    ['in the errors gathered in one', () => inspect(new AggregateError([new Error(`with ${secret}`, { cause: secret })]), { depth: 9 })],
    ['in the stack', () => String(overdraftError('decimal.malformed', { text: `${secret}` }).stack)],
  ])('%s', (_, print) => {
    expect(print()).not.toContain(hidden)
  })
})

test('a secret shows that it is one', () => {
  expect(`${secret} ${inspect(secret)} ${JSON.stringify({ secret })}`).toBe('[secret] [secret] {"secret":"[secret]"}')
})
