import type { StatedKind } from './stated-kind.ts'

const both = { exchange: 'both' } as const
const refused = { ...both, outcome: 'refused', exclusive: true } as const

/** What befalls the connection, the clock and whoever stands in between, on either exchange. */
export const wireFaultKinds = {
  'clock-skew': {
    ...both,
    outcome: 'altered',
    exclusive: false,
    says: "the exchange's clock is off: -1021 in both its texts and 50102, and `Date` and the public time agree with it",
    settings: {
      ms: {
        type: 'whole',
        minimum: -86_400_000,
        maximum: 86_400_000,
        need: 'mandatory',
        note: 'positive: ahead, so that time stamps look old; negative: behind, so that they look early',
      },
    },
  },
  'empty-reply': { ...refused, says: '202 with an empty body', settings: {} },
  'html-page': {
    ...refused,
    says: 'an HTML page instead of JSON',
    settings: {
      status: { type: 'whole', minimum: 200, maximum: 599, need: 'default', fallback: 502, note: 'the HTTP status, such as 200 or 502' },
    },
  },
  slow: {
    ...both,
    outcome: 'altered',
    exclusive: false,
    says: 'the call is carried out at once, its reply comes late',
    settings: { ms: { type: 'whole', minimum: 1, maximum: 3_600_000, need: 'mandatory', note: 'how late, by the real clock' } },
  },
  'cut-off': {
    ...both,
    outcome: 'lost',
    exclusive: true,
    says: 'carried out; the connection ends within the body, of which `Content-Length` promises all',
    settings: {
      bytes: { type: 'whole', minimum: 0, maximum: 10_000_000, need: 'mandatory', note: 'how many bytes of the body still come' },
    },
  },
  reset: { ...refused, says: 'not carried out; the connection is reset before any byte', settings: {} },
  silence: { ...refused, says: 'not carried out; nothing comes until the client gives up', settings: {} },
  'reply-lost': {
    ...both,
    outcome: 'lost',
    exclusive: true,
    says: 'carried out exactly once, but its reply is lost',
    settings: {
      answer: {
        type: 'choice',
        choices: ['reset', 'silence', 'outcome-unknown', 'timeout', 'html-page', 'empty-reply'],
        need: 'default',
        fallback: 'reset',
        note: 'what comes instead; `outcome-unknown` is 503 on Binance and 50026 on OKX, `timeout` is -1007 and 50004',
      },
    },
  },
} as const satisfies Readonly<Record<string, StatedKind>>
