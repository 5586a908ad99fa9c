import type { MovementCause } from '../engine/record.ts'

/**
 * The reason of `ACCOUNT_UPDATE` for what changed a futures wallet, among those its page lists. Money moved between the
 * wallets of an account is told as a deposit or a withdrawal, as it was seen of transfers. `undefined` where no futures
 * wallet is touched, or nothing but its unrealised result.
 */
export function accountUpdateReason(cause: MovementCause, isGain: boolean): string | undefined {
  switch (cause) {
    case 'deposit':
    case 'withdrawal':
    case 'collection':
    case 'bnb-transfer':
    case 'repay-futures':
    case 'auto-repay':
      return isGain ? 'DEPOSIT' : 'WITHDRAW'
    case 'profit-or-loss':
    case 'fee':
      return 'ORDER'
    case 'funding':
      return 'FUNDING_FEE'
    case 'auto-exchange':
      return 'AUTO_EXCHANGE'
    case 'repay-debt':
      return 'ADJUSTMENT'
    case 'bankruptcy-loan':
    case 'repay-bankruptcy':
      return 'INSURANCE_CLEAR'
    case 'unrealised':
    case 'lock':
    case 'unlock':
    case 'borrow':
    case 'repay-loan':
    case 'forced-repayment':
      return undefined
  }
}

/** Profit, loss and commission are no balance change in the sense of `bc`; a funding fee is. */
export function countsAsBalanceChange(cause: MovementCause): boolean {
  return cause !== 'profit-or-loss' && cause !== 'fee'
}

/** Whether money came into cross margin or left it, from outside or from another wallet: only then there is a `balanceUpdate`. */
export function isTransfer(cause: MovementCause): boolean {
  switch (cause) {
    case 'deposit':
    case 'withdrawal':
    case 'collection':
    case 'bnb-transfer':
    case 'repay-futures':
    case 'auto-repay':
    case 'bankruptcy-loan':
    case 'repay-bankruptcy':
      return true
    default:
      return false
  }
}
