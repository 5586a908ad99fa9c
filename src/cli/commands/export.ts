import { Command, Option } from 'commander'
import { fail } from '../../errors/overdraft-error.ts'
import type { Answer } from '../../histories/history.ts'
import { answerCoverage } from '../../report/answer-coverage.ts'
import { reportsBehind } from '../../report/coverage-report.ts'
import { type ExportFormat, type ExportSink, exportFormats } from '../../report/export/export-format.ts'
import { type Exported, exportedKinds } from '../../report/export/export-table.ts'
import type { LedgerPer } from '../../report/export/ledger-entries.ts'
import { writeTarget } from '../../report/export/target-file.ts'
import { type ExportOutcome, writeExport } from '../../report/export/write-export.ts'
import { assertAssetKnown } from '../../report/known-asset.ts'
import type { Act } from '../act.ts'
import { endByGaps, shownCoverage } from '../output/gaps.ts'
import type { Session } from '../session.ts'
import { askedSpan, type SpanOptions, withSpanOptions } from '../span-options.ts'

interface ExportOptions extends SpanOptions {
  readonly format: ExportFormat
  readonly out: string
  readonly what: Exported
  readonly per: LedgerPer
  readonly asset?: string
  readonly force?: true
  readonly allowGaps?: true
}

export function exportCommand(act: Act): Command {
  const command = new Command('export')
    .description('write the whole history to a file, with what is not proven written into it')
    .argument('[labels...]', 'the accounts (default: every one)')
    .addOption(new Option('--format <format>', 'of the file').choices(exportFormats).makeOptionMandatory())
    .requiredOption('--out <file|->', 'the file to write, whole or not at all; - is standard output')
    .addOption(new Option('--what <rows>', 'which rows').choices(exportedKinds).default('charges'))
    .addOption(new Option('--per <unit>', 'beancount and hledger: a transaction for each').choices(['day', 'charge']).default('charge'))
    .option('--asset <name>', 'only this asset', (text) => text.toUpperCase())
  return withSpanOptions(command)
    .option('--force', 'replace the file if it is there')
    .option('--allow-gaps', 'end with exit code 0 although rows may be missing')
    .action(act(exportRows))
}

/** What an export is an answer about; balances and findings are what was seen, and no history says whether that is all. */
const answers: Readonly<Record<Exported, Answer | undefined>> = {
  charges: 'charges',
  exchanges: 'auto-exchanges',
  movements: 'movements',
  balances: undefined,
  findings: undefined,
}

async function exportRows(session: Session, labels: readonly string[], options: ExportOptions): Promise<void> {
  const { format, out, what, per, asset } = options
  const { io } = session
  if (out === '-' && format === 'parquet') fail('report.no-terminal-format', { format })
  await session.withBook('existing', async (book) => {
    const accounts = await session.accounts(book, labels)
    const within = askedSpan(options)
    const asOf = io.clock.now()
    await assertAssetKnown(book, accounts, asset)
    const answer = answers[what]
    const reports = answer === undefined ? [] : await reportsBehind(book, accounts, { answer, asked: within, asset, now: asOf })
    const coverage = answerCoverage(reports)
    const question = { what, format, per, accounts, asset, within, coverage, asOf, signal: io.signal }
    const write = (sink: ExportSink) => writeExport(book, question, sink)
    const outcome = out === '-' ? await write(standardOutput(session)) : await writeTarget(out, { force: options.force === true }, write)
    tell(session, options, outcome)
    const vouched = shownCoverage(session, coverage).trimEnd()
    if (vouched !== '') session.say(vouched)
    endByGaps(session, coverage, options)
  })
}

function standardOutput({ io }: Session): ExportSink {
  const decoder = new TextDecoder()
  return {
    write: async (bytes) => io.stdout.write(typeof bytes === 'string' ? bytes : decoder.decode(bytes)),
  }
}

function tell(session: Session, { out, what, format }: ExportOptions, { rows }: ExportOutcome): void {
  const unit = format === 'beancount' || format === 'hledger' ? ['transaction', 'transactions'] : ['row', 'rows']
  if (rows === 0) session.say(`No ${what === 'charges' ? 'charge' : what.replace(/s$/, '')} is known there: the export has no rows.`)
  else session.say(`${rows} ${rows === 1 ? unit[0] : unit[1]} of ${what}${out === '-' ? '' : ` in ${out}`}.`)
}
