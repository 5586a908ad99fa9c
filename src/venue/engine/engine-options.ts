import { open } from '../open-question.ts'
import type { EngineBehaviour } from './behaviour.ts'

/** An option whose values are no list of words: what is open, and what a value does. */
interface OpenFigure {
  readonly open: string
  readonly facts: readonly string[]
  readonly does: string
}

const figure = (question: string, facts: readonly string[], does: string): OpenFigure => Object.freeze({ open: question, facts, does })

/** What the documents leave open of the engine's options, for whoever checks them and for docs/parity.md. */
export const engineOptions = Object.freeze({
  autoExchangeDurationMs: figure(
    'How long an auto-exchange run takes; the document shows 52 s and 201 s.',
    ['A3.3', 'A4.5'],
    '`{ minimum, maximum }` in milliseconds, from which each run’s time follows by its start and account',
  ),
  autoExchangeMeasure: open(
    'What is compared with the maximum threshold, and whether profit not yet realised counts.',
    ['A4.5', 'D (Binance 2)'],
    [['total', 'the total over all wallets, without it']],
  ),
  okxRecordDelayMs: figure(
    'How long after the hour OKX shows the row of that hour; sources say 1 to 10 minutes.',
    ['B4', 'C'],
    'milliseconds after the hour',
  ),
  okxStablecoinQuota: open(
    'Whether the free quota of USDT and USDC is enlarged in the venue’s account mode.',
    ['B4', 'D (OKX 8)'],
    [
      ['enlarged', 'by positive cross equity in the other stablecoins'],
      ['own', 'each has its own quota alone'],
    ],
  ),
  okxVipDeduction: open(
    'When the interest of a VIP loan is taken from cash; the product left the documents.',
    ['B5', 'D (OKX 6)'],
    [['hourly', 'with each hour’s charge']],
  ),
  okxBorrowLeverage: figure(
    'The leverage by which margin secures OKX loans.',
    ['B5'],
    'times adjusted equity, less what is borrowed, may be owed',
  ),
  okxForcedRepaymentEveryMs: figure('How often OKX looks for debts to repay by force.', ['B4.1'], 'milliseconds between two looks'),
  okxForcedRepaymentStep: open(
    'What one look repays of what is beyond the quota; the help centre’s example shows half of it.',
    ['B4.1'],
    [
      ['whole', 'all of it'],
      ['half', 'half of it'],
    ],
  ),
  okxForcedRepaymentOrder: open(
    'Which assets are sold first for it; the sources conflict.',
    ['B4.1', 'D (OKX 4)'],
    [
      ['higher-rate-first', 'those with the higher collateral rate'],
      ['lower-rate-first', 'those with the lower one'],
    ],
  ),
  okxPlatformRepaymentToPercent: figure(
    'How far OKX repays by force once the platform has lent more than its pool.',
    ['B4.1'],
    'percent of the pool that may then still be lent; at 100 the next hour’s interest brings the next repayment',
  ),
  dailyMidnightFrom: figure(
    'From when Binance charged at 00:00 UTC instead of 08:00; the change is not dated.',
    ['A4.1', 'C'],
    'the instant in epoch milliseconds',
  ),
  autoRepayAt: figure(
    'When the two runs of Auto Repay are, within the two hours before the charge.',
    ['A4.4', 'C', 'D (Binance 12)'],
    'milliseconds of the UTC day; an empty list for none',
  ),
  marginLevels: open(
    'Which thresholds of uniMMR part the levels of an account; the end of the older ones is not dated.',
    ['A4.7'],
    [
      ['today', '150, 120 and 105 %'],
      ['former', '200, 150 and 120 %'],
    ],
  ),
  marginLeverage: figure('The leverage L of cross margin by which loans are limited.', ['A4.7'], 'L'),
} satisfies Readonly<Record<keyof EngineBehaviour, OpenFigure | ReturnType<typeof open>>>)
