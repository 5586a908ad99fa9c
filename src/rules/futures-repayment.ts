/** The futures wallets of one asset; negative when something is owed. Integers at the scale of the ledger. */
export interface FuturesWallets {
  readonly um: bigint
  readonly cm: bigint
}

/**
 * What repaying moves from cross margin to each negative futures wallet of the same asset:
 * `min(shortfall, available)`, UM first, then CM; never between UM and CM (facts A3.4).
 *
 * @example futuresRepayment({ um: -70n, cm: -50n }, 100n) // { um: 70n, cm: 30n }
 */
export function futuresRepayment(wallets: FuturesWallets, available: bigint): FuturesWallets {
  const um = covered(wallets.um, available)
  return { um, cm: covered(wallets.cm, available - um) }
}

/** How much of `available` a wallet below zero takes until it stands at zero. */
function covered(wallet: bigint, available: bigint): bigint {
  if (wallet >= 0n || available <= 0n) return 0n
  return -wallet < available ? -wallet : available
}
