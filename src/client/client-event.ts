/** What a client tells of its doing, for progress and logs. No event carries a secret, a signature or a signed URL. */
export type ClientEvent =
  | { readonly kind: 'waited-for-budget'; readonly endpoint: string; readonly at: number; readonly waitedMs: number; readonly cost: number }
  | { readonly kind: 'request-sent'; readonly endpoint: string; readonly at: number; readonly request: string; readonly attempt: number }
  | {
      readonly kind: 'reply-received'
      readonly endpoint: string
      readonly at: number
      readonly status: number
      readonly tookMs: number
      /** Binance: weight this IP address has used in the present minute, as the exchange counts. */
      readonly usedWeight?: number | undefined
    }
  | {
      readonly kind: 'retrying'
      readonly endpoint: string
      readonly at: number
      readonly reason: string
      readonly afterMs: number
      readonly attempt: number
    }
  | {
      readonly kind: 'clock-measured'
      readonly at: number
      readonly offsetMs: number
      readonly uncertaintyMs: number
      readonly roundTripMs: number
    }

export type ClientListener = (event: ClientEvent) => void
