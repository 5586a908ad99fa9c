import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import { fail, isOverdraftError, type OverdraftError } from '../errors/overdraft-error.ts'
import { isKnownKey, type KnownBy, recognise } from '../sync/same-account.ts'
import { dayMs } from '../time/units.ts'
import type { ExchangeClient } from './clients.ts'
import { shownDuration } from './output/duration.ts'

/** One thing a key was asked to do, and whether it could. */
export interface Finding {
  readonly account: string
  readonly what: string
  readonly isPossible: boolean
  readonly detail: string
  /** Why not. */
  readonly error: OverdraftError | undefined
}

interface Question {
  readonly what: string
  readonly ask: () => Promise<string>
}

/**
 * Asks the exchange, reading only, what the key can do. Stops at the first refusal: an exchange counts those that
 * follow against the address.
 */
export async function checkKey(book: Book, account: BookAccount, client: ExchangeClient): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const { what, ask } of [...questionsTo(client), ownRows(book, account, client)]) {
    try {
      findings.push({ account: account.label, what, isPossible: true, detail: await ask(), error: undefined })
    } catch (error) {
      if (!isOverdraftError(error)) throw error
      findings.push({ account: account.label, what, isPossible: false, detail: error.message, error })
      break
    }
  }
  return findings
}

const knownBy: Readonly<Record<KnownBy, string>> = {
  uid: 'has the uid that the book has',
  rows: 'shows rows that the book has',
  nothing: 'the book has no row to know it by yet',
  unknown: 'has filled the book',
}

/** Rows of another account must never come under the label. */
function ownRows(book: Book, account: BookAccount, client: ExchangeClient): Question {
  return {
    what: 'read the account of this label',
    ask: async () => {
      const { by } = await recognise(book, account, client)
      if (by === 'unknown' && !(await isKnownKey(book, account, client))) {
        fail('sync.account-unknown', { account: account.label, exchange: account.exchange })
      }
      return knownBy[by]
    },
  }
}

function questionsTo(client: ExchangeClient): readonly Question[] {
  const reach: Question = {
    what: 'reach the exchange',
    ask: async () => {
      const { offsetMs } = await client.measureServerTime()
      const away = Math.abs(offsetMs)
      if (away < 1_000) return 'clocks agree'
      return `this clock is ${shownDuration(away)} ${offsetMs > 0 ? 'behind' : 'ahead'}; requests are corrected by it`
    },
  }
  return [reach, ...(client.exchange === 'binance' ? binanceQuestions(client) : okxQuestions(client))]
}

function binanceQuestions(client: Extract<ExchangeClient, { exchange: 'binance' }>): readonly Question[] {
  return [
    {
      what: 'read balances',
      ask: async () => {
        const rows = await client.balance()
        return `${Array.isArray(rows) ? rows.length : 1} assets`
      },
    },
    { what: 'read interest', ask: async () => `${(await client.interestHistory()).length} charges in the last 7 days` },
    {
      what: 'read auto-exchanges',
      ask: async () => {
        const now = client.serverNow()
        return `${(await client.negativeBalanceExchangeRecord({ startTime: now - 30 * dayMs, endTime: now })).rows.length} in the last 30 days`
      },
    },
  ]
}

function okxQuestions(client: Extract<ExchangeClient, { exchange: 'okx' }>): readonly Question[] {
  return [
    { what: 'read balances', ask: async () => `${(await client.balance()).data[0]?.details.length ?? 0} currencies` },
    {
      what: 'read interest',
      ask: async () => `${(await client.interestAccrued({ limit: 1 })).data.length > 0 ? 'there are' : 'there are no'} charges`,
    },
  ]
}
