import type { Cost, Endpoint } from '../../../contracts/contract.ts'
import { spotManualBorrowRepay } from '../../../contracts/okx/spot-manual-borrow-repay.ts'
import { secondMs } from '../../../time/units.ts'
import type { FaceBehaviour } from '../../behaviour.ts'

/** What a call costs: as documented, but where copies of the document differ (facts B5). */
export function costOf({ name, cost }: Endpoint, behaviour: FaceBehaviour): Cost {
  if (name !== spotManualBorrowRepay.name || cost.kind !== 'calls') return cost
  return behaviour.okxManualBorrowLimit === 'each-three-seconds' ? { ...cost, perMs: 3 * secondMs } : cost
}
