import { isoInstant } from '../../time/instant.ts'
import type { AccountAccess } from '../../venue/account-access.ts'
import type { Venue } from '../../venue/venue.ts'
import type { Style } from '../output/style.ts'

/** What a program needs to use the venue. */
export function venueDocument(venue: Venue, url: string): object {
  return {
    url,
    admin: { url: `${url}/_venue`, token: venue.adminToken },
    accounts: venue.accounts,
    faults: venue.faults.list().map(({ rule }) => rule),
  }
}

/** How to point something at the venue. Its keys open nothing but this venue, so they are shown. */
export function venueText(venue: Venue, url: string, style: Style): string {
  const accounts = venue.accounts.map((account) => accountText(account, style)).join('')
  const binance = venue.accounts.find(({ exchange }) => exchange === 'binance')
  const example = binance === undefined ? '' : `\n${style.bold('With ccxt')} (npm install ccxt):\n\n${ccxtExample(url, binance)}`
  return (
    `${style.bold('The venue listens')} on ${url}, its clock at ${isoInstant(venue.clock.now())}.\n` +
    'It answers /papi/v1/… as Binance Portfolio Margin does, /api/v5/… as OKX does.\n' +
    faultsText(venue) +
    `\n${style.bold('Accounts')} (these keys open nothing but this venue)\n\n${accounts}${example}\n` +
    `${style.bold('Admin face')} (clock, balances, prices, truth): ${url}/_venue/openapi.json\n` +
    `  Authorization: Bearer ${venue.adminToken}\n\nCtrl-C stops it.\n`
  )
}

/** Whoever is answered an error should know that it was asked for. */
function faultsText(venue: Venue): string {
  const rules = venue.faults.list().map(({ rule }) => `${rule.name} (${rule.kind})`)
  return rules.length === 0 ? '' : `Goes wrong on purpose: ${rules.join(', ')}.\n`
}

function accountText({ exchange, label, apiKey, apiSecret, passphrase, keys }: AccountAccess, style: Style): string {
  const others = keys.filter((key) => key.apiKey !== apiKey)
  const kinds =
    others.length === 0
      ? ''
      : `  ${style.faint(`and ${others.length} more (${others.map(({ signing }) => signing).join(', ')}): --json`)}\n`
  return (
    `${label} (${exchange})\n  API key     ${apiKey}\n  secret      ${apiSecret}\n` +
    `${passphrase === undefined ? '' : `  passphrase  ${passphrase}\n`}${kinds}`
  )
}

/** Lines that run as they stand. */
export function ccxtExample(url: string, { apiKey, apiSecret }: AccountAccess): string {
  return [
    "const exchange = new ccxt.binance({ apiKey: '<key>', secret: '<secret>', options: { portfolioMargin: true } })",
    `exchange.urls.api.papi = '${url}/papi/v1'; exchange.setMarkets([])`,
    'console.log(await exchange.papiGetPortfolioInterestHistory({ size: 3 }))',
  ]
    .map((line) => `  ${line.replace('<key>', apiKey).replace('<secret>', apiSecret)}\n`)
    .join('')
}
