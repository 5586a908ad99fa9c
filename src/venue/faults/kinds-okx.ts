import type { StatedKind } from './stated-kind.ts'

const refused = { exchange: 'okx', outcome: 'refused', exclusive: true } as const

/** The faults only OKX has, by its codes (facts B2). */
export const okxFaultKinds = {
  'okx-unavailable': { ...refused, says: '50001 with HTTP 503, service temporarily unavailable', settings: {} },
  'okx-timeout': { ...refused, says: '50004, request timeout: neither a success nor a failure (it was not carried out)', settings: {} },
  'okx-rate-limited': {
    ...refused,
    says: '50011, too many requests',
    settings: {
      form: {
        type: 'choice',
        choices: ['gateway', 'business'],
        need: 'default',
        fallback: 'gateway',
        note: '`gateway`: HTTP 429 without data; `business`: HTTP 200 with data, in other words',
      },
    },
  },
  'okx-busy': { ...refused, says: '50013, systems are busy', settings: {} },
  'okx-system-error': { ...refused, says: '50026 with HTTP 500, system error', settings: {} },
  'okx-too-frequent': { ...refused, says: '50040 with HTTP 200, too frequent operations', settings: {} },
  'okx-order-limit': { ...refused, says: '50061 with HTTP 200, order rate limit of the account', settings: {} },
  'okx-invalid-sign': { ...refused, says: '50113 `Invalid Sign`, although it is right', settings: {} },
} as const satisfies Readonly<Record<string, StatedKind>>
