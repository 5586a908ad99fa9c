import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import { isZero } from '../decimal/arithmetic.ts'
import { dayMs } from '../time/units.ts'
import { type AssetForecast, assetForecast } from './asset-forecast.ts'
import { horizonMs } from './expected.ts'
import { type Owing, owingIn } from './owed.ts'
import { type Played, play } from './play.ts'
import { type PlayFacts, readPlayFacts } from './play-facts.ts'
import type { PlayState } from './play-state.ts'
import { stateOfAccount } from './state-of-account.ts'

/** What is to come for one account, if nothing but the exchange acts. */
export interface AccountForecast {
  readonly account: BookAccount
  readonly facts: PlayFacts
  /** When the exchange last told the balances; `undefined` when never: then there is no forecast. */
  readonly balancesAt: number | undefined
  /** Balances of more than a day ago say little of today. */
  readonly isOld: boolean
  readonly start: PlayState
  readonly played: Played
  /** Assets that owe something, or will be charged. */
  readonly assets: readonly AssetForecast[]
}

/** Balances older than this are told to be old. */
export const oldAfterMs = dayMs

/**
 * Reads what the book knows and plays it forward for 30 days.
 *
 * @param ratesSinceMs how far back rates are read, for the ranges alone
 * @throws `book.account-unknown`
 */
export async function readAccountForecast(book: Book, account: BookAccount, now: number, ratesSinceMs?: number): Promise<AccountForecast> {
  return accountForecast(await readPlayFacts(book, account, now, ratesSinceMs), now)
}

/** As above, of facts at hand. Pure. */
export function accountForecast(facts: PlayFacts, now: number): AccountForecast {
  const start = stateOfAccount(facts, now)
  const { account, balancesAt } = facts
  const played = play({ state: start, from: balancesAt ?? now, until: now + horizonMs })
  const present = play({ state: start, from: balancesAt ?? now, until: now }).state
  const charged = new Set(played.events.flatMap((event) => (event.kind === 'charge' && event.at > now ? [event.asset] : [])))
  const isConcerned = (asset: string) => charged.has(asset) || [start, present].some((state) => owesAnything(owingIn(state, asset)))
  const assets = [...start.holdings.keys()].filter(isConcerned).sort()
  return Object.freeze({
    account,
    facts,
    balancesAt,
    isOld: balancesAt !== undefined && now - balancesAt > oldAfterMs,
    start,
    played,
    assets: assets.map((asset) => assetForecast({ facts, start, present, played, asset, now })),
  })
}

function owesAnything({ debt, loan, negativeBalance }: Owing): boolean {
  return [debt.owed, loan, negativeBalance].some((amount) => !isZero(amount))
}
