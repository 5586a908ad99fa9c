import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as contracts from './index.ts'

/** The example of the entry's own comment, without its import, as a function of what is imported. */
function exampleOfTheEntry(): () => { target: string; told: string[] } {
  const source = readFileSync(new URL('index.ts', import.meta.url), 'utf8')
  const comment = source.slice(source.indexOf('@example'), source.indexOf('*/'))
  const lines = comment
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^ \* ?/, ''))
  const code = lines.filter((line) => !line.startsWith('import ')).join('\n')
  const make = new Function(...Object.keys(contracts), `${code}\nreturn { target, told }`)
  return () => make(...Object.values(contracts))
}

test('the example in the entry’s documentation runs, and says what it promises', () => {
  const { target, told } = exampleOfTheEntry()()
  expect(target).toMatch(/^\/papi\/v1\/portfolio\/interest-history\?asset=USDT&size=100&timestamp=1670227200000&signature=[0-9a-f]{64}$/)
  expect(told).toEqual(['24.4440 USDT on 210000'])
})

test('a call printed by the contract is read back by it, and its signature verifies', () => {
  const { binanceEndpoints, binancePayload, printArguments, readParameters, signBinance, splitSignature, verifyBinance } = contracts
  const pairs = printArguments(binanceEndpoints.balance, { asset: 'BTC' })
  const query = new URLSearchParams([...pairs, ['timestamp', '1670227200000']]).toString()
  const sent = `${query}&signature=${signBinance('hmac', 'my secret', binancePayload(query, ''))}`

  const split = splitSignature(sent, '')
  expect(verifyBinance('hmac', 'my secret', binancePayload(split.query, split.body), split.signature ?? '')).toBe(true)
  expect(readParameters(binanceEndpoints.balance, new URLSearchParams(split.query))).toEqual({
    kind: 'read',
    values: { asset: 'BTC', timestamp: 1_670_227_200_000 },
  })
})

test('no name of the entry is exported empty', () => {
  for (const [name, value] of Object.entries(contracts)) expect({ name, value }).not.toEqual({ name, value: undefined })
})
