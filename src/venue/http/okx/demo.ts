import type { Endpoint } from '../../../contracts/contract.ts'
import type { FaceBehaviour } from '../../behaviour.ts'

const vipLoans: ReadonlySet<string> = new Set(['vip-interest-accrued', 'vip-interest-deducted'])
const borrowing: ReadonlySet<string> = new Set(['spot-manual-borrow-repay', 'set-auto-repay', 'set-auto-loan'])

/** Whether demo trading refuses the call with 50038; whose key may call at all was looked at before (facts B1). */
export function isUnavailableInDemo({ name }: Endpoint, { okxEnvironment, okxUnavailableInDemo }: FaceBehaviour): boolean {
  if (okxEnvironment !== 'demo') return false
  switch (okxUnavailableInDemo) {
    case 'nothing':
      return false
    case 'vip-loans':
      return vipLoans.has(name)
    case 'all-loans':
      return vipLoans.has(name) || borrowing.has(name)
  }
}
