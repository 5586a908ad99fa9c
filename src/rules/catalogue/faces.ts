import { rulesOf } from './rule.ts'

/** How Binance takes calls. */
const binance = rulesOf('binance', {
  'binance-signature': {
    says: 'Query and body as they were sent, without the signature and without `&` between them, are signed with HMAC, RSA or Ed25519.',
    facts: ['A1.1'],
    module: 'contracts/binance/signing.ts',
  },
  'request-timing': {
    says: 'A call is taken while `timestamp < now + 1000` and `now - timestamp <= recvWindow`, which is 5000 unless given and at most 60000.',
    facts: ['A1.1', 'A2.1'],
    module: 'venue/http/binance/timing.ts',
  },
  'weight-limit': {
    says: '6000 weight a minute and address; refused calls count in full; going on despite 429 is banned with 418, for twice as long each time.',
    facts: ['A1.2', 'A2.1'],
    module: 'venue/http/binance/weight-ledger.ts',
  },
  'weight-pools': {
    says: 'On the api host sapi counts by endpoint, per address or per user, and /api/v3 per address, each with headers of its own.',
    facts: ['A1.2', 'A6'],
    module: 'venue/http/binance/pool-ledgers.ts',
  },
  'order-pool': {
    says: 'What counts as an order counts against 1200 a minute and account.',
    facts: ['A1.2', 'A6'],
    module: 'venue/http/binance/pool-ledgers.ts',
  },
  headers: {
    says: 'Each host answers with the headers that were captured of it; a refusal of papi has only the first of them.',
    facts: ['A1.2'],
    module: 'venue/http/binance/replies.ts',
  },
  'pro-accounts-only': {
    says: 'The PRO twins answer PRO accounts, all others `-21001`.',
    facts: ['A2.1', 'A6'],
    module: 'venue/http/binance/answers/pro-only.ts',
  },
  'unknown-path-of-the-api-host': {
    says: 'An unknown path answers 404 in the way of its host.',
    facts: ['A1'],
    module: 'venue/http/binance/face.ts',
  },
  'change-log': {
    says: 'What the change logs date is there only from that day on.',
    facts: ['A3.3', 'A3.4', 'A4.6', 'A6'],
    module: 'contracts/binance/releases.ts',
  },
})

/** How OKX takes calls. */
const okx = rulesOf('okx', {
  'okx-signature': {
    says: 'Time stamp, method in upper case, path with query, and body are signed with HMAC.',
    facts: ['B1'],
    module: 'contracts/okx/signing.ts',
  },
  'okx-request-timing': {
    says: 'A call is taken up to 30 seconds before and after the exchange’s time.',
    facts: ['B1'],
    module: 'contracts/okx/signing.ts',
  },
  'okx-call-limits': {
    says: 'Calls count by endpoint, per user where they are signed, per address where they are public.',
    facts: ['B2', 'B5'],
    module: 'venue/http/okx/call-ledger.ts',
  },
  'okx-json-bodies': {
    says: 'What is posted is a JSON object of the documented types under the right content type.',
    facts: ['B2', 'B5'],
    module: 'venue/http/okx/parameters.ts',
  },
  'okx-simulated-trading': {
    says: '`x-simulated-trading: 1` is for keys of demo trading, which need it.',
    facts: ['B1', 'B2'],
    module: 'venue/http/okx/demo.ts',
  },
})

export const faceRules = Object.freeze([...binance, ...okx])
