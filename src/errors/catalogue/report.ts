import { entry, quoted } from '../entry.ts'

export interface WrongLine {
  readonly line: number
  readonly value: string
  readonly reason: string
}

const shownMax = 20

/** Errors of totals, statements and exports. */
export const reportErrors = {
  'report.prices-malformed': entry<{ path: string; wrong: readonly WrongLine[]; count: number }>({
    exit: 'usage',
    says: ({ path, wrong, count }) => {
      const lines = wrong.slice(0, shownMax).map(({ line, value, reason }) => `  line ${line}: ${quoted(value)} ${reason}`)
      const more = count > lines.length ? `\n  and ${count - lines.length} more` : ''
      return `${quoted(path)} has ${count === 1 ? 'a wrong line' : `${count} wrong lines`}; no price was imported\n${lines.join('\n')}${more}`
    },
    remedy:
      'Begin the file with a line that names the columns asset, price and either instant or day, and currency where it is not USD, such as: asset,day,price. Correct the lines and import it again.',
  }),
  'report.prices-too-many': entry<{ path: string; limit: number }>({
    exit: 'usage',
    says: ({ path, limit }) => `${quoted(path)} has more than ${limit} prices; no price was imported`,
    remedy: 'Import it in parts; what is there already is not stored twice.',
  }),
  'report.file-unreadable': entry<{ path: string; reason: string }>({
    exit: 'configuration',
    says: ({ path, reason }) => `${quoted(path)} cannot be read (${reason})`,
    remedy: 'Check the path, and that you may read the file.',
  }),
  'report.line-too-long': entry<{ path: string; line: number; limit: number }>({
    exit: 'usage',
    says: ({ path, line, limit }) => `line ${line} of ${quoted(path)} is longer than ${limit} characters`,
    remedy: 'Nothing was taken from it. Give a text file of lines, one row on each.',
  }),
  'report.currency-unknown': entry<{ currency: string; known: readonly string[] }>({
    exit: 'usage',
    says: ({ currency }) => `no price in ${quoted(currency)} is known`,
    remedy: ({ known }) =>
      `Prices are known in: ${known.length === 0 ? 'no currency' : known.join(', ')}. overdraft prices import FILE brings others; overdraft sync sees those in USD.`,
  }),
  'report.month-malformed': entry<{ text: string }>({
    exit: 'usage',
    says: ({ text }) => `${quoted(text)} is not a month`,
    remedy: 'Give year and month, such as 2026-01.',
  }),
  'report.month-in-future': entry<{ month: string; now: string }>({
    exit: 'usage',
    says: ({ month, now }) => `the month ${quoted(month)} has not begun (it is ${now})`,
    remedy: 'Give a month that has begun; the one under way is stated up to now.',
  }),
  'report.target-exists': entry<{ path: string }>({
    exit: 'usage',
    says: ({ path }) => `there is already a file ${quoted(path)}`,
    remedy: 'Nothing was written. Give another name, or replace it with --force.',
  }),
  'report.target-unwritable': entry<{ path: string; reason: string }>({
    exit: 'storage',
    says: ({ path, reason }) => `${quoted(path)} cannot be written (${reason})`,
    remedy: 'Nothing is left under that name but what was there before. Check that the folder exists and that you may write there.',
  }),
  'report.target-full': entry<{ path: string }>({
    exit: 'storage',
    says: ({ path }) => `there is no space left to write ${quoted(path)}`,
    remedy: 'Nothing is left under that name but what was there before. Free space on that disk, or export elsewhere or a shorter span.',
  }),
  'report.no-terminal-format': entry<{ format: string }>({
    exit: 'usage',
    says: ({ format }) => `${quoted(format)} is not text and cannot be written to standard output`,
    remedy: 'Name a file with --out.',
  }),
  'report.ledger-of-charges-only': entry<{ format: string; what: string }>({
    exit: 'usage',
    says: ({ format, what }) => `${quoted(what)} cannot be exported as ${quoted(format)}`,
    remedy: 'beancount and hledger take charges; export the others as csv, jsonl or parquet.',
  }),
  'report.book-changed': entry<{ column: string; value: string }>({
    exit: 'storage',
    says: ({ column, value }) =>
      `the book changed while it was exported: the ${column} ${quoted(value)} was not there when the columns were laid out`,
    remedy: 'Nothing was written. Run the same export again.',
  }),
}
