import { toText } from '../../decimal/decimal.ts'
import { isoDay } from '../../time/instant.ts'
import type { LedgerEntry } from './ledger-entries.ts'
import { type LedgerFormat, opposite } from './ledger-format.ts'
import { beancountNames, expenseAccount, liabilityAccount } from './ledger-names.ts'
import { coverageWords, gapWords } from './ledger-words.ts'

/** Text for beancount 2 and 3, which take its directives in any order. */
export function beancountFormat(labels: readonly string[]): LedgerFormat {
  const names = beancountNames(labels)
  const expense = (exchange: string, label: string) => expenseAccount(names, exchange, label)
  const liability = ({ exchange, account, asset }: Pick<LedgerEntry, 'exchange' | 'account' | 'asset'>) =>
    liabilityAccount(names, exchange, account, asset)
  return {
    expense,
    liability,
    head: (table) => `;; ${coverageWords(table)[0]}\n\n`,
    gap: (gap, exchange) =>
      `;; ${gapWords(gap)}\n${isoDay(gap.span.from)} note ${expense(exchange, gap.account)} ${string(gapWords(gap))}\n\n`,
    entry: (entry) => {
      const commodity = names.commodity(entry.asset)
      return [
        `${entry.day} * ${string(entry.account)} ${string(entry.text)}`,
        `  at: ${string(entry.at)}`,
        `  ${expense(entry.exchange, entry.account)}  ${toText(entry.interest)} ${commodity}`,
        `  ${liability(entry)}  ${toText(opposite(entry.interest))} ${commodity}`,
        '\n',
      ].join('\n')
    },
    tail: ({ accounts, assets, prices }, table) => {
      const opened = accounts.map(
        ({ name, firstDay, asset }) => `${firstDay} open ${name}${asset === undefined ? '' : ` ${names.commodity(asset)}`}`,
      )
      const firstDay = accounts.map((account) => account.firstDay).sort()[0] ?? '1970-01-01'
      const commodities = [...assets.keys()].map((asset) => `${firstDay} commodity ${names.commodity(asset)}\n  name: ${string(asset)}`)
      const known = prices.map(
        ({ asset, currency, at, price }) => `${isoDay(at)} price ${names.commodity(asset)} ${toText(price)} ${names.commodity(currency)}`,
      )
      const words = coverageWords(table).map((line) => `;; ${line}`)
      return [...opened, ...commodities, ...known, ...words, ''].join('\n')
    },
  }
}

function string(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
