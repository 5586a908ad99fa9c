import { type Command, Option } from 'commander'
import type { Session } from '../session.ts'
import { printCsv } from './csv.ts'
import type { Sheet } from './sheet.ts'

/** How data is asked for: for people unless one of these is given. */
export interface FormatOptions {
  readonly json?: true
  readonly csv?: true
}

/** What a command answers, in its three shapes. */
export interface Answer<Row> {
  readonly sheet: Sheet<Row>
  /** One JSON document; decimals as text. */
  readonly document: object
  /** The text for people, with what is unproven. */
  readonly human: () => string
}

export function withFormatOptions(command: Command): Command {
  return command
    .addOption(new Option('--json', 'one JSON document, exact decimals as strings').conflicts('csv'))
    .addOption(new Option('--csv', 'comma-separated values with a heading'))
}

/** Prints the answer on standard output, in the shape asked for. */
export function printAnswer<Row>(session: Session, format: FormatOptions, answer: Answer<Row>): void {
  if (format.json) session.io.stdout.write(`${JSON.stringify(answer.document, null, 2)}\n`)
  else if (format.csv) session.io.stdout.write(printCsv(answer.sheet))
  else session.io.stdout.write(answer.human())
}
