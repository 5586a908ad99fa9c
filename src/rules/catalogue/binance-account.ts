import { autoExchangeFrom } from '../auto-exchange.ts'
import { rulesOf } from './rule.ts'

/** How a Binance account is judged, and what is done to it and by it beside charges. */
export const binanceAccountRules = rulesOf('binance', {
  'auto-exchange': {
    says: 'Looked for every ten minutes: a total beyond its maximum threshold is freed from orders, repaid from what there is and bought with other assets, highest collateral rate first, at index price, down to 80 % of the maximum; the run ends minutes later.',
    from: autoExchangeFrom,
    facts: ['A4.5', 'A3.3 [document 001]', 'C'],
    module: 'venue/engine/auto-exchange.ts',
  },
  collection: {
    says: 'Positive futures balances go to cross margin, all but BNB in UM 500 times an hour, or those of one asset but BNB.',
    facts: ['A4.6'],
    module: 'venue/engine/collection.ts',
  },
  'bnb-transfer': {
    says: 'BNB moves between cross margin and UM, ten times in ten minutes.',
    facts: ['A4.6'],
    module: 'venue/engine/collection.ts',
  },
  'uni-mmr': {
    says: 'uniMMR is adjusted equity over maintenance margin; collateral rates apply to what is owned, a debt counts in full.',
    facts: ['A4.7'],
    module: 'rules/margin-status.ts',
  },
  'margin-levels': {
    says: 'Above 150 % normal, to 120 % margin call, to 105 % reduce only, then liquidation.',
    facts: ['A4.7'],
    module: 'rules/margin-level.ts',
  },
  'max-withdraw': {
    says: 'What leaves may take equity down to 1.2 times the maintenance margin.',
    facts: ['A4.7'],
    module: 'rules/margin-status.ts',
  },
  'max-borrow': {
    says: 'A loan is bounded by what the collateral secures at leverage L, by the level’s maximum and by the pool.',
    facts: ['A4.7'],
    module: 'rules/margin-status.ts',
  },
  income: {
    says: 'Everything that changes a futures wallet is a line of its income history, and they sum to its balance.',
    facts: ['A6', 'C'],
    module: 'venue/http/binance/answers/income-rows.ts',
  },
  product: {
    says: 'An account has one product for good: Portfolio Margin, PRO, or PRO with SPAN.',
    facts: ['A6'],
    module: 'venue/engine/prepare-account.ts',
  },
  'spot-wallet': {
    says: 'The spot wallet lies outside the margin account; it counts for nothing in it, and PRO repayments may come from it.',
    facts: ['A3.4', 'A6'],
    module: 'venue/engine/prepare-pro.ts',
  },
  'bankruptcy-loan': {
    says: 'A bankruptcy loan fills what UM lacks, bears no interest and is repaid whole or not at all.',
    facts: ['A2.2', 'A6'],
    module: 'venue/engine/prepare-pro.ts',
  },
})
