import type { StatedKind } from './stated-kind.ts'

const retryAfter = {
  type: 'flag',
  need: 'default',
  fallback: true,
  note: 'whether `Retry-After` is sent (the papi pages do not mention it)',
} as const

const refused = { exchange: 'binance', outcome: 'refused', exclusive: true } as const

/** The faults only Binance has: its limits, and its texts of HTTP 5xx (facts A1.2, A2.1, A2.2). */
export const binanceFaultKinds = {
  'rate-limited': {
    ...refused,
    says: '429 with -1003, counted as one more rejection: going on ends in a ban',
    settings: {
      retryAfter,
      seconds: {
        type: 'whole',
        minimum: 0,
        maximum: 86_400,
        need: 'optional',
        note: 'what `Retry-After` says; the rest of the minute when left out',
      },
    },
  },
  banned: {
    ...refused,
    says: "418 with -1003: the address is banned by the exchange's own ledger, for twice as long each time, and so are its next calls",
    settings: { retryAfter },
  },
  'outcome-unknown': {
    ...refused,
    says: '503 `Unknown error, please check your request or try again later.`, which does not say whether the call was carried out (it was not)',
    settings: {},
  },
  'service-unavailable': { ...refused, says: '503 `Service Unavailable.`; costs no weight', settings: {} },
  'internal-error': {
    ...refused,
    says: '503 with -1001 `Internal error; unable to process your request. Please try again.`',
    settings: {},
  },
  overloaded: { ...refused, says: '503 with -1008, throttled by system-level protection; costs no weight', settings: {} },
  'request-error': {
    ...refused,
    says: '5xx `Request occur unknown error.`',
    settings: { status: { type: 'whole', minimum: 500, maximum: 599, need: 'default', fallback: 500, note: 'the HTTP status' } },
  },
  'unknown-error': { ...refused, says: '-1000 `An unknown error occured while processing the request.`', settings: {} },
  'unexpected-response': { ...refused, says: '-1006, execution status unknown (it was not carried out)', settings: {} },
  'backend-timeout': { ...refused, says: '-1007, send and execution status unknown (it was not carried out)', settings: {} },
  firewall: { ...refused, says: '403 with the HTML page of a web application firewall', settings: {} },
} as const satisfies Readonly<Record<string, StatedKind>>
