import { DerivativesTradingPortfolioMargin } from '@binance/derivatives-trading-portfolio-margin'
import { describeBinanceClient } from './support/binance-client-suite.ts'

// The connector has no option for its timestamp: it is the machine's clock, and a wrong clock is played by the venue.
describeBinanceClient({
  name: '@binance/derivatives-trading-portfolio-margin',
  connect: (url, { apiKey, secret, signing }) => {
    const credentials = signing === 'hmac' ? { apiSecret: secret } : { privateKey: secret }
    // One second, the connector's own timeout, is short for a busy machine, and it would repeat what it gave up on.
    const configurationRestAPI = { apiKey, ...credentials, basePath: url, timeout: 30_000, retries: 0 }
    const { restAPI } = new DerivativesTradingPortfolioMargin({ configurationRestAPI })
    return {
      ping: async () => (await restAPI.testConnectivity()).data(),
      balances: async () => (await restAPI.accountBalance()).data(),
      balance: async (asset) => (await restAPI.accountBalance({ asset })).data(),
      interest: async (query) => (await restAPI.queryPortfolioMarginNegativeBalanceInterestHistory(query)).data(),
      exchanges: async (query) => (await restAPI.queryUserNegativeBalanceAutoExchangeRecord(query)).data(),
      repay: async () => (await restAPI.repayFuturesNegativeBalance()).data(),
    }
  },
  surfaceOf: ({ status, code, msg }) => ({ name: status === 401 ? 'UnauthorizedError' : 'BadRequestError', code, message: msg }),
})
