import { resolve } from 'node:path'
import { Command } from 'commander'
import { type AccountAudit, auditOf } from '../../audit/account-audit.ts'
import { type AskedCharge, askedCharge } from '../../audit/asked-charge.ts'
import { argueCharge, argumentOf, type ChargeArgument } from '../../audit/charge-argument.ts'
import { writeDossiers } from '../../audit/dossier/write-dossiers.ts'
import type { Finding } from '../../audit/finding.ts'
import type { Book } from '../../book/book-interface.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { type AnswerCoverage, answerCoverage } from '../../report/answer-coverage.ts'
import { reportsBehind } from '../../report/coverage-report.ts'
import { assertAssetKnown } from '../../report/known-asset.ts'
import type { Act } from '../act.ts'
import { exportedInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { endByGaps, exportedCoverage, shownCoverage } from '../output/gaps.ts'
import type { Session } from '../session.ts'
import { askedSpan, type SpanOptions, withSpanOptions } from '../span-options.ts'
import { argumentsDocument, argumentsText, auditDocument, auditLines, auditText, findingColumns, stepColumns } from '../views/audit-view.ts'

interface AuditCommandOptions extends FormatOptions, SpanOptions {
  readonly asset?: string
  readonly explain?: AskedCharge
  readonly dossier?: string
  readonly allowGaps?: true
}

export function auditCommand(act: Act): Command {
  const command = new Command('audit')
    .description('recompute every charge, hold it against every other witness, and list what is not as it should be')
    .argument('[labels...]', 'the accounts (default: every one)')
    .option('--asset <name>', 'tell only what concerns this asset', (text) => text.toUpperCase())
    .option('--explain <id|account/asset/instant>', 'the arithmetic step by step, of a finding by its id, or of any charge', askedCharge)
    .option('--dossier <folder>', 'write what a support desk needs: of the finding explained, or of every one in a folder of its own')
  return withFormatOptions(withSpanOptions(command))
    .option('--allow-gaps', 'do not end with exit code 7 although charges may be missing')
    .action(act(audit))
}

async function audit(session: Session, labels: readonly string[], options: AuditCommandOptions): Promise<void> {
  await session.withBook('existing', async (book) => {
    const { explain } = options
    const asked = explain?.kind === 'charge' && labels.length === 0 ? [explain.account] : labels
    const accounts = await session.accounts(book, asked)
    const within = askedSpan(options)
    await assertAssetKnown(book, accounts, options.asset)
    const audits: AccountAudit[] = []
    for (const account of accounts) {
      audits.push(await auditOf({ book, account, within, asset: options.asset, signal: session.io.signal }))
    }
    const coverage = answerCoverage(await reportsBehind(book, accounts, { answer: 'audit', asked: within, now: session.io.clock.now() }))
    const found = explain === undefined ? undefined : await argumentsFor(book, audits, explain)
    if (options.dossier !== undefined) await writeDossier(session, book, audits, found, options.dossier)
    if (found === undefined) printAudit(session, audits, coverage, options)
    else printArguments(session, found, options)
    if (audits.some(({ findings }) => findings.length > 0)) session.endWith('findings')
    endByGaps(session, coverage, options)
  })
}

async function argumentsFor(book: Book, audits: readonly AccountAudit[], asked: AskedCharge): Promise<readonly ChargeArgument[]> {
  if (asked.kind === 'finding') {
    const findings = audits.flatMap((one) => one.findings)
    const found = findings.filter(({ id }) => id === asked.id)
    return found.length > 0 ? found.map(argumentOf) : fail('audit.finding-unknown', { id: asked.id, known: findings.length })
  }
  const of = audits.find(({ account }) => account.label === asked.account)
  if (of === undefined) fail('book.account-unknown', { label: asked.account, known: audits.map(({ account }) => account.label) })
  return argueCharge(book, of, asked.asset, asked.at)
}

async function writeDossier(
  session: Session,
  book: Book,
  audits: readonly AccountAudit[],
  found: readonly ChargeArgument[] | undefined,
  folder: string,
): Promise<void> {
  const isWanted = (finding: Finding) => found === undefined || found.some(({ charge }) => charge === finding.charge)
  const wanted = audits.map((one) => ({ account: one.account, findings: one.findings.filter(isWanted) }))
  const path = resolve(folder)
  const count = await writeDossiers(book, wanted, path, found === undefined ? 'folder-each' : 'one-folder')
  session.say(`Wrote ${count === 1 ? 'the dossier of one finding' : `the dossiers of ${count} findings`} to ${path}`)
}

function printAudit(session: Session, audits: readonly AccountAudit[], coverage: AnswerCoverage, options: AuditCommandOptions): void {
  printAnswer(session, options, {
    sheet: { columns: findingColumns, rows: auditLines(audits, coverage.gaps) },
    document: {
      asOf: exportedInstant(session.io.clock.now()),
      since: exportedInstant(options.since),
      until: exportedInstant(options.until),
      ...exportedCoverage(coverage),
      ...auditDocument(audits),
    },
    human: () => `${auditText(audits, session.style)}\n${shownCoverage(session, coverage)}`,
  })
}

function printArguments(session: Session, found: readonly ChargeArgument[], options: FormatOptions): void {
  printAnswer(session, options, {
    sheet: { columns: stepColumns, rows: found.flatMap((argument) => argument.steps.map((_, place) => ({ argument, place }))) },
    document: argumentsDocument(found),
    human: () => argumentsText(found, session.style),
  })
}
