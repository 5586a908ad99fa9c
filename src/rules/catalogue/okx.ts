import { okxLiabilityFieldsDefaults } from '../okx-liability-fields.ts'
import { rulesOf } from './rule.ts'

/** What OKX charges, frees, shows and repays by force. */
export const okxRules = rulesOf('okx', {
  'okx-hourly-snapshot': {
    says: 'What is owed at the full hour is charged for the whole hour, whatever came before or comes after.',
    facts: ['B4'],
    module: 'venue/engine/okx-charges.ts',
  },
  'okx-rounding': {
    says: 'Interest is the liability times a 24th of the daily rate, which is not rounded, rounded up at 16 decimals.',
    facts: ['B3.1 [document 002]'],
    module: 'rules/interest.ts',
  },
  'okx-displayed-rate': {
    says: 'The hourly rate is shown cut at 16 decimals.',
    facts: ['B3.1 [document 002]'],
    module: 'venue/http/okx/answers/printed.ts',
  },
  'okx-record-delay': {
    says: 'The row of an hour appears minutes after it.',
    facts: ['B4', 'C'],
    module: 'venue/engine/charge-query.ts',
  },
  'okx-deduction': {
    says: 'The interest of cross margin is taken from cash at the hour, so that the next hour is charged on more.',
    facts: ['B4'],
    module: 'venue/engine/okx-charges.ts',
  },
  'okx-isolated-compounding': {
    says: 'The interest of an isolated debt is added to the debt.',
    facts: ['B3.1', 'B4'],
    module: 'venue/engine/okx-charges.ts',
  },
  'okx-free-quota': {
    says: 'The quota frees liabilities from unrealised losses; positive equity in other stablecoins enlarges those of USDT and USDC.',
    facts: ['B4'],
    module: 'rules/okx-free-quota.ts',
  },
  'okx-auto-borrow': {
    says: 'On, a negative balance is charged from zero and the quota frees losses only; off, both share the quota.',
    facts: ['B4'],
    module: 'rules/okx-liability.ts',
  },
  'okx-auto-repay': {
    says: 'On, cash that comes in repays what was borrowed in spot mode.',
    facts: ['B5'],
    module: 'venue/engine/okx-auto-repay.ts',
  },
  'okx-spot-borrow': {
    says: 'Coins borrowed by hand are charged from zero; loan quota of the level, margin and pool bound them.',
    facts: ['B4', 'B5'],
    module: 'venue/engine/prepare-okx.ts',
  },
  'okx-vip-loans': {
    says: 'VIP loans are charged by order at their own rates as rows of type 1, all else as rows of type 2.',
    facts: ['B3', 'B5'],
    module: 'venue/engine/okx-charges.ts',
  },
  'okx-liability-fields': {
    says: 'Rows of charges lack `totalLiab` and `interestFreeLiab`, then have them empty, then filled; the dates are the defaults of two options.',
    from: okxLiabilityFieldsDefaults.fieldsFrom,
    facts: ['B3 [document 002]'],
    module: 'rules/okx-liability-fields.ts',
  },
  'okx-account-value': {
    says: 'Equity counts whole in `totalEq`, at collateral rates where positive in `adjEq`, in USD at index prices.',
    facts: ['B5'],
    module: 'rules/okx-equity.ts',
  },
  'okx-max-loan': {
    says: 'What may still be borrowed is bounded by margin, quota and pool; no document states the formula.',
    facts: ['B5'],
    module: 'rules/okx-equity.ts',
  },
  'okx-forced-repayment': {
    says: 'With auto-borrow off, what of a liability lies beyond the quota is bought with other assets through USDT.',
    facts: ['B4.1'],
    module: 'rules/okx-forced-repayment.ts',
  },
  'okx-platform-repayment': {
    says: 'Once more is lent than the platform’s pool holds, the largest borrowers repay first.',
    facts: ['B4.1'],
    module: 'rules/okx-forced-repayment.ts',
  },
  'okx-repayment-indicator': {
    says: '`twap` rises from 0 to 5 with the share of quota or pool that is used.',
    facts: ['B4.1'],
    module: 'rules/okx-forced-repayment.ts',
  },
})
