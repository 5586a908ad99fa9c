import { entry, quoted } from '../entry.ts'

/** Errors of the audit: what was asked about, and where a dossier goes. */
export const auditErrors = {
  'audit.finding-unknown': entry<{ id: string; known: number }>({
    exit: 'usage',
    says: ({ id, known }) => `no finding has the id ${quoted(id)}; the audit told ${known}`,
    remedy: 'overdraft audit lists findings with their ids, for the accounts and the span given. A finding that was settled is gone.',
  }),
  'audit.charge-unknown': entry<{ account: string; asset: string; instant: string }>({
    exit: 'usage',
    says: ({ account, asset, instant }) => `there is no charge on ${quoted(asset)} of account ${quoted(account)} at ${instant}`,
    remedy: 'overdraft interest lists the charges there are, with their instants.',
  }),
  'audit.charge-name-malformed': entry<{ text: string }>({
    exit: 'usage',
    says: ({ text }) => `${quoted(text)} names no charge`,
    remedy: 'Give the id of a finding, or ACCOUNT/ASSET/INSTANT such as main/USDT/2026-01-31T00:00:00Z.',
  }),
  'audit.nothing-to-tell': entry<Record<never, never>>({
    exit: 'usage',
    says: () => 'there is no finding to write a dossier about',
    remedy: 'Nothing was written. overdraft audit says what was looked at, and what could not be proven.',
  }),
  'audit.dossier-not-empty': entry<{ path: string }>({
    exit: 'usage',
    says: ({ path }) => `the folder ${quoted(path)} is not empty`,
    remedy: 'Nothing was written. Give a new folder, or an empty one.',
  }),
  'audit.dossier-unwritable': entry<{ path: string; reason: string }>({
    exit: 'storage',
    says: ({ path, reason }) => `the dossier cannot be written to ${quoted(path)} (${reason})`,
    remedy: 'Check that you may write there and that there is space. The manifest is written last: a folder without one is not whole.',
  }),
}
