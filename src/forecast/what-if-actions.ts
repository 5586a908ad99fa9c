import { strip } from '../decimal/arithmetic.ts'
import { toText } from '../decimal/decimal.ts'
import { fail } from '../errors/overdraft-error.ts'
import { ledgerScale } from '../rules/ledger-scale.ts'
import { isoInstant } from '../time/instant.ts'
import type { AccountForecast } from './account-forecast.ts'
import { horizonMs } from './expected.ts'
import type { WhatIfAction } from './what-if-action.ts'
import { readSentence, type WhatIfSentence } from './what-if-sentence.ts'

/**
 * The sentences as actions on accounts, in the order given.
 *
 * @throws `forecast.sentence-malformed`, `forecast.account-unknown`, `forecast.account-ambiguous`, `forecast.asset-unknown`,
 *   `forecast.no-balances`, `forecast.amount-too-fine`, `forecast.time-past`, `forecast.time-too-far`
 */
export function whatIfActions(sentences: readonly string[], accounts: readonly AccountForecast[], now: number): readonly WhatIfAction[] {
  return sentences.map((text) => {
    const read = readSentence(text, now)
    const { account, facts } = accountOf(read, accounts)
    checkTime(read, now)
    if (facts.balancesAt === undefined) fail('forecast.no-balances', { account: account.label })
    const decimals = ledgerScale(account.exchange)
    if (read.amount !== 'all' && strip(read.amount).scale > decimals) {
      fail('forecast.amount-too-fine', { amount: toText(read.amount), exchange: account.exchange, decimals })
    }
    const { verb, amount, asset, at } = read
    return Object.freeze({ verb, account: account.label, asset, amount, at })
  })
}

function checkTime({ sentence, at }: WhatIfSentence, now: number): void {
  if (at < now) fail('forecast.time-past', { sentence, asked: shown(at), now: shown(now) })
  if (at > now + horizonMs) fail('forecast.time-too-far', { sentence, asked: shown(at), until: shown(now + horizonMs) })
}

function shown(instant: number): string {
  return isoInstant(instant).slice(0, 16).replace('T', ' ')
}

/** The account named; else the only one that owes the asset, else the only one that knows it. */
function accountOf({ sentence, account, asset, verb }: WhatIfSentence, accounts: readonly AccountForecast[]): AccountForecast {
  const labels = accounts.map((each) => each.account.label)
  if (account !== undefined) {
    const named = accounts.find((each) => each.account.label === account)
    if (named === undefined) return fail('forecast.account-unknown', { sentence, account, known: labels })
    if (named.balancesAt !== undefined) checkAsset(sentence, asset, [named])
    return named
  }
  const [only] = accounts
  if (accounts.length === 1 && only?.balancesAt === undefined && only !== undefined) return only
  checkAsset(sentence, asset, accounts)
  const knowing = accounts.filter((each) => assetsOf(each).has(asset))
  const owing = verb === 'repay' ? knowing.filter((each) => each.assets.some((forecast) => forecast.asset === asset)) : []
  const meant = owing.length > 0 ? owing : knowing
  const [first] = meant
  if (first === undefined || meant.length > 1) {
    return fail('forecast.account-ambiguous', { sentence, accounts: meant.map((each) => each.account.label) })
  }
  return first
}

function checkAsset(sentence: string, asset: string, accounts: readonly AccountForecast[]): void {
  const known = new Set(accounts.flatMap((each) => [...assetsOf(each)]))
  if (!known.has(asset)) fail('forecast.asset-unknown', { sentence, asset, known: [...known].sort() })
}

/** Assets of which the book knows a balance, a charge or a rate. */
function assetsOf({ facts }: AccountForecast): ReadonlySet<string> {
  return new Set([...facts.balances.map(({ asset }) => asset), ...facts.latestCharges.map(({ asset }) => asset), ...facts.rates.keys()])
}
