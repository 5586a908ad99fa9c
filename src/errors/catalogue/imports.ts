import { entry, quoted } from '../entry.ts'
import type { WrongLine } from './report.ts'

const shownMax = 20

/** Errors of the files that exchanges let users download. */
export const importErrors = {
  'import.malformed': entry<{ name: string; wrong: readonly WrongLine[]; count: number }>({
    exit: 'usage',
    says: ({ name, wrong, count }) => {
      const lines = wrong.slice(0, shownMax).map(({ line, value, reason }) => `  line ${line}: ${quoted(value)} ${reason}`)
      const more = count > lines.length ? `\n  and ${count - lines.length} more` : ''
      return `${quoted(name)} has ${count === 1 ? 'a wrong line' : `${count} wrong lines`}; nothing was imported\n${lines.join('\n')}${more}`
    },
    remedy:
      'Give the CSV file as the exchange wrote it, unpacked and not saved again by another program, and the quarter that was asked for. docs/imports.md names the columns.',
  }),
  'import.twice-told': entry<{ name: string; billId: string }>({
    exit: 'usage',
    says: ({ name, billId }) => `${quoted(name)} tells the bill ${quoted(billId)} twice; nothing was imported`,
    remedy: 'Give one file as the exchange wrote it, not several put together.',
  }),
  'import.no-rows': entry<{ name: string; quarter: string }>({
    exit: 'usage',
    says: ({ name, quarter }) => `${quoted(name)} has no rows, so that nothing shows that it is of ${quarter}`,
    remedy: 'Nothing was imported, and nothing is proven by it. A quarter without any bill cannot be proven by a file.',
  }),
  'import.too-many-rows': entry<{ name: string; limit: number }>({
    exit: 'usage',
    says: ({ name, limit }) => `${quoted(name)} has more than ${limit} rows; nothing was imported`,
    remedy: 'So many are more than is held in memory to see which are told twice. Report it, with how many there are.',
  }),
  'import.two-calendars': entry<{ name: string; quarter: string }>({
    exit: 'usage',
    says: ({ name, quarter }) =>
      `${quoted(name)} has rows before ${quarter} begins in UTC and after it ends in Hong Kong; nothing was imported`,
    remedy: 'A file of one quarter has one of them at most. Give one file as the exchange wrote it, not several put together.',
  }),
  'import.other-account': entry<{ name: string; account: string; proven: number; shared: number }>({
    exit: 'usage',
    says: ({ name, account, proven, shared }) =>
      `${quoted(name)} has ${shared} of the ${proven} bills that are proven of its time for the account ${quoted(account)}; nothing was imported`,
    remedy: 'It is a file of another account, or not the whole file. Ask for it with the key of that account, and unpack it anew.',
  }),
  'import.file-changed': entry<{ name: string }>({
    exit: 'usage',
    says: ({ name }) => `${quoted(name)} changed while it was imported; nothing is proven by it`,
    remedy: 'Rows that were stored stay, without proof. Import the file again when nobody writes to it.',
  }),
  'import.wrong-exchange': entry<{ account: string; exchange: string; needed: string }>({
    exit: 'usage',
    says: ({ account, exchange, needed }) => `account ${quoted(account)} is one of ${exchange}, and the file is one of ${needed}`,
    remedy: 'Name the account that the file was downloaded for with --account.',
  }),
  'import.quarter-malformed': entry<{ text: string }>({
    exit: 'usage',
    says: ({ text }) => `${quoted(text)} is not a quarter`,
    remedy: 'Give year and quarter, such as 2025-Q3.',
  }),
  'import.quarter-too-old': entry<{ quarter: string; oldest: string }>({
    exit: 'usage',
    says: ({ quarter, oldest }) => `${quoted(quarter)} ended before ${oldest}, from which day on the exchange gives such files`,
    remedy: 'Give the quarter that was asked for, such as 2025-Q3.',
  }),
  'import.quarter-not-over': entry<{ quarter: string }>({
    exit: 'usage',
    says: ({ quarter }) => `the quarter ${quoted(quarter)} is not over`,
    remedy: 'The exchange gives no file of a quarter under way. overdraft sync brings what is newer.',
  }),
}
