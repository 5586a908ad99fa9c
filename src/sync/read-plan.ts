import { accountHistories } from '../book/account-histories.ts'
import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import { readAccountInput } from './plan-input.ts'
import { planSync } from './plan-sync.ts'
import type { AccountInput, SyncPlan } from './sync-plan.ts'

export interface ReadPlanOptions {
  readonly book: Book
  readonly accounts: readonly BookAccount[]
  /** Epoch ms. */
  readonly now: number
  readonly since?: number | undefined
  /** Whether /sapi of an account can be asked, too; default: of none. */
  readonly reachesApiHost?: ((account: BookAccount) => boolean) | undefined
}

/**
 * What a sync of these accounts would ask for now, by what the book knows. Asks the exchanges nothing.
 * @throws `book.account-unknown`
 */
export async function readPlan({ book, accounts, now, since, reachesApiHost = () => false }: ReadPlanOptions): Promise<SyncPlan> {
  const inputs: AccountInput[] = []
  for (const account of accounts) {
    const reach = { exchange: account.exchange, hasApiHost: reachesApiHost(account) }
    const input = await readAccountInput(book, account, await accountHistories(book, account, reach))
    inputs.push({ ...input, reachesApiHost: reach.hasApiHost })
  }
  return planSync({ accounts: inputs, now, since })
}
