import { entry, quoted } from '../entry.ts'

/** Errors of the venue's engine: a command that cannot be carried out. A refused command changes nothing. */
export const venueEngineErrors = {
  'venue.account-unknown': entry<{ account: string }>({
    exit: 'usage',
    says: ({ account }) => `the venue has no account ${quoted(account)}`,
    remedy: 'Open the account first, or list the accounts the venue has.',
  }),
  'venue.already-there': entry<{ what: string; name: string }>({
    exit: 'usage',
    says: ({ what, name }) => `the venue already has the ${what} ${quoted(name)}`,
    remedy: ({ what }) => `Choose another name, or use the ${what} that is there.`,
  }),
  'venue.id-taken': entry<{ id: string; kind: string; sequence: number }>({
    exit: 'usage',
    says: ({ id, kind, sequence }) =>
      `the id ${quoted(id)} was used before, for another command (${kind}, entry ${sequence} of the journal)`,
    remedy: 'Send a new command under a new id; under the same id send the same command.',
  }),
  'venue.key-unknown': entry<{ account: string; apiKey: string }>({
    exit: 'usage',
    says: ({ account, apiKey }) => `the account ${quoted(account)} has no API key ${quoted(apiKey)}`,
    remedy: 'Name a key of that account.',
  }),
  'venue.key-unusable': entry<{ apiKey: string; reason: string }>({
    exit: 'usage',
    says: ({ apiKey, reason }) => `the API key ${quoted(apiKey)} cannot be added: ${reason}`,
    remedy: 'Binance keys sign with hmac, rsa or ed25519; OKX keys sign with hmac and have a passphrase.',
  }),
  'venue.wrong-exchange': entry<{ account: string; exchange: string; command: string }>({
    exit: 'usage',
    says: ({ account, exchange, command }) => `${command} is not possible on ${quoted(account)}, which is an account of ${exchange}`,
    remedy: 'Name an account of the other exchange, or the command and wallet this exchange has.',
  }),
  'venue.name-malformed': entry<{ what: string; name: unknown }>({
    exit: 'usage',
    says: ({ what, name }) => `${quoted(name)} is not a name for an ${what}`,
    remedy: 'Use 1 to 64 characters without spaces or control characters.',
  }),
  'venue.level-malformed': entry<{ vip: unknown }>({
    exit: 'usage',
    says: ({ vip }) => `${quoted(vip)} is not a VIP level`,
    remedy: 'Give a whole number from 0 to 99.',
  }),
  'venue.amount-not-positive': entry<{ field: string; amount: string }>({
    exit: 'usage',
    says: ({ field, amount }) => `the ${field} ${amount} is not above zero`,
    remedy: 'Give an amount above zero; the direction is in the command.',
  }),
  'venue.amount-negative': entry<{ field: string; amount: string }>({
    exit: 'usage',
    says: ({ field, amount }) => `the ${field} ${amount} is below zero`,
    remedy: 'Give zero or more.',
  }),
  'venue.amount-too-fine': entry<{ field: string; amount: string; decimals: number }>({
    exit: 'usage',
    says: ({ field, amount, decimals }) => `the ${field} ${amount} has more than the ${decimals} decimals the exchange keeps`,
    remedy: ({ decimals }) => `Round it to ${decimals} decimals.`,
  }),
  'venue.amount-too-large': entry<{ field: string; amount: string; limit: string }>({
    exit: 'usage',
    says: ({ field, amount, limit }) => `the ${field} ${amount} is beyond ${limit}`,
    remedy: ({ limit }) => `Give at most ${limit}.`,
  }),
  'venue.insufficient': entry<{ account: string; asset: string; wallet: string; amount: string; available: string }>({
    exit: 'usage',
    says: ({ account, asset, wallet, amount, available }) =>
      `${quoted(account)} has ${available} ${asset} in ${wallet}, which does not cover ${amount}`,
    remedy: ({ available }) => `Ask for at most ${available}, or deposit first.`,
  }),
  'venue.nothing-owed': entry<{ account: string; asset: string; wallet: string }>({
    exit: 'usage',
    says: ({ account, asset, wallet }) => `${quoted(account)} owes no ${asset} in ${wallet}`,
    remedy: 'Name an asset in which a loan is open.',
  }),
  'venue.command-unknown': entry<{ kind: unknown }>({
    exit: 'usage',
    says: ({ kind }) => `${quoted(kind)} is not a command of the venue`,
    remedy: 'Use one of the commands in the description of the admin interface.',
  }),
  'venue.instant-malformed': entry<{ at: unknown }>({
    exit: 'usage',
    says: ({ at }) => `${quoted(at)} is not an instant the venue can stand at`,
    remedy: 'Give whole epoch milliseconds in UTC, from 0 to 8640000000000000.',
  }),
  'venue.behaviour-differs': entry<{ option: string; kept: string; asked: string }>({
    exit: 'configuration',
    says: ({ option, kept, asked }) => `this journal was begun with ${option} = ${kept} and cannot go on with ${asked}`,
    remedy: 'Leave the option out, or begin a new journal.',
  }),
  'venue.rules-differ': entry<{ kept: number; known: number }>({
    exit: 'configuration',
    says: ({ kept, known }) =>
      `this journal was written under version ${kept} of the rules, and this Overdraft charges by version ${known}`,
    remedy: 'Nothing was changed. Go on with the Overdraft that wrote it, or begin a new journal in another folder.',
  }),
  'venue.origin-unreadable': entry<{ text: string }>({
    exit: 'storage',
    says: ({ text }) => `what the journal was begun with cannot be read: ${quoted(text)}`,
    remedy: 'Nothing was changed. Restore the journal from a backup, or move it away to begin a new one.',
  }),
  'venue.journal-inconsistent': entry<{ sequence: number; reason: string }>({
    exit: 'storage',
    says: ({ sequence, reason }) => `entry ${sequence} of the journal cannot be carried out: ${reason}`,
    remedy: 'Nothing was changed. Restore the journal from a backup, or move it away to begin a new one.',
  }),
  'venue.unbalanced': entry<{ asset: string; difference: string }>({
    exit: 'internal',
    says: ({ asset, difference }) => `the legs of a movement in ${asset} do not sum to zero but to ${difference}`,
    remedy: 'This is a fault of Overdraft; nothing was changed. Please report it with the command that led to it.',
  }),
}
