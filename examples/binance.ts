// The npm package "binance" against a local venue: the interest of the last week, and the auto-exchange runs.
// Run it with: npx tsx examples/binance.ts

import { PortfolioClient } from 'binance'
import { createVenue, listenVenue } from 'overdraft/venue'

const venue = await createVenue()
const { url, close } = await listenVenue(venue, { port: 0 })

const account = venue.accounts.find((candidate) => candidate.exchange === 'binance')
const client = new PortfolioClient({ api_key: account?.apiKey ?? '', api_secret: account?.apiSecret ?? '', baseUrl: url })

const charges = await client.getPortfolioNegativeBalanceInterestHistory({ size: 10 })
for (const { interest, asset, principal } of charges) console.log(`charged ${interest} ${asset} on ${principal}`)

const endTime = venue.clock.now()
const startTime = endTime - 80 * 86_400_000
const runs = await client.getPrivate('papi/v1/portfolio/negative-balance-exchange-record', { startTime, endTime })
console.log(`${runs.total} auto-exchange runs in 80 days`)

await close()
await venue.close()
