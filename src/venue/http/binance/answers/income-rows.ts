import { isZero, subtract, sum } from '../../../../decimal/arithmetic.ts'
import type { Decimal } from '../../../../decimal/decimal.ts'
import type { Movement, MovementCause } from '../../../engine/record.ts'
import { changeOf } from './repaid.ts'

export interface Income {
  readonly movement: Movement
  readonly type: string
  readonly amount: Decimal
}

const typeOfCause: Partial<Record<MovementCause, string>> = {
  'profit-or-loss': 'REALIZED_PNL',
  funding: 'FUNDING_FEE',
  fee: 'COMMISSION',
}

/**
 * What a movement is in the income of a futures wallet (facts A6). Whatever is not of the contracts is a transfer from
 * or to another wallet. An auto-exchange takes place in UM, for only its list has the type: what is sold comes in as a
 * transfer and goes out as exchanged, what is bought the other way round (facts part C); so the rows of a wallet always
 * sum to what it holds.
 */
export function incomeOf(movement: Movement, wallet: 'um' | 'cm'): readonly Income[] {
  const change = changeOf(movement, wallet)
  if (wallet === 'cm' || movement.cause !== 'auto-exchange') {
    return isZero(change) ? [] : [{ movement, type: typeOfCause[movement.cause] ?? 'TRANSFER', amount: change }]
  }
  const exchanged = sum(movement.changes.map(({ delta }) => delta))
  const rows = [
    { movement, type: 'AUTO_EXCHANGE', amount: exchanged },
    { movement, type: 'TRANSFER', amount: subtract(change, exchanged) },
  ]
  return rows.filter(({ amount }) => !isZero(amount))
}
