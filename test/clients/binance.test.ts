import { PortfolioClient } from 'binance'
import { describeBinanceClient } from './support/binance-client-suite.ts'

// It tells the kind of a key from the secret: PEM, and a PEM of up to 150 characters is Ed25519.
describeBinanceClient({
  name: 'binance',
  connect: (url, { apiKey, secret }) => {
    const client = new PortfolioClient({ api_key: apiKey, api_secret: secret, baseUrl: url })
    return {
      ping: () => client.testConnectivity(),
      balances: () => client.getBalance(),
      balance: (asset) => client.getBalance({ asset }),
      interest: (query) => client.getPortfolioNegativeBalanceInterestHistory(query),
      // The client has no function for the exchange record; its generic signed call reaches it.
      exchanges: (query) => client.getPrivate('papi/v1/portfolio/negative-balance-exchange-record', query),
      repay: () => client.repayFuturesNegativeBalance(),
    }
  },
  surfaceOf: ({ code, msg }) => ({ code, message: msg }),
})
