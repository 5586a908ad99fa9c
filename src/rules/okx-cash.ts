import type { OkxCrossBalances } from './okx-liability.ts'

/**
 * What cash was when a cross liability stood at `total`: the liability follows from cash (facts B4), and so cash from it,
 * unless nothing but a loan of spot mode was owed. Integers at the scale of the ledger; undefined where it cannot be told.
 */
export function okxCashOf(total: bigint, { unrealised, spotBorrowed }: Omit<OkxCrossBalances, 'cash'>): bigint | undefined {
  const losses = unrealised < 0n ? -unrealised : 0n
  const owedForCash = total + spotBorrowed
  return owedForCash > 0n ? losses - owedForCash : undefined
}
