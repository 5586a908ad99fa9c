import type { Decimal } from '../../../src/decimal/decimal.ts'
import type { AccountAccess } from '../../../src/venue/account-access.ts'
import type { MovementCause } from '../../../src/venue/engine/record.ts'
import { parseScenario, type Venue } from '../../../src/venue/index.ts'
import { first, plainDecimal } from './comparable.ts'
import { binanceTruth, okxTruth, type VenueOnAPort, venueOnAPort } from './venue-on-a-port.ts'

/** Something of everything that an endpoint can tell: four accounts whose history is three weeks old at most. */
const scenario = `
name: proof-world
starts: -21d
accounts:
  - label: main
    exchange: binance
    vip: 1
    keys:
      - { signing: hmac, permissions: [read, trade] }
      - { signing: rsa, permissions: [read, trade] }
      - { signing: ed25519, permissions: [read, trade] }
      - { signing: hmac, permissions: [read] }
  - { label: pro, exchange: binance, vip: 2, product: pm-pro }
  - { label: span, exchange: binance, product: pm-span }
  - { label: okx, exchange: okx }
markets:
  prices: { USDT: 1, USDC: 1, BTC: 86400.5, ETH: 2830.25, BNB: 842, SOL: 137 }
  rates:
    binance:
      USDT: { start: 0.0001164, changes: [{ at: -6d, to: 0.0001212 }, { at: -2d, to: 0.0001098 }] }
      ETH: 0.00006215
      SOL: 0.00018
      BTC: 0.0000132
    okx: { USDT: 0.000098, BTC: 0.0000275, ETH: 0.000055 }
  thresholds:
    USDT: { free: 10, maximum: 20000 }
    SOL: { free: 1, maximum: 10 }
    ETH: { free: 0.1, maximum: 5 }
  collateralRates: { USDT: 1, USDC: 0.99, BTC: 0.95, ETH: 0.95, BNB: 0.9, SOL: 0.85 }
  freeQuotas: { USDT: 500, BTC: 0.01 }
  loanTerms:
    binance: { ETH: { maintenanceRate: 0.05, maximum: 200 }, USDT: { maintenanceRate: 0.02, maximum: 500000 } }
    okx: { USDT: { maintenanceRate: 0.03, maximum: 100000 }, BTC: { maintenanceRate: 0.03, maximum: 20 } }
history:
  - { at: -20d, account: main, kind: deposit, asset: USDC, amount: 90000 }
  - { at: -20d, account: main, kind: deposit, asset: BTC, amount: 2.5 }
  - { at: -20d, account: main, kind: deposit, asset: BNB, amount: 40 }
  - { at: -20d, account: pro, kind: deposit, asset: USDC, amount: 30000 }
  - { at: -20d, account: pro, kind: deposit, asset: BNB, amount: 12 }
  - { at: -20d, account: pro, kind: deposit, asset: USDT, amount: 9000, wallet: spot }
  - { at: -20d, account: span, kind: deposit, asset: USDT, amount: 5000 }
  - { at: -20d, account: span, kind: set-requirements, wallet: um, asset: BTC, initial: 0.02, maintenance: 0.01, openLoss: 0 }
  - { at: -20d, account: okx, kind: deposit, asset: ETH, amount: 30 }
  - { at: -20d, account: okx, kind: deposit, asset: USDT, amount: 100 }
  - { at: -19d, account: main, kind: borrow, asset: ETH, amount: 3.25 }
  - { at: -19d, account: pro, kind: lend-bankruptcy, asset: USDT, amount: 404.80294503 }
  - { at: -19d, account: okx, kind: borrow-spot, asset: BTC, amount: 0.5 }
  - { at: -18d, account: main, kind: repay-loan, asset: ETH, amount: 1.1 }
  - { at: -18d, account: pro, kind: repay-bankruptcy, from: spot }
  - { at: -18d, account: okx, kind: repay-spot, asset: BTC, amount: 0.125 }
  - { at: -17d, account: pro, kind: lend-bankruptcy, asset: USDT, amount: 25.5 }
  - { at: -12d, account: main, kind: book, wallet: um, asset: SOL, amount: -30, reason: profit-or-loss }
  - { at: -9d, account: pro, kind: book, wallet: um, asset: USDT, amount: -2400.75, reason: funding }
  - { at: -5d 06:00, account: main, kind: book, wallet: um, asset: USDT, amount: -1.5, reason: fee }
  - { at: -5d, account: main, kind: book, wallet: um, asset: USDT, amount: -1250.12345678, reason: funding }
  - { at: -4d, account: main, kind: book, wallet: cm, asset: BTC, amount: 0.0625, reason: profit-or-loss }
  - { at: -4d, account: main, kind: book, wallet: cm, asset: BTC, amount: -0.00125, reason: fee }
  - { at: -4d, account: okx, kind: book, wallet: cash, asset: USDT, amount: -1900.25, reason: funding }
  - { at: -3d, account: main, kind: set-unrealised, wallet: um-unrealised, asset: USDT, amount: -75.5 }
  - { at: -3d, account: main, kind: set-requirements, wallet: um, asset: USDT, initial: 410.25, maintenance: 205.125, openLoss: 3 }
  - { at: -3d, account: main, kind: set-requirements, wallet: cm, asset: BTC, initial: 0.01, maintenance: 0.004, openLoss: 0 }
  - { at: -3d, account: okx, kind: borrow-isolated, asset: USDT, instId: ETH-USDT, amount: 800 }
  - { at: -3d, account: okx, kind: borrow-vip, asset: USDT, order: '361', amount: 5000, rateDaily: 0.00012 }
  - { at: -2d, account: okx, kind: book, wallet: cash, asset: ETH, amount: -0.02, reason: fee }
`

