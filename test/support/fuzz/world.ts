import { parseInstant } from '../../../src/time/instant.ts'
import { ManualClock } from '../../../src/time/manual-clock.ts'
import { truthText } from '../../../src/venue/http/admin/truth-text.ts'
import { createVenue, parseScenario, type Venue, type VenueOptions } from '../../../src/venue/index.ts'

/** Accounts of every product with something of everything: debts, loans, charges, runs, limits. */
const scenario = `
name: fuzz
starts: -3d
accounts:
  - label: main
    exchange: binance
    keys: [{ signing: hmac, permissions: [read, trade] }, { signing: ed25519, permissions: [read, trade] }, { signing: hmac }]
  - { label: pro, exchange: binance, product: pm-pro, vip: 3 }
  - { label: span, exchange: binance, product: pm-span }
  - { label: okx, exchange: okx, keys: [{ signing: hmac, permissions: [read, trade] }, { signing: hmac }] }
markets:
  prices: { USDT: 1, BTC: 88000.5, BNB: 781.4, ETH: 2914.2 }
  rates:
    binance: { USDT: 0.0001164, BTC: { start: 0.0000132, changes: [{ at: -1d, to: 0.00002 }] }, BNB: 0.0000844 }
    okx: { USDT: 0.000098, BTC: 0.0000275 }
  thresholds: { USDT: { free: 10, maximum: 20000 }, BTC: { free: 0, maximum: 0.5 } }
  collateralRates: { USDT: 1, BTC: 0.95, BNB: 0.9 }
  freeQuotas: { USDT: 50 }
  loanTerms:
    binance: { USDT: { maintenanceRate: 0.05, maximum: 100000 }, BTC: { maintenanceRate: 0.05, maximum: 1 } }
    okx: { USDT: { maintenanceRate: 0.05, maximum: 100000 } }
  lendingPools: { binance: { USDT: 500000, BTC: 10 }, okx: { USDT: 500000 } }
history:
  - { at: -3d, account: main, kind: deposit, asset: USDT, amount: 300000 }
  - { at: -3d, account: main, kind: deposit, asset: BNB, amount: 20 }
  - { at: -3d, account: pro, kind: deposit, asset: USDT, amount: 9000 }
  - { at: -3d, account: pro, kind: deposit, asset: USDT, amount: 700, wallet: spot }
  - { at: -3d, account: pro, kind: lend-bankruptcy, asset: USDT, amount: 25 }
  - { at: -3d, account: okx, kind: deposit, asset: USDT, amount: 800 }
  - { at: -3d, account: okx, kind: borrow-isolated, asset: BTC, instId: BTC-USDT, amount: 0.25 }
  - { at: -3d, account: okx, kind: borrow-vip, asset: USDT, order: '1756', amount: 300, rateDaily: 0.0001 }
  - { at: -3d, account: okx, kind: borrow-spot, asset: USDT, amount: 90 }
  - { at: -2d 12:00, account: main, kind: book, wallet: um, asset: BTC, amount: -0.75, reason: profit-or-loss }
  - { at: -2d 11:00, account: main, kind: book, wallet: um, asset: USDT, amount: 310.5, reason: funding }
  - { at: -2d, account: main, kind: borrow, asset: BTC, amount: 0.05 }
  - { at: -2d, account: main, kind: set-requirements, wallet: um, asset: USDT, initial: 20, maintenance: 10, openLoss: 1 }
  - { at: -2d, account: pro, kind: book, wallet: cm, asset: BTC, amount: -0.02, reason: fee }
  - { at: -2d, account: okx, kind: set-unrealised, wallet: cash-unrealised, asset: USDT, amount: -1800 }
  - { at: -1d, account: main, kind: deposit, asset: BTC, amount: 2 }
  - { at: -1d, account: main, kind: collect }
  - { at: -1d, account: main, kind: transfer-bnb, amount: 1, side: to-um }
  - { at: -1d, account: main, kind: repay-debt, asset: BTC, amount: 0.01 }
`

const start = 'beginning-of-the-fuzz'
const now = parseInstant('2026-03-10T12:00:30.250Z')
/** Going back takes as long as many calls; a call sees what at most so many before it have changed. */
const acceptedMax = 8

/** A venue on a clock that stands still, of which everything can be asked and asked again. */
export class FuzzWorld {
  readonly venue: Venue
  /** What the venue itself did wrong; a test fails when there is anything. */
  readonly faults: unknown[]
  /** As it stood when the last call was made. */
  digest: string
  length: number
  readonly #beginning: ReadonlyMap<string, string>
  readonly #changed = new Set<string>()
  #accepted = 0

  constructor(venue: Venue, faults: unknown[]) {
    this.venue = venue
    this.faults = faults
    venue.snapshot(start)
    this.digest = venue.engine.digest()
    this.length = venue.engine.sequence
    this.#beginning = this.#parts()
  }

  /** Goes back to the beginning. */
  restore(): void {
    this.venue.restore(start)
    this.#changed.clear()
    this.#note()
  }

  /**
   * Takes note that a call with the key was accepted that may change the account it is of.
   * @throws when anything but the accounts of such keys has changed: another account, the market, anybody's keys
   */
  accept(apiKey: string): void {
    this.#changed.add(this.venue.engine.accountOfKey(apiKey)?.account.account ?? '')
    this.#note()
    if (++this.#accepted % acceptedMax !== 0) return
    for (const [name, text] of this.#parts()) {
      if (!this.#changed.has(name) && text !== this.#beginning.get(name))
        throw new Error(`${name} was changed by calls of ${[...this.#changed]}`)
    }
    this.restore()
  }

  #note(): void {
    this.digest = this.venue.engine.digest()
    this.length = this.venue.engine.sequence
  }

  /** What can be changed apart from one another. */
  #parts(): Map<string, string> {
    const { accounts, assets, rates } = this.venue.truth()
    const keys = accounts.map(({ account }) => this.venue.engine.keysOf(account))
    return new Map([
      ...accounts.map((truth): [string, string] => [truth.account, truthText(truth)]),
      ['the market', truthText({ assets, rates })],
      ['keys', truthText(keys)],
    ])
  }
}

export async function fuzzWorld(options: Pick<VenueOptions, 'behaviour'> = {}): Promise<FuzzWorld> {
  const faults: unknown[] = []
  const venue = await createVenue({
    clock: new ManualClock(now),
    scenario: parseScenario(scenario, 'fuzz.yaml'),
    adminToken: 'token',
    mode: { kind: 'frozen', at: now },
    behaviour: { limits: 'counted', ...options.behaviour },
    onFault: (fault) => faults.push(fault),
  })
  return new FuzzWorld(venue, faults)
}

/** The other choice wherever bad input is concerned. */
export const lenient: NonNullable<VenueOptions['behaviour']> = Object.freeze({
  binanceWindowTooWide: 'clamp',
  binanceStartAfterEnd: 'empty',
  binanceRecvWindowTooLarge: 'clamp',
  binanceUnknownParameter: 'ignore',
  binanceDuplicateParameter: 'first',
  binanceEmptyParameter: 'ignore',
  binanceRepayPermission: 'read',
  binanceProTwins: 'any-portfolio-margin',
  binanceLoanRecordsBare: 'either-parameter',
  binanceNothingOwed: 'unsupported',
  okxLimitTooLarge: 'clamp',
  okxBeforeAlone: 'nearest',
  okxBothCursors: 'reject',
  okxDuplicateParameter: 'first',
  okxBodyTypes: 'any-scalar',
})
