import { entry, quoted } from '../entry.ts'

/** Errors of what only Portfolio Margin PRO has. */
export const venueProErrors = {
  'venue.product-unknown': entry<{ account: string; exchange: string; product: unknown }>({
    exit: 'usage',
    says: ({ account, exchange, product }) => `${quoted(account)} cannot be opened on ${exchange} as ${quoted(product)}`,
    remedy: 'On Binance give pm, pm-pro or pm-span; on OKX leave the product out.',
  }),
  'venue.bankruptcy-none': entry<{ account: string }>({
    exit: 'usage',
    says: ({ account }) => `${quoted(account)} owes nothing after a bankruptcy`,
    remedy: 'Nothing needs to be done.',
  }),
  'venue.bankruptcy-uncovered': entry<{ account: string; asset: string; wallet: string; amount: string; available: string }>({
    exit: 'usage',
    says: ({ account, asset, wallet, amount, available }) =>
      `${quoted(account)} has ${available} ${asset} in ${wallet}, which does not cover the ${amount} it owes after a bankruptcy`,
    remedy: 'Deposit the rest first: such a loan is repaid as a whole.',
  }),
}
