import { entry, quoted } from '../entry.ts'

const rowsText = (count: number) => (count === 1 ? '1 row' : `${count} rows`)

/** Errors of the book. */
export const bookErrors = {
  'book.account-exists': entry<{ label: string }>({
    exit: 'usage',
    says: ({ label }) => `there is already an account ${quoted(label)} in the book`,
    remedy: 'Choose another label, or remove that account first.',
  }),
  'book.account-unknown': entry<{ label: string; known: readonly string[] }>({
    exit: 'usage',
    says: ({ label }) => `there is no account ${quoted(label)} in the book`,
    remedy: ({ known }) =>
      known.length === 0
        ? 'The book has no account yet: add one first.'
        : `It has: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.`,
  }),
  'book.asset-unknown': entry<{ asset: string; accounts: readonly string[]; known: readonly string[] }>({
    exit: 'usage',
    says: ({ asset, accounts }) =>
      `no history and no balance of ${accounts.length === 1 ? 'the account' : 'the accounts'} ${accounts.slice(0, 5).map(quoted).join(', ')}${accounts.length > 5 ? ', …' : ''} names the asset ${quoted(asset)}`,
    remedy: ({ known }) =>
      known.length === 0
        ? 'No asset is known yet: overdraft sync brings balances and histories.'
        : `Known are: ${known.slice(0, 40).join(', ')}${known.length > 40 ? ', …' : ''}.`,
  }),
  'book.label-malformed': entry<{ label: string }>({
    exit: 'usage',
    says: ({ label }) => `${quoted(label)} cannot be the label of an account`,
    remedy: 'Use 1 to 64 letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
  }),
  'book.closed': entry<Record<never, never>>({
    exit: 'internal',
    says: () => 'the book was closed while it was still in use',
    remedy: 'What was acknowledged is kept. Close the book once everything that uses it has ended, and open it again to go on.',
  }),
  'book.foreign-row': entry<{ account: string; found: string; what: string }>({
    exit: 'internal',
    says: ({ account, found, what }) => `a ${what} of account ${quoted(found)} was to be recorded under account ${quoted(account)}`,
    remedy: 'Nothing was recorded. This is a mistake in Overdraft: please report it.',
  }),
  'book.foreign-stream': entry<{ stream: string; found: string }>({
    exit: 'internal',
    says: ({ stream, found }) => `a row of ${quoted(found)} was to be recorded as one of ${quoted(stream)}`,
    remedy: 'Nothing was recorded. This is a mistake in Overdraft: please report it.',
  }),
  'book.damaged': entry<{ history: string; span: string; written: number; found: number }>({
    exit: 'storage',
    says: ({ history, span, written, found }) =>
      `the book is damaged: the ${history}${span === '' ? '' : ` ${span}`} are not as they were written (${rowsText(found)} of ${written})`,
    remedy:
      'Nothing was answered, for no figure can be trusted there. `overdraft book check` shows all that is damaged, and `overdraft book repair` takes it out, so that the next sync asks the exchange for it again.',
  }),
  'book.address-malformed': entry<{ reason: string }>({
    exit: 'configuration',
    says: ({ reason }) => `the address of the PostgreSQL database cannot be used (${reason})`,
    remedy: 'Write it as postgres://user:password@host:5432/database.',
  }),
  'book.server-unreachable': entry<{ server: string; reason: string }>({
    exit: 'storage',
    says: ({ server, reason }) => `the PostgreSQL server ${quoted(server)} cannot be used (${reason})`,
    remedy: 'Check that the server runs, and that host, port, database, user and password are right. Everything acknowledged is kept.',
  }),
}
