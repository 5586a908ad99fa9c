import { entry, quoted } from '../entry.ts'

/** Errors of the vault, where API secrets rest encrypted. No entry takes a secret or a passphrase. */
export const vaultErrors = {
  'vault.wrong-passphrase': entry<{ path: string }>({
    exit: 'configuration',
    says: ({ path }) => `this passphrase does not open the vault ${quoted(path)}`,
    remedy: 'Give the passphrase the vault was made with. Without it the secrets are gone: move the file away and add the accounts again.',
  }),
  'vault.damaged': entry<{ path: string; reason: string }>({
    exit: 'storage',
    says: ({ path, reason }) => `the vault ${quoted(path)} is damaged or was tampered with (${reason})`,
    remedy: 'Nothing was changed. Restore the file from a backup, or move it away and add the accounts again; the book is not affected.',
  }),
  'vault.newer': entry<{ path: string; found: string }>({
    exit: 'storage',
    says: ({ path, found }) => `the vault ${quoted(path)} was written by a newer Overdraft (format ${quoted(found)})`,
    remedy: 'Update Overdraft.',
  }),
  'vault.missing': entry<{ path: string }>({
    exit: 'configuration',
    says: ({ path }) => `there is no vault at ${quoted(path)}`,
    remedy:
      'Restore the file from a backup, or give the key of each account again: overdraft account add LABEL --replace --exchange binance|okx',
  }),
  'vault.exists': entry<{ path: string }>({
    exit: 'storage',
    says: ({ path }) => `there is a vault at ${quoted(path)} already`,
    remedy: 'Open it with its passphrase, or move it away.',
  }),
  'vault.changed': entry<{ path: string }>({
    exit: 'storage',
    says: ({ path }) => `the vault ${quoted(path)} was changed by another process meanwhile`,
    remedy: 'Nothing was written. Run the command again.',
  }),
  'vault.passphrase-empty': entry<Record<never, never>>({
    exit: 'configuration',
    says: () => 'the passphrase is empty',
    remedy: 'Choose a passphrase of at least one character; longer is better.',
  }),
  'vault.no-credentials': entry<{ path: string; account: string }>({
    exit: 'configuration',
    says: ({ path, account }) => `the vault ${quoted(path)} holds no API key for the account ${quoted(account)}`,
    remedy: ({ account }) => `Give the key again: overdraft account add ${account} --replace --exchange binance|okx`,
  }),
}
