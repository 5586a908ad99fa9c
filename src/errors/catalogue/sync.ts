import { entry, quoted } from '../entry.ts'

/** Errors of the sync. */
export const syncErrors = {
  'sync.wrong-client': entry<{ account: string; exchange: string; client: string }>({
    exit: 'configuration',
    says: ({ account, exchange, client }) => `account ${quoted(account)} is one of ${exchange}, but its key is for ${client}`,
    remedy: 'Remove the account and add it again with the right exchange.',
  }),
}
