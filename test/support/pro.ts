import { decimal } from '../../src/decimal/decimal.ts'
import type { ManualClock } from '../../src/time/manual-clock.ts'
import type { KeyAccess } from '../../src/venue/account-access.ts'
import type { Command, Product } from '../../src/venue/engine/command.ts'
import type { Venue, VenueOptions } from '../../src/venue/index.ts'
import { askBinance, type BinanceCall, type Got, venueKit } from './venue-kit.ts'

type ProCommand<Kind extends Command['kind']> = Omit<Extract<Command, { kind: Kind }>, 'kind' | 'account'>

/** The api host of a venue, asked by an account of the product. */
export interface ProKit {
  readonly venue: Venue
  readonly key: KeyAccess
  /** The real clock the venue's would run by, if it ran. */
  readonly real: ManualClock
  ask(method: 'GET' | 'POST', path: string, query?: string, call?: BinanceCall): Got
  command<Kind extends Command['kind']>(kind: Kind, values: ProCommand<Kind>): void
  /** What is not told to the account. */
  tell(command: Command): void
  deposit(asset: string, amount: string): void
  book(wallet: 'um' | 'cm', asset: string, amount: string): void
}

const key: KeyAccess = { apiKey: 'P'.repeat(64), signing: 'hmac', secret: 'a secret of a PRO account', permissions: ['read', 'trade'] }

/** A venue whose clock stands still, with an empty account `pro` beside those of papi. */
export async function proKit(product: Product = 'pm-pro', options: VenueOptions = {}): Promise<ProKit> {
  const { venue, real } = await venueKit(options)
  venue.clock.freeze()
  const tell = (command: Command) => void venue.engine.apply(command, { at: venue.clock.now() })
  tell({ kind: 'open-account', account: 'pro', exchange: 'binance', vip: 3, product })
  const { apiKey, signing, permissions, secret: verifier } = key
  tell({ kind: 'add-key', account: 'pro', key: { apiKey, signing, verifier, permissions } })
  const command: ProKit['command'] = (kind, values) => tell({ kind, account: 'pro', ...values } as unknown as Command)
  return {
    venue,
    key,
    real,
    ask: (method, path, query = '', call = {}) => askBinance(venue, path, { key, method, query, ...call }),
    command,
    tell,
    deposit: (asset, amount) => command('deposit', { asset, amount: decimal(amount) }),
    book: (wallet, asset, amount) => command('book', { wallet, asset, amount: decimal(amount), reason: 'profit-or-loss' }),
  }
}
