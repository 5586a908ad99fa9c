import type { BookAccount } from '../book/record.ts'
import { isLoopback, originOf } from '../client/base-url.ts'

const papiHost = 'https://papi.binance.com'
const apiHost = 'https://api.binance.com'

/** The documented hosts (facts A1, B1). OKX has others for some regions: --base-url. */
export const defaultBaseUrls = Object.freeze({
  binance: papiHost,
  okx: 'https://www.okx.com',
})

/** Where /sapi and /api/v3 of a Binance account are; undefined for any other host than the documented one. */
export function apiBaseUrlOf(origin: string): string | undefined {
  return origin === papiHost ? apiHost : undefined
}

/** Whether /sapi and /api/v3 of an account can be asked: a venue on this machine has them at the same address. */
export function reachesApiHost({ exchange, baseUrl }: Pick<BookAccount, 'exchange' | 'baseUrl'>): boolean {
  const origin = originOf(baseUrl)
  return exchange === 'binance' && (apiBaseUrlOf(origin) !== undefined || isLoopback(origin))
}
