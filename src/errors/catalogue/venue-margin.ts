import { entry, quoted } from '../entry.ts'

/** Errors of margin on the venue: what an account may not do, or not yet, or not so often. A refused command changes nothing. */
export const venueMarginErrors = {
  'venue.too-often': entry<{ account: string; what: string; limit: number; window: string }>({
    exit: 'refused',
    says: ({ account, what, limit, window }) => `${quoted(account)} has used up its ${limit} ${what} in ${window}`,
    remedy: ({ window }) => `Wait until fewer lie within ${window}.`,
  }),
  'venue.borrow-limit': entry<{ account: string; asset: string; amount: string; available: string }>({
    exit: 'refused',
    says: ({ account, asset, amount, available }) => `${quoted(account)} may borrow ${available} ${asset} more, not ${amount}`,
    remedy: ({ available }) => `Ask for at most ${available}, or bring in collateral first.`,
  }),
  'venue.pool-empty': entry<{ asset: string; amount: string; available: string }>({
    exit: 'refused',
    says: ({ asset, amount, available }) => `the exchange can lend ${available} ${asset}, not ${amount}`,
    remedy: ({ available }) => `Ask for at most ${available}, or raise the lending pool of the asset.`,
  }),
  'venue.withdrawal-limit': entry<{ account: string; asset: string; amount: string; available: string }>({
    exit: 'refused',
    says: ({ account, asset, amount, available }) =>
      `${available} ${asset} may leave ${quoted(account)} with the debts and positions it has, not ${amount}`,
    remedy: ({ available }) => `Ask for at most ${available}, or repay first.`,
  }),
  'venue.not-collectable': entry<{ asset: string }>({
    exit: 'usage',
    says: ({ asset }) => `${asset} is not collected by itself`,
    remedy: 'Move it with transfer-bnb from UM, or collect every asset at once.',
  }),
  'venue.collection-malformed': entry<{ reason: string }>({
    exit: 'usage',
    says: ({ reason }) => `this is no collection: ${reason}`,
    remedy: 'Give nothing, an asset, or an asset with both an amount and the wallet it comes from.',
  }),
  'venue.repayment-too-large': entry<{ asset: string; amount: string; value: string; limit: string }>({
    exit: 'refused',
    says: ({ asset, amount, value, limit }) => `${amount} ${asset} are worth ${value} USD, and one repayment is at most ${limit} USD`,
    remedy: 'Repay in parts, each with an amount.',
  }),
  'venue.repayment-uncovered': entry<{ account: string; asset: string; amount: string; available: string }>({
    exit: 'refused',
    says: ({ account, asset, amount, available }) =>
      `what ${quoted(account)} may sell brings ${available} ${asset}, which does not repay ${amount}`,
    remedy: ({ available }) => `Repay at most ${available}, or name more assets to sell; an asset without a price cannot be sold.`,
  }),
}
