import { toText } from '../../decimal/decimal.ts'
import { isoDay } from '../../time/instant.ts'
import type { LedgerEntry } from './ledger-entries.ts'
import { type LedgerFormat, opposite } from './ledger-format.ts'
import { expenseAccount, hledgerNames, liabilityAccount } from './ledger-names.ts'
import { coverageWords, gapWords } from './ledger-words.ts'

/** Text for hledger, also under `hledger check --strict`. */
export function hledgerFormat(): LedgerFormat {
  const names = hledgerNames
  const expense = (exchange: string, label: string) => expenseAccount(names, exchange, label)
  const liability = ({ exchange, account, asset }: Pick<LedgerEntry, 'exchange' | 'account' | 'asset'>) =>
    liabilityAccount(names, exchange, account, asset)
  return {
    expense,
    liability,
    // Else 1.234 could be read as a thousand and more.
    head: (table) => `; ${coverageWords(table)[0]}\ndecimal-mark .\n\n`,
    gap: (gap) => `; gap: ${gapWords(gap)}\n\n`,
    entry: (entry) => {
      const commodity = names.commodity(entry.asset)
      return [
        `${entry.day} * ${entry.account} | ${entry.text}  ; at:${entry.at}`,
        `    ${expense(entry.exchange, entry.account)}  ${toText(entry.interest)} ${commodity}`,
        `    ${liability(entry)}  ${toText(opposite(entry.interest))} ${commodity}`,
        '\n',
      ].join('\n')
    },
    tail: ({ accounts, assets, prices }, table) => {
      const declared = accounts.map(({ name }) => `account ${name}`)
      const commodities = new Map(prices.map(({ currency }) => [currency, 2]))
      for (const [asset, scale] of assets) commodities.set(asset, scale)
      const styles = [...commodities].map(([asset, scale]) => `commodity 1000.${'0'.repeat(scale)} ${names.commodity(asset)}`)
      const known = prices.map(
        ({ asset, currency, at, price }) => `P ${isoDay(at)} ${names.commodity(asset)} ${toText(price)} ${names.commodity(currency)}`,
      )
      const words = coverageWords(table).map((line) => `; ${line}`)
      return [...declared, ...styles, ...known, ...words, ''].join('\n')
    },
  }
}
