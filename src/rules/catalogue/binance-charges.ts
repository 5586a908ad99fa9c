import { autoRepayFrom, repaySwitchLimitFrom } from '../auto-repay.ts'
import { dailyMidnightFromDefault } from '../binance-charge-instant.ts'
import { binanceRegimes } from '../binance-regime.ts'
import { rulesOf } from './rule.ts'

const begins = (name: string) => binanceRegimes.find((regime) => regime.name === name)?.from ?? Number.NaN
const limitedFrom = begins('usdt-beyond-200000')
const tieredFrom = begins('excess-over-threshold')

/** What Binance charges on negative balances and loans, and how negative balances come and are repaid. */
export const binanceChargeRules = rulesOf('binance', {
  'negative-balance-regimes': {
    says: 'The rule in force at the instant of the charge decides what is charged.',
    facts: ['A4.1'],
    module: 'rules/binance-regime.ts',
  },
  'negative-balance-whole': {
    says: 'A negative total of any asset is charged whole.',
    until: limitedFrom,
    facts: ['A4.1', 'A3.2'],
    module: 'rules/binance-regime.ts',
  },
  'negative-balance-usdt-200000': {
    says: 'Only USDT is charged, and only where the UM wallet stands below -200,000; then all of it.',
    from: limitedFrom,
    until: tieredFrom,
    facts: ['A4.1'],
    module: 'rules/binance-regime.ts',
  },
  'negative-balance-tiered': {
    says: 'What of the negative total over all wallets lies beyond the free threshold of the asset and the level is charged, to cross margin interest, as it stands at the instant; the time of the last change stays.',
    from: tieredFrom,
    facts: ['A4.2', 'A3.1'],
    module: 'rules/binance-regime.ts',
  },
  'negative-balance-charge-instant': {
    says: 'Every UTC day is charged once: at 08:00 formerly, at 00:00 today. The change is not dated; this is the default of `dailyMidnightFrom`.',
    from: dailyMidnightFromDefault,
    facts: ['A4.1', 'C'],
    module: 'rules/binance-charge-instant.ts',
  },
  'negative-balance-rounding': {
    says: 'Interest is principal times the whole daily rate, rounded up at 8 decimals.',
    facts: ['A3.2 [document 000]', 'A5', 'C'],
    module: 'rules/interest.ts',
  },
  'rates-by-level': {
    says: 'The rate of an asset is the one of the account’s VIP level at the instant of the charge, else the general one.',
    facts: ['A4.2', 'A5'],
    module: 'venue/engine/market.ts',
  },
  'wallet-below-zero': {
    says: 'Losses, fees and funding are taken from a futures wallet also below zero; coins come and go through cross margin only.',
    facts: ['A4.3'],
    module: 'venue/engine/prepare-movement.ts',
  },
  'repay-futures': {
    says: 'Repaying moves the smaller of shortfall and free cross margin of the same asset to a negative futures wallet, UM first; UM and CM never net.',
    facts: ['A3.4 [document 003]'],
    module: 'rules/futures-repayment.ts',
  },
  'auto-repay': {
    says: 'While the switch is on the same happens at 22:00 and 23:00 UTC.',
    from: autoRepayFrom,
    facts: ['A4.4', 'A3.4', 'C'],
    module: 'venue/engine/auto-repay.ts',
  },
  'repay-switch-limit': {
    says: 'The switch can be set 20 times a UTC day.',
    from: repaySwitchLimitFrom,
    facts: ['A6'],
    module: 'venue/engine/auto-repay.ts',
  },
  'margin-loan-interest': {
    says: 'A margin loan costs one hour at once and then one at every full hour: principal times a 24th of the daily rate, rounded up at 8 decimals, never on interest.',
    facts: ['A5'],
    module: 'venue/engine/loan-accrual.ts',
  },
  'portfolio-rows': {
    says: 'Each charge on a negative balance is also a row of type PORTFOLIO in the history of margin interest.',
    facts: ['A3.2', 'A6', 'C'],
    module: 'venue/http/binance/answers/margin-interest-history.ts',
  },
  'repay-loan': {
    says: 'A repayment pays interest first, then principal, and no more than is owed.',
    facts: ['A5'],
    module: 'rules/debt-repayment.ts',
  },
  'repay-debt': {
    says: 'A loan of up to 50,000 USD is repaid with the same asset first, then by selling other assets.',
    facts: ['A6'],
    module: 'rules/debt-repayment.ts',
  },
})
