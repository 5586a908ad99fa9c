import { RestClient } from 'okx-api'
import { describeOkxClient } from './support/okx-client-suite.ts'

// The client has no option for its timestamp: it is the machine's clock, and a wrong clock is played by the venue.
describeOkxClient({
  name: 'okx-api',
  connect: (url, { apiKey, secret, passphrase = '' }) => {
    const client = new RestClient({ apiKey, apiSecret: secret, apiPass: passphrase, baseUrl: url })
    return {
      time: () => client.getSystemTime({}),
      balances: () => client.getBalance(),
      balance: (ccy) => client.getBalance({ ccy }),
      interest: (query) => client.getInterestAccrued(query),
    }
  },
  // What is thrown is the body of the answer itself.
  surfaceOf: (error) => error,
})
