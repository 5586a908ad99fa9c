import { expect, test } from 'vitest'
import { binanceErrorTable } from './binance/error-table.ts'
import { binanceErrors, binanceServerFailures } from './binance/errors.ts'
import { classifyBinanceFailure } from './binance/limits.ts'
import { mayRepeat } from './failure.ts'
import { okxErrors } from './okx/errors.ts'
import { classifyOkxFailure } from './okx/limits.ts'

const ip = '203.0.113.7'

test.each([
  [binanceErrors.tooManyRequests(ip, 6000), 'limited'],
  [binanceErrors.banned(ip, 1), 'banned'],
  [binanceErrors.rejectedKey(ip), 'refused'],
  [binanceErrors.invalidSignature(), 'refused'],
  [binanceErrors.outsideRecvWindow(), 'refused'],
  [binanceErrors.insufficientLoanable('USDT'), 'refused'],
  [binanceErrors.throttled(), 'unavailable'],
  [binanceErrors.disconnected(), 'unavailable'],
  [binanceErrors.systemBusy(), 'unavailable'],
  [binanceErrors.unexpectedResponse(), 'outcome-unknown'],
  [binanceErrors.timeout(), 'outcome-unknown'],
  [binanceErrors.unknown(), 'outcome-unknown'],
  [binanceErrors.systemAbnormality(), 'outcome-unknown'],
  [binanceServerFailures.unknownOutcome(), 'outcome-unknown'],
  [binanceServerFailures.occurred(502), 'outcome-unknown'],
  [binanceServerFailures.unavailable(), 'unavailable'],
  [binanceServerFailures.internal(), 'unavailable'],
] as const)('Binance: %o is %s', ({ status, code, text }, kind) => {
  expect(classifyBinanceFailure(status, code, text)).toBe(kind)
})

test.each([
  [403, 'refused'],
  [404, 'refused'],
  [408, 'outcome-unknown'],
  [418, 'banned'],
  [429, 'limited'],
  [500, 'outcome-unknown'],
  [503, 'outcome-unknown'],
  [504, 'outcome-unknown'],
  [302, 'outcome-unknown'],
] as const)('Binance: status %i without a code is %s', (status, kind) => {
  expect(classifyBinanceFailure(status)).toBe(kind)
})

test('no code whose text says that the execution is unknown is ever taken for a refusal', () => {
  for (const { code, status, texts } of binanceErrorTable) {
    if (texts.some((text) => /execution status unknown/i.test(text))) {
      expect(classifyBinanceFailure(status, code)).toBe('outcome-unknown')
    }
  }
})

test.each([
  [okxErrors.tooManyRequests(), 'limited'],
  [{ status: 200, code: '50011' }, 'limited'],
  [okxErrors.busy(), 'unavailable'],
  [okxErrors.unavailable(), 'unavailable'],
  [okxErrors.timeout(), 'outcome-unknown'],
  [okxErrors.systemError(), 'outcome-unknown'],
  [okxErrors.invalidSign(), 'refused'],
  [okxErrors.unknownKey(), 'refused'],
  [okxErrors.noPermission(), 'refused'],
  [okxErrors.parameterError('limit'), 'refused'],
  [{ status: 502 }, 'outcome-unknown'],
  [{ status: 429 }, 'limited'],
  [{ status: 200 }, 'outcome-unknown'],
  [{ status: 404 }, 'refused'],
] as [{ status: number; code?: string }, string][])('OKX: %o is %s', ({ status, code }, kind) => {
  expect(classifyOkxFailure(status, code)).toBe(kind)
})

test('only a call that certainly was not executed is sent again when it changes the account', () => {
  const kinds = ['refused', 'limited', 'banned', 'unavailable', 'outcome-unknown'] as const
  expect(kinds.filter((kind) => mayRepeat(kind, true))).toEqual(['limited', 'unavailable'])
  expect(kinds.filter((kind) => mayRepeat(kind, false))).toEqual(['limited', 'unavailable', 'outcome-unknown'])
})