export type WorldAccount = 'main' | 'pro' | 'span' | 'okx'

/** The venue of the proofs and what they ask its engine. */
export class ProofWorld {
  readonly #port: VenueOnAPort

  constructor(port: VenueOnAPort) {
    this.#port = port
  }

  get url(): string {
    return this.#port.url
  }

  get venue(): Venue {
    return this.#port.venue
  }

  get engine() {
    return this.#port.venue.engine
  }

  close(): Promise<void> {
    return this.#port.close()
  }

  access(account: WorldAccount): AccountAccess {
    return first(this.venue.accounts.filter(({ label }) => label === account))
  }

  binance(account: WorldAccount) {
    return binanceTruth(this.venue, account)
  }

  okx() {
    return okxTruth(this.venue, 'okx')
  }

  balance(account: WorldAccount, asset: string) {
    return first(this.engine.binanceBalances(account).filter((balance) => balance.asset === asset))
  }

  newest(account: WorldAccount, cause: MovementCause) {
    return first(this.engine.movements({ account, causes: [cause], limit: 1 }))
  }

  /** What the newest movement of this cause did to each wallet. */
  moved(account: WorldAccount, cause: MovementCause): Readonly<Record<string, string>> {
    return Object.fromEntries(this.newest(account, cause).changes.map(({ wallet, delta }) => [wallet, plainDecimal(delta)]))
  }

  book(account: WorldAccount, wallet: 'um' | 'cm' | 'cash', asset: string, amount: Decimal): void {
    this.engine.apply({ kind: 'book', account, wallet, asset, amount, reason: 'profit-or-loss' })
  }
}

/** A new one: what one client changes in it, no other sees. */
export async function proofWorld(): Promise<ProofWorld> {
  // Each endpoint is asked more often in a second than the exchanges allow; who is turned away is asked elsewhere.
  const port = await venueOnAPort({ scenario: parseScenario(scenario, 'proof-world.yaml'), behaviour: { limits: 'counted' } })
  return new ProofWorld(port)
}
