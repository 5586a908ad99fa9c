import { okxFreeQuota, okxQuotaEnlargedBy } from '../../rules/okx-free-quota.ts'
import { type OkxLiability, okxCrossLiability } from '../../rules/okx-liability.ts'
import type { Account, Holding } from './account.ts'
import type { State } from './state.ts'

/** What the account owns of the currency net of what it has borrowed of it, its isolated positions left out. */
export function crossEquity(account: Account, asset: string): bigint {
  const cross = account.holdings.get(asset)
  if (cross === undefined) return 0n
  let equity = cross.balances.cash + cross.balances['cash-unrealised'] + cross.balances['spot-borrowed']
  for (const holding of account.holdings.values()) if (holding.asset === asset) equity += holding.balances['vip-borrowed']
  return equity
}

/** What of the account's liability in the currency is free of interest at present (facts B4). */
export function freeQuotaFor(state: State, account: Account, asset: string): bigint {
  const own = state.market.freeQuotas.get(asset) ?? 0n
  const enlargedBy = state.behaviour.okxStablecoinQuota === 'enlarged' && own > 0n ? okxQuotaEnlargedBy(asset) : []
  if (enlargedBy.length === 0) return own
  return okxFreeQuota(
    own,
    enlargedBy.map((other) => crossEquity(account, other)),
  )
}

/** The cross liability of a currency; `quota` is asked for only where it can matter. */
export function crossLiabilityOf({ account, balances }: Holding, quota: () => bigint): OkxLiability {
  const cross = { cash: balances.cash, unrealised: balances['cash-unrealised'], spotBorrowed: balances['spot-borrowed'] }
  const without = okxCrossLiability(cross, 0n, account.autoBorrow)
  return without.sharingQuota === 0n ? without : okxCrossLiability(cross, quota(), account.autoBorrow)
}
