// ccxt against a local venue: what a Binance Portfolio Margin account owes, and what an OKX account was charged.
// Run it with: npx tsx examples/ccxt.ts

import ccxt from 'ccxt'
import { createVenue, listenVenue } from 'overdraft/venue'

const venue = await createVenue()
const { url, close } = await listenVenue(venue, { port: 0 })

const binanceKey = venue.accounts.find((account) => account.exchange === 'binance')
const binance = new ccxt.binance({ apiKey: binanceKey?.apiKey ?? '', secret: binanceKey?.apiSecret ?? '' })
binance.urls['api'].papi = `${url}/papi/v1`
binance.setMarkets([]) // else ccxt downloads the markets of the real exchange first

const balance = await binance.fetchBalance({ portfolioMargin: true })
for (const [asset, total] of Object.entries(balance.total ?? {})) console.log(`Binance holds ${total} ${asset}`)
const interest = await binance.papiGetPortfolioInterestHistory({ size: 5 })
for (const row of interest) console.log(`Binance charged ${row.interest} ${row.asset} on ${row.principal}`)

const okxKey = venue.accounts.find((account) => account.exchange === 'okx')
const okx = new ccxt.okx({ apiKey: okxKey?.apiKey ?? '', secret: okxKey?.apiSecret ?? '', password: okxKey?.passphrase ?? '' })
okx.urls['api'].rest = url
okx.setMarkets([])

for (const row of await okx.fetchBorrowInterest(undefined, undefined, undefined, 5)) {
  console.log(`OKX charged ${row.interest} ${row.currency} at ${row.datetime}`)
}

await close()
await venue.close()
