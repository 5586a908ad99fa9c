// The npm package "okx-api" against a local venue: the hours charged on an OKX account, page by page.
// Run it with: npx tsx examples/okx-api.ts

import { RestClient } from 'okx-api'
import { createVenue, listenVenue } from 'overdraft/venue'

const venue = await createVenue()
const { url, close } = await listenVenue(venue, { port: 0 })

const account = venue.accounts.find((candidate) => candidate.exchange === 'okx')
const client = new RestClient({
  apiKey: account?.apiKey ?? '',
  apiSecret: account?.apiSecret ?? '',
  apiPass: account?.passphrase ?? '',
  baseUrl: url,
})

// `after` is exclusive, and the rows of one hour can be on both sides of a page: ask for one currency and mode at a time.
const first = await client.getInterestAccrued({ ccy: 'USDT', mgnMode: 'cross', limit: '3' })
const second = await client.getInterestAccrued({ ccy: 'USDT', mgnMode: 'cross', limit: '3', after: first.at(-1)?.ts ?? '' })
for (const { interest, ccy, liab, ts } of [...first, ...second]) console.log(`${ts}: ${interest} ${ccy} on ${liab}`)

await close()
await venue.close()
