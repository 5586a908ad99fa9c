import { fail } from '../errors/overdraft-error.ts'
import { readInstant } from '../time/instant.ts'

/** What `--explain` names: a finding, or a charge whether or not anything is wrong with it. */
export type AskedCharge =
  | { readonly kind: 'finding'; readonly id: string }
  | { readonly kind: 'charge'; readonly account: string; readonly asset: string; readonly at: number }

const idRe = /^[0-9a-z]{8}$/

/** @example askedCharge('main/USDT/2026-01-31T00:00:00Z') @throws `audit.charge-name-malformed` */
export function askedCharge(text: string): AskedCharge {
  if (idRe.test(text)) return { kind: 'finding', id: text }
  const [account = '', asset = '', instant = '', ...rest] = text.split('/')
  const at = readInstant(instant)
  if (account === '' || asset === '' || at === undefined || rest.length > 0) return fail('audit.charge-name-malformed', { text })
  return { kind: 'charge', account, asset: asset.toUpperCase(), at }
}
