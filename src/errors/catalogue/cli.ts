import { entry, quoted } from '../entry.ts'

/** Errors of the command line: what was typed, and what a command needs. No entry takes a secret. */
export const cliErrors = {
  'cli.usage': entry<{ problem: string; remedy: string }>({
    exit: 'usage',
    says: ({ problem }) => problem,
    remedy: ({ remedy }) => remedy,
  }),
  'cli.secret-as-argument': entry<{ option: string }>({
    exit: 'usage',
    says: ({ option }) => `${option} is not taken: an argument can be read by everybody on this machine and stays in the shell history`,
    remedy:
      'Type the secret when asked, or give --secret-file FILE, or set OVERDRAFT_API_SECRET (OKX also OVERDRAFT_API_PASSPHRASE). If it was a real secret, replace the key.',
  }),
  'cli.option-malformed': entry<{ option: string; value: string; expected: string }>({
    exit: 'usage',
    says: ({ option, value, expected }) => `${option} should be ${expected}, but is ${quoted(value)}`,
    remedy: ({ option, expected }) => `Give ${option} as ${expected}.`,
  }),
  'cli.missing': entry<{ what: string; remedy: string }>({
    exit: 'configuration',
    says: ({ what }) => `${what} is needed, and there is no terminal to ask on`,
    remedy: ({ remedy }) => remedy,
  }),
  'cli.empty': entry<{ what: string }>({
    exit: 'configuration',
    says: ({ what }) => `${what} is empty`,
    remedy: 'Run the command again and give it.',
  }),
  'cli.passphrases-differ': entry<Record<never, never>>({
    exit: 'configuration',
    says: () => 'the two passphrases are not the same',
    remedy: 'Nothing was written. Run the command again and type the same passphrase twice.',
  }),
  'cli.file-unreadable': entry<{ what: string; path: string; reason: string }>({
    exit: 'configuration',
    says: ({ what, path, reason }) => `the ${what} ${quoted(path)} cannot be read (${reason})`,
    remedy: 'Check the path, and that you may read the file.',
  }),
  'cli.file-open-to-others': entry<{ what: string; path: string; mode: string }>({
    exit: 'configuration',
    says: ({ what, path, mode }) => `the ${what} ${quoted(path)} can be read by others (mode ${mode})`,
    remedy: ({ path }) => `Close it with: chmod 600 ${path}`,
  }),
  'cli.private-key-malformed': entry<{ signing: string; found: string }>({
    exit: 'configuration',
    says: ({ signing, found }) => `the secret should be ${signing === 'rsa' ? 'an RSA' : 'an Ed25519'} private key in PEM, but is ${found}`,
    remedy: 'Give the file of the private key with --secret-file; it begins with -----BEGIN PRIVATE KEY-----.',
  }),
  'cli.not-a-demo': entry<{ label: string; baseUrl: string }>({
    exit: 'configuration',
    says: ({ label, baseUrl }) => `the folder is not one of a demo: its book has an account ${quoted(label)} at ${quoted(baseUrl)}`,
    remedy: 'Nothing was changed. Give --data a new folder, or one that a demo has made.',
  }),
  'cli.no-book': entry<{ path: string }>({
    exit: 'configuration',
    says: ({ path }) => `there is no book at ${quoted(path)} yet`,
    remedy:
      'Add an account first (overdraft account add LABEL --exchange binance), name another home with --home, or see it working with: overdraft demo',
  }),
  'cli.no-accounts': entry<{ path: string }>({
    exit: 'configuration',
    says: ({ path }) => `the book ${quoted(path)} has no account yet`,
    remedy: 'Add one: overdraft account add LABEL --exchange binance',
  }),
  'cli.interrupted': entry<Record<never, never>>({
    exit: 'interrupted',
    says: () => 'interrupted',
    remedy: 'Everything that was finished is kept; the same command goes on from there.',
  }),
}
