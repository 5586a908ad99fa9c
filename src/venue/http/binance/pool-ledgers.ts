import type { BinancePool } from '../../../contracts/binance/pools.ts'
import { WeightLedger, type WeightVerdict } from './weight-ledger.ts'

/** Who calls: the address, and the user where one is known. */
export interface Counted {
  readonly ip: string
  readonly user: string | undefined
}

/** What the ledgers say of one call. */
export interface PoolsVerdict {
  /** The headers that tell the counts, name and value in turn. */
  readonly counted: readonly string[]
  /** The first pool that turned the call away. */
  readonly turnedAway?: {
    readonly pool: BinancePool
    readonly limit: number
    readonly verdict: Exclude<WeightVerdict, { kind: 'allowed' }>
  }
}

interface Rules {
  readonly rejectionsBeforeBan: number
  readonly enforced: boolean
}

/** A ledger for every pool of the exchange, made when the first call is counted in it. */
export class PoolLedgers {
  readonly #rules: Rules
  readonly #ledgers = new Map<string, WeightLedger>()

  constructor(rules: Rules) {
    this.#rules = rules
  }

  /**
   * Counts one call in its pools, at each at its cost; `forced` turns it away at the first, whatever is left there.
   * Whose user is not known is counted by address.
   */
  spend(
    pools: readonly BinancePool[],
    costs: readonly number[],
    { ip, user = ip }: Counted,
    now: number,
    forced?: 'limited' | 'banned',
  ): PoolsVerdict {
    const counted: string[] = []
    let turnedAway: PoolsVerdict['turnedAway']
    for (const [index, pool] of pools.entries()) {
      const ledger = this.#ledgerOf(pool)
      const who = pool.per === 'ip' ? ip : user
      const cost = costs[index] ?? 0
      const limit = pool.limitAt?.(now) ?? pool.limit
      const verdict = forced === undefined || index > 0 ? ledger.spend(who, cost, now, limit) : ledger.turnAway(who, cost, now, forced)
      if (pool.plainHeader !== undefined) counted.push(pool.plainHeader, verdict.usedWeight.toString())
      counted.push(pool.header, verdict.usedWeight.toString())
      if (verdict.kind !== 'allowed') turnedAway ??= { pool, limit, verdict }
    }
    return turnedAway === undefined ? { counted } : { counted, turnedAway }
  }

  #ledgerOf(pool: BinancePool): WeightLedger {
    const known = this.#ledgers.get(pool.name)
    if (known !== undefined) return known
    const { rejectionsBeforeBan, enforced } = this.#rules
    const ledger = new WeightLedger({
      limit: pool.limit,
      rejectionsBeforeBan: pool.bans ? rejectionsBeforeBan : Number.POSITIVE_INFINITY,
      enforced,
    })
    this.#ledgers.set(pool.name, ledger)
    return ledger
  }
}
