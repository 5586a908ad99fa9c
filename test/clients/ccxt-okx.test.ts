import ccxt from 'ccxt'
import { describeOkxClient } from './support/okx-client-suite.ts'

/** ccxt's class of error for the codes that are not an AuthenticationError to it; 50119 it does not know. */
const errorNames: Readonly<Record<string, string>> = { '50102': 'InvalidNonce', '50119': 'ExchangeError', '51000': 'BadRequest' }

describeOkxClient({
  name: 'ccxt.okx',
  connect: (url, { apiKey, secret, passphrase = '' }) => {
    const exchange = new ccxt.okx({ apiKey, secret, password: passphrase, enableRateLimit: false })
    const api = exchange.urls['api'] as Record<string, string>
    api['rest'] = url
    // Without markets of its own ccxt would download them from elsewhere before the first call.
    exchange.setMarkets([])
    const data = async (reply: Promise<{ data?: unknown }>) => (await reply).data
    return {
      time: () => data(exchange.publicGetPublicTime()),
      balances: () => data(exchange.privateGetAccountBalance()),
      balance: (ccy) => data(exchange.privateGetAccountBalance({ ccy })),
      interest: (query) => data(exchange.privateGetAccountInterestAccrued(query)),
    }
  },
  surfaceOf: ({ code, msg }) => ({
    name: errorNames[code] ?? 'AuthenticationError',
    // ccxt quotes the body as it came: the gateway's has msg first and no data, the business error's the other order.
    message: code === '51000' ? `okx ${JSON.stringify({ code, data: [], msg })}` : `okx ${JSON.stringify({ msg, code })}`,
  }),
})
