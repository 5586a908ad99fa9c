import { entry, quoted } from '../entry.ts'
import { whatIfGrammar } from '../what-if-grammar.ts'

const write = `Write it as: ${whatIfGrammar}.`

/** Errors of the forecast: what was asked of it that cannot be played. */
export const forecastErrors = {
  'forecast.sentence-malformed': entry<{ sentence: string; part: string; expected: string }>({
    exit: 'usage',
    says: ({ sentence, part, expected }) =>
      `in ${quoted(sentence)} there should be ${expected}, but there is ${part === '' ? 'nothing' : quoted(part)}`,
    remedy: write,
  }),
  'forecast.amount-too-fine': entry<{ amount: string; exchange: string; decimals: number }>({
    exit: 'usage',
    says: ({ amount, exchange, decimals }) => `${amount} has more than the ${decimals} decimals that ${exchange} keeps`,
    remedy: ({ decimals }) => `Give an amount with at most ${decimals} decimals.`,
  }),
  'forecast.time-past': entry<{ sentence: string; asked: string; now: string }>({
    exit: 'usage',
    says: ({ sentence, asked, now }) => `${quoted(sentence)} means ${asked} UTC, but it is already ${now} UTC`,
    remedy: 'What has passed cannot be played. For tomorrow give the whole instant, such as 2026-03-11T21:50, or a span, such as in 2h.',
  }),
  'forecast.time-too-far': entry<{ sentence: string; asked: string; until: string }>({
    exit: 'usage',
    says: ({ sentence, asked, until }) => `${quoted(sentence)} means ${asked} UTC, but the forecast reaches only to ${until} UTC`,
    remedy: 'Give an instant within the next 30 days.',
  }),
  'forecast.account-unknown': entry<{ sentence: string; account: string; known: readonly string[] }>({
    exit: 'usage',
    says: ({ sentence, account }) => `${quoted(sentence)} names the account ${quoted(account)}, which is not among those asked about`,
    remedy: ({ known }) => `Name one of: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.`,
  }),
  'forecast.account-ambiguous': entry<{ sentence: string; accounts: readonly string[] }>({
    exit: 'usage',
    says: ({ sentence, accounts }) =>
      `${quoted(sentence)} could mean ${accounts.slice(0, 20).join(', ')}${accounts.length > 20 ? ', …' : ''}`,
    remedy: ({ accounts }) => `Say which one, such as "… on ${accounts[0] ?? 'ACCOUNT'} …", or name one account before --if.`,
  }),
  'forecast.asset-unknown': entry<{ sentence: string; asset: string; known: readonly string[] }>({
    exit: 'usage',
    says: ({ sentence, asset }) => `${quoted(sentence)} names ${quoted(asset)}, of which the book knows neither a balance nor a charge`,
    remedy: ({ known }) =>
      known.length === 0
        ? 'The book knows no asset yet: overdraft sync'
        : `The book knows: ${known.slice(0, 30).join(', ')}${known.length > 30 ? ', …' : ''}.`,
  }),
  'forecast.no-balances': entry<{ account: string }>({
    exit: 'configuration',
    says: ({ account }) => `the book has no balances of account ${quoted(account)}, so that nothing can be played from there`,
    remedy: ({ account }) => `Fetch them first: overdraft sync ${account}`,
  }),
  'forecast.nothing-owed': entry<{ account: string; asset: string }>({
    exit: 'usage',
    says: ({ account, asset }) => `account ${quoted(account)} owes no ${asset} at that instant, so that there is nothing to repay`,
    remedy: 'overdraft status shows what is owed. To bring coins in without a debt, say deposit.',
  }),
  'forecast.not-there': entry<{ account: string; asset: string; amount: string; free: string }>({
    exit: 'usage',
    says: ({ account, asset, amount, free }) =>
      `${amount} ${asset} cannot be withdrawn from account ${quoted(account)}: ${free} ${asset} are free there at that instant`,
    remedy: 'Withdraw what is free at most, or deposit or borrow first.',
  }),
}
