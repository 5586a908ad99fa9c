import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isolatedInstrument } from './bill-detail.ts'

test('a bill is of the instrument that it names, where it says that the position is isolated', () => {
  expect(isolatedInstrument('instType=MARGIN instId=BTC-USDT mgnMode=isolated posBal=-1')).toBe('BTC-USDT')
  expect(isolatedInstrument('mgnMode=isolated instId=BTC-USDT')).toBe('BTC-USDT')
  expect(isolatedInstrument('mgnMode=isolated')).toBe('')
  expect(isolatedInstrument('instId=BTC-USDT mgnMode=cross')).toBe(undefined)
  expect(isolatedInstrument('instId=BTC-USDT notes=mgnMode=isolated')).toBe(undefined)
  expect(isolatedInstrument('')).toBe(undefined)
})

test('whatever stands around them, words are found as patterns find them', () => {
  const part = fc.constantFrom('mgnMode=isolated', 'mgnMode=isolatedX', 'mgnMode=cross', 'instId=', 'instId=A-B', 'notes=instId=C', 'x', '')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.constantFrom(' ', '  '), (parts, between) => {
      const detail = parts.join(between)
      const expected = /(?:^| )mgnMode=isolated(?: |$)/.test(detail) ? (/(?:^| )instId=([^ ]+)/.exec(detail)?.[1] ?? '') : undefined
      expect(isolatedInstrument(detail)).toBe(expected)
    }),
    { numRuns: 1_000 },
  )
})
