import { type Decimal, parseDecimal } from '../decimal/decimal.ts'
import { fail } from '../errors/overdraft-error.ts'
import { isoDay, readInstant } from '../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'
import type { WhatIfAction } from './what-if-action.ts'

/** A sentence of `--if` as it was understood; which account and asset it means is settled against the book. */
export interface WhatIfSentence {
  readonly sentence: string
  readonly verb: WhatIfAction['verb']
  readonly amount: Decimal | 'all'
  readonly asset: string
  readonly account: string | undefined
  readonly at: number
}

const verbs: readonly WhatIfAction['verb'][] = ['repay', 'borrow', 'deposit', 'withdraw']
const assetRe = /^[A-Za-z0-9][A-Za-z0-9._-]{0,29}$/
const clockRe = /^(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/
const dayRe = /^\d{4}-\d{2}-\d{2}$/
const spanRe = /^(\d{1,5})(min|m|h|d)$/
const longestSentence = 200
const unitMs: Readonly<Record<string, number>> = Object.freeze({ m: minuteMs, min: minuteMs, h: hourMs, d: dayMs })

/** Takes words from the front, and says what should have stood there. */
class Words {
  readonly #sentence: string
  readonly #left: string[]

  constructor(sentence: string) {
    this.#sentence = sentence
    this.#left = sentence.split(/\s+/).filter((word) => word !== '')
  }

  get isEmpty(): boolean {
    return this.#left.length === 0
  }

  take(): string {
    return this.#left.shift() ?? ''
  }

  /** Whether the next word is this one, which is then taken. */
  takeWord(word: string): boolean {
    if (this.#left[0]?.toLowerCase() !== word) return false
    this.#left.shift()
    return true
  }

  takeLike(pattern: RegExp): string | undefined {
    return pattern.test(this.#left[0] ?? '') ? this.#left.shift() : undefined
  }

  refuse(part: string, expected: string): never {
    return fail('forecast.sentence-malformed', { sentence: this.#sentence, part, expected })
  }
}

/**
 * Reads `repay 5000 USDT on main at 21:50`. Times are UTC; a time of day is one of today; without a time it is now. The order
 * of account and time is free.
 *
 * @throws `forecast.sentence-malformed`
 */
export function readSentence(sentence: string, now: number): WhatIfSentence {
  const words = new Words(sentence)
  if (sentence.length > longestSentence) words.refuse(sentence, `no more than ${longestSentence} characters`)
  const verb = verbOf(words)
  const amount = amountOf(words, verb)
  const assetText = words.take()
  if (!assetRe.test(assetText)) words.refuse(assetText, 'the asset, such as USDT')
  let account: string | undefined
  let at: number | undefined
  while (!words.isEmpty) {
    if (account === undefined && words.takeWord('on')) account = words.take() || words.refuse('', 'the label of an account after "on"')
    else if (at === undefined && words.takeWord('at')) at = instantAt(words, now)
    else if (at === undefined && words.takeWord('in')) at = now + spanOf(words)
    else words.refuse(words.take(), '"on ACCOUNT", "at HH:MM", "at INSTANT", "in 2h", or the end')
  }
  return Object.freeze({ sentence, verb, amount, asset: assetText.toUpperCase(), account, at: at ?? now })
}

function verbOf(words: Words): WhatIfAction['verb'] {
  const text = words.take()
  const verb = verbs.find((known) => known === text.toLowerCase())
  return verb ?? words.refuse(text, 'one of repay, borrow, deposit, withdraw')
}

function amountOf(words: Words, verb: WhatIfAction['verb']): Decimal | 'all' {
  const text = words.take()
  if (text.toLowerCase() === 'all') {
    return verb === 'repay' || verb === 'withdraw' ? 'all' : words.refuse(text, `how much to ${verb}, as nothing says how much all is`)
  }
  const amount = /^\d/.test(text) ? parseDecimal(text) : undefined
  if (amount === undefined || amount.mantissa <= 0n) return words.refuse(text, 'an amount above zero, such as 5000 or 0.25, or "all"')
  return amount
}

function instantAt(words: Words, now: number): number {
  const day = words.takeLike(dayRe)
  const clock = words.takeLike(clockRe)
  if (clock !== undefined) {
    const hours = clock.indexOf(':') === 1 ? `0${clock}` : clock
    return readInstant(`${day ?? isoDay(now)}T${hours}`) ?? refuseTime(words, `${day ?? ''} ${clock}`.trim())
  }
  const text = day ?? words.take()
  return readInstant(text) ?? refuseTime(words, text)
}

function refuseTime(words: Words, text: string): never {
  return words.refuse(text, 'a time such as 21:50, or an instant such as 2026-03-11T21:50')
}

function spanOf(words: Words): number {
  let ms = 0
  for (let part = words.takeLike(spanRe); part !== undefined; part = words.takeLike(spanRe)) {
    const [, count = '', unit = ''] = spanRe.exec(part) ?? []
    ms += Number(count) * (unitMs[unit] ?? 0)
  }
  return ms > 0 ? ms : words.refuse(words.take(), 'a span such as 30min, 2h or 1d after "in"')
}
