import type { Movement } from '../../../engine/record.ts'

/** What a movement did to the debt of spot mode, which is below zero; `undefined` when nothing. */
export function spotDebtChange({ changes }: Movement): Movement['changes'][number] | undefined {
  return changes.find(({ wallet, delta }) => wallet === 'spot-borrowed' && delta.mantissa !== 0n)
}
