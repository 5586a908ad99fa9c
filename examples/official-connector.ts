// Binance's own connector against a local venue: read what is negative, repay it, and read again.
// Run it with: npx tsx examples/official-connector.ts

import { DerivativesTradingPortfolioMargin } from '@binance/derivatives-trading-portfolio-margin'
import { createVenue, listenVenue } from 'overdraft/venue'

const venue = await createVenue()
const { url, close } = await listenVenue(venue, { port: 0 })

const account = venue.accounts.find((candidate) => candidate.exchange === 'binance')
const { restAPI } = new DerivativesTradingPortfolioMargin({
  configurationRestAPI: { apiKey: account?.apiKey ?? '', apiSecret: account?.apiSecret ?? '', basePath: url, timeout: 10_000 },
})

const showNegativeWallets = async (when: string) => {
  const rows = await (await restAPI.accountBalance()).data()
  for (const row of Array.isArray(rows) ? rows : [rows]) {
    if (Number(row.umWalletBalance) < 0) console.log(`${when}: UM wallet ${row.umWalletBalance} ${row.asset}`)
  }
}

await showNegativeWallets('before')
const { msg } = await (await restAPI.repayFuturesNegativeBalance()).data()
console.log(`repaid: ${msg}`)
await showNegativeWallets('after')

await close()
await venue.close()
