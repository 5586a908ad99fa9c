import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toText } from '../decimal/decimal.ts'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { isoInstant, parseInstant } from '../time/instant.ts'
import { readSentence } from './what-if-sentence.ts'

const now = parseInstant('2026-03-10T09:30:00Z')

function read(sentence: string): string {
  const { verb, amount, asset, account = '-', at } = readSentence(sentence, now)
  return [verb, amount === 'all' ? 'all' : toText(amount), asset, account, isoInstant(at).slice(0, 19)].join(' ')
}

describe('a sentence', () => {
  test.each([
    ['repay 5000 USDT at 21:50', 'repay 5000 USDT - 2026-03-10T21:50:00'],
    ['repay all usdt', 'repay all USDT - 2026-03-10T09:30:00'],
    ['  Deposit 0.25 btc ON main IN 2h ', 'deposit 0.25 BTC main 2026-03-10T11:30:00'],
    ['withdraw 1 BNB in 1d 2h 5min on a.b-c', 'withdraw 1 BNB a.b-c 2026-03-11T11:35:00'],
    ['borrow 1e3 USDC at 2026-03-11T23:59:30Z', 'borrow 1000 USDC - 2026-03-11T23:59:30'],
    ['repay 1 USDT at 2026-03-11 00:00 on main', 'repay 1 USDT main 2026-03-11T00:00:00'],
    ['repay 1 USDT at 9:45', 'repay 1 USDT - 2026-03-10T09:45:00'],
    ['repay 1 USDT at 2026-03-12', 'repay 1 USDT - 2026-03-12T00:00:00'],
    ['repay 1 USDT on at at 10:00', 'repay 1 USDT at 2026-03-10T10:00:00'],
  ])('%s', (sentence, understood) => {
    expect(read(sentence)).toBe(understood)
  })

  test.each([
    ['', 'one of repay, borrow, deposit, withdraw'],
    ['pay 5 USDT', 'one of repay, borrow, deposit, withdraw, but there is "pay"'],
    ['repay', 'an amount above zero'],
    ['repay -5 USDT', 'an amount above zero, such as 5000 or 0.25, or "all", but there is "-5"'],
    ['repay 0 USDT', 'an amount above zero'],
    ['repay 5,000 USDT', 'but there is "5,000"'],
    ['repay NaN USDT', 'but there is "NaN"'],
    ['borrow all USDT', 'how much to borrow'],
    ['deposit all USDT', 'how much to deposit'],
    ['repay 5', 'the asset, such as USDT, but there is nothing'],
    ['repay 5 $', 'the asset, such as USDT, but there is "$"'],
    ['repay 5 USDT 21:50', '"on ACCOUNT", "at HH:MM"'],
    ['repay 5 USDT at', 'a time such as 21:50'],
    ['repay 5 USDT at 24:00', 'but there is "24:00"'],
    ['repay 5 USDT at noon', 'but there is "noon"'],
    ['repay 5 USDT at 2026-02-30', 'but there is "2026-02-30"'],
    ['repay 5 USDT at 10:00 at 11:00', 'or the end, but there is "at"'],
    ['repay 5 USDT in', 'a span such as 30min, 2h or 1d'],
    ['repay 5 USDT in 0h', 'a span such as 30min'],
    ['repay 5 USDT in 2 h', 'but there is "2"'],
    ['repay 5 USDT on', 'the label of an account'],
    ['repay 5 USDT and more', 'but there is "and"'],
  ])('%s is refused, with what is wrong and the grammar', (sentence, says) => {
    try {
      readSentence(sentence, now)
      expect.unreachable()
    } catch (error) {
      if (!isOverdraftError(error, 'forecast.sentence-malformed')) throw error
      expect(error.message).toContain(says)
      expect(error.remedy).toContain('repay|borrow|deposit|withdraw AMOUNT|all ASSET')
    }
  })

  test('of any words is understood or refused, never anything else', () => {
    const word = fc.constantFrom(
      'repay',
      'all',
      '5',
      'USDT',
      'on',
      'main',
      'at',
      'in',
      '21:50',
      '2h',
      '2026-03-11',
      '\u202e',
      '1e999',
      '999999999999d',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 10 }), (words) => {
        try {
          expect(Number.isSafeInteger(readSentence(words.join(' '), now).at)).toBe(true)
        } catch (error) {
          if (!isOverdraftError(error, 'forecast.sentence-malformed')) throw error
        }
      }),
    )
  })
})
