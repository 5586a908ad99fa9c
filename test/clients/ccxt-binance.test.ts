import ccxt from 'ccxt'
import { describeBinanceClient } from './support/binance-client-suite.ts'

describeBinanceClient({
  name: 'ccxt.binance',
  connect: (url, { apiKey, secret }) => {
    const exchange = new ccxt.binance({ apiKey, secret, enableRateLimit: false })
    const api = exchange.urls['api'] as Record<string, string>
    api['papi'] = `${url}/papi/v1`
    // Without markets of its own ccxt would download them from elsewhere before the first call.
    exchange.setMarkets([])
    return {
      ping: () => exchange.papiGetPing(),
      balances: () => exchange.papiGetBalance(),
      balance: (asset) => exchange.papiGetBalance({ asset }),
      interest: (query) => exchange.papiGetPortfolioInterestHistory(query),
      // ccxt knows this path on sapi only; its generic signed call reaches the one of papi.
      exchanges: (query) => exchange.request('portfolio/negative-balance-exchange-record', 'papi', 'GET', query),
      repay: () => exchange.papiPostRepayFuturesNegativeBalance(),
    }
  },
  surfaceOf: ({ code, msg }) => ({
    name: code === -1021 ? 'InvalidNonce' : 'AuthenticationError',
    message: `binance ${JSON.stringify({ code, msg })}`,
  }),
})
