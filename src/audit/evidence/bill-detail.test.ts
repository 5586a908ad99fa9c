import fc from 'fast-check'
import { expect, test } from 'vitest'
import { positionInstrument } from './bill-detail.ts'

test('a bill is of the instrument that it names, where it says that the position is isolated, or changes its balance', () => {
  expect(positionInstrument('instType=MARGIN instId=BTC-USDT mgnMode=isolated posBal=-1')).toBe('BTC-USDT')
  expect(positionInstrument('mgnMode=isolated instId=BTC-USDT')).toBe('BTC-USDT')
  expect(positionInstrument('mgnMode=isolated')).toBe('')
  expect(positionInstrument('instId=BTC-USDT mgnMode=cross')).toBe(undefined)
  expect(positionInstrument('instId=BTC-USDT mgnMode=cross posBalChg=-0.1 posBal=-1')).toBe('BTC-USDT')
  expect(positionInstrument('mgnMode=cross posBalChg=-0.1')).toBe('')
  expect(positionInstrument('instId=BTC-USDT mgnMode=cross notes=posBalChg=1')).toBe(undefined)
  expect(positionInstrument('instId=BTC-USDT notes=mgnMode=isolated')).toBe(undefined)
  expect(positionInstrument('')).toBe(undefined)
})

test('whatever stands around them, words are found as patterns find them', () => {
  const part = fc.constantFrom(
    'mgnMode=isolated',
    'mgnMode=isolatedX',
    'mgnMode=cross',
    'instId=',
    'instId=A-B',
    'notes=instId=C',
    'posBalChg=1',
    'x',
    '',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.constantFrom(' ', '  '), (parts, between) => {
      const detail = parts.join(between)
      const isOfPosition = /(?:^| )(?:mgnMode=isolated(?: |$)|posBalChg=)/.test(detail)
      const expected = isOfPosition ? (/(?:^| )instId=([^ ]+)/.exec(detail)?.[1] ?? '') : undefined
      expect(positionInstrument(detail)).toBe(expected)
    }),
    { numRuns: 1_000 },
  )
})
