import { describe, expect, test } from 'vitest'
import { toText } from '../decimal/decimal.ts'
import { signedDecimal, wordList } from './parameter.ts'

describe('a signed decimal', () => {
  const type = signedDecimal('DECIMAL')

  test.each(['0', '1', '-1', '0.00000001', '12345678901234567890.12345678901234567890'])(
    '%s is read and printed as it was sent',
    (text) => {
      const value = type.parse(text)
      expect(value === undefined ? undefined : type.print(value)).toBe(text)
    },
  )

  test('keeps what a float would lose', () => {
    const value = type.parse('0.10000000000000000001')
    expect(value === undefined ? undefined : toText(value)).toBe('0.10000000000000000001')
  })

  test.each(['', '.5', '5.', '1e3', '+1', ' 1', '1,5', '0x1', 'NaN', '123456789012345678901'])('“%s” is none', (text) => {
    expect(type.parse(text)).toBeUndefined()
  })
})

describe('a list of names', () => {
  const type = wordList('STRING')

  test('is separated by commas', () => {
    expect(type.parse('USDT,BTC')).toEqual(['USDT', 'BTC'])
    expect(type.parse('USDT')).toEqual(['USDT'])
    expect(type.print(['USDT', 'BTC'])).toBe('USDT,BTC')
  })

  test.each(['', ',', 'USDT,', ',USDT', 'USDT,,BTC'])('has no empty name in it: “%s”', (text) => {
    expect(type.parse(text)).toBeUndefined()
  })
})
