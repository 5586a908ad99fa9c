import { binanceBan } from '../contracts/binance/limits.ts'
import { type OverdraftError, overdraftError } from '../errors/overdraft-error.ts'
import { isoInstant } from '../time/instant.ts'
import type { ServerTime } from './server-time.ts'

const bannedUntilRe = /banned until (\d{13})/

/** Until when an answer 418 bans the address, by our clock, and the error that says so. */
export function banOf(
  exchange: string,
  text: string,
  retryMs: number | undefined,
  now: number,
  serverTime: ServerTime,
): { readonly until: number; readonly error: OverdraftError } {
  const stated = bannedUntilRe.exec(text)?.[1]
  const byText = stated === undefined ? undefined : Number(stated) - serverTime.offsetMs
  const byHeader = retryMs === undefined ? undefined : now + retryMs
  const until = Math.max(byText ?? 0, byHeader ?? 0, byText === undefined && byHeader === undefined ? now + binanceBan.shortestMs : 0)
  return { until, error: overdraftError('client.banned', { exchange, until: isoInstant(until), exchangeText: text }) }
}
