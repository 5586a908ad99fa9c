import { type Decimal, decimal } from '../../src/decimal/decimal.ts'
import { type Json, parseJson } from '../../src/json/json.ts'
import type { Command } from '../../src/venue/engine/command.ts'
import type { Venue, VenueOptions } from '../../src/venue/index.ts'
import { askBinance, type Got, venueKit } from './venue-kit.ts'

type MainCommand<Kind extends Command['kind']> = Omit<Extract<Command, { kind: Kind }>, 'kind' | 'account'>

/** The papi face of a venue with one empty Binance account, `main`, asked as a client would. */
export interface PapiKit {
  readonly venue: Venue
  get(path: string, query?: string): Got
  post(path: string, query?: string): Got
  /** The JSON of an answer, its numbers kept as text. */
  read(path: string, query?: string): Json
  /** A command to the engine for the account `main`, at the venue's instant. */
  command<Kind extends Command['kind']>(kind: Kind, values: MainCommand<Kind>): void
  deposit(asset: string, amount: string): void
  /** A profit (or, below zero, a loss) of a futures wallet. */
  book(wallet: 'um' | 'cm', asset: string, amount: string, reason?: 'profit-or-loss' | 'funding' | 'fee'): void
  /** One field of the balance of an asset. */
  balance(asset: string, field: string): string | undefined
}

/** Its clock stands still unless it is moved, and nobody is turned away for asking much. */
export async function papiKit(options: VenueOptions = {}): Promise<PapiKit> {
  const { venue } = await venueKit({ ...options, behaviour: { limits: 'counted', ...options.behaviour } })
  venue.clock.freeze()
  const command: PapiKit['command'] = (kind, values) => {
    venue.engine.apply({ kind, account: 'main', ...values } as unknown as Command, { at: venue.clock.now() })
  }
  return {
    venue,
    get: (path, query = '') => askBinance(venue, path, { query }),
    post: (path, query = '') => askBinance(venue, path, { method: 'POST', query }),
    read: (path, query = '') => parseJson(askBinance(venue, path, { query }).text),
    command,
    deposit: (asset, amount) => command('deposit', { asset, amount: decimal(amount) }),
    book: (wallet, asset, amount, reason = 'profit-or-loss') => command('book', { wallet, asset, amount: decimal(amount), reason }),
    balance: (asset, field) => {
      const { text } = askBinance(venue, '/papi/v1/balance', { query: `asset=${asset}` })
      return new RegExp(`"${field}":"([^"]+)"`).exec(text)?.[1]
    },
  }
}

/** What the market says, in decimals. */
export function market(venue: Venue, values: { readonly price?: Record<string, string>; readonly rate?: Record<string, string> }): void {
  const at = venue.clock.now()
  const each = (table: Record<string, string> = {}, tell: (asset: string, value: Decimal) => Command) => {
    for (const [asset, value] of Object.entries(table)) venue.engine.apply(tell(asset, decimal(value)), { at })
  }
  each(values.price, (asset, price) => ({ kind: 'set-price', asset, price }))
  each(values.rate, (asset, rateDaily) => ({ kind: 'set-rate', exchange: 'binance', asset, rateDaily }))
}

/** Status, code and text of a refusal. */
export function refusal({ status, text }: Got): readonly [status: number, body: string] {
  return [status, text]
}
