import { entry, quoted } from '../entry.ts'

/** Errors of the sync. */
export const syncErrors = {
  'sync.not-answered': entry<{ account: string; stream: string; from: string; to: string; came: string; request: string }>({
    exit: 'incomplete',
    says: ({ account, stream, from, to, came, request }) =>
      `${stream} of ${account} from ${from} to ${to} is not proven: the reply to ${request} ${came}`,
    remedy:
      'Such rows are kept as findings, not in the history. overdraft coverage lists them. If it stays so, check that the address is ' +
      'that of the exchange itself and that nothing in between changes its answers.',
  }),
  'sync.wrong-client': entry<{ account: string; exchange: string; client: string }>({
    exit: 'configuration',
    says: ({ account, exchange, client }) => `account ${quoted(account)} is one of ${exchange}, but its key is for ${client}`,
    remedy: 'Remove the account and add it again with the right exchange.',
  }),
  'sync.other-account': entry<{ account: string; exchange: string; known: string; shown: string | undefined }>({
    exit: 'configuration',
    says: ({ account, exchange, known, shown }) =>
      `the key of ${quoted(account)} is not of the account of ${exchange} whose rows the book keeps under that label: the book has ` +
      `${known}, and by this key there is ${shown ?? 'no row at all'} and not what the book has; nothing was recorded`,
    remedy: ({ account }) =>
      'Add the other account under a label of its own: overdraft account add LABEL. To go on with this one give a key of it with ' +
      `--replace; to begin anew under this label: overdraft account remove ${account}, then account add.`,
  }),
  'sync.account-unknown': entry<{ account: string; exchange: string }>({
    exit: 'configuration',
    says: ({ account, exchange }) =>
      `nothing tells whether the new key of ${quoted(account)} is of the account of ${exchange} whose past the book keeps under that label: it has no ` +
      'charge nor payment that could be asked for again, and the exchange tells no number of the account; nothing was recorded',
    remedy: ({ account }) =>
      `If you know that it is a key of the same account: overdraft account add ${account} --replace --same-account. If it is of another: ` +
      `add that under a label of its own, or overdraft account remove ${account} first.`,
  }),
}
