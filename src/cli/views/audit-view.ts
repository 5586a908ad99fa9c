import type { AccountAudit } from '../../audit/account-audit.ts'
import type { ChargeArgument } from '../../audit/charge-argument.ts'
import { stepsText } from '../../audit/dossier/dossier-files.ts'
import type { Finding } from '../../audit/finding.ts'
import { learnedText } from '../../audit/learned-rounding.ts'
import type { WalletReconciliation } from '../../audit/reconcile-account.ts'
import { verdicts } from '../../audit/verdict.ts'
import { isZero } from '../../decimal/arithmetic.ts'
import { type AnswerGap, gapEnd } from '../../report/answer-coverage.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant } from '../output/amounts.ts'
import { printable } from '../output/printable.ts'
import { type Column, sheetObjects } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'

/** A line of an export: a finding, or a span in which charges may be missing. */
export type AuditLine =
  | { readonly record: 'finding'; readonly finding: Finding }
  | { readonly record: AnswerGap['kind']; readonly gap: AnswerGap }

const ofFinding =
  <Value>(pick: (finding: Finding) => Value) =>
  (line: AuditLine) =>
    'finding' in line ? pick(line.finding) : null

export const findingColumns: readonly Column<AuditLine>[] = [
  { field: 'record', value: ({ record }) => record },
  { field: 'id', header: 'ID', isKey: true, value: ofFinding(({ id }) => id), shown: (line) => ('finding' in line ? line.finding.id : '') },
  { field: 'verdict', header: 'VERDICT', value: ofFinding(({ verdict }) => verdict) },
  {
    field: 'at',
    header: 'CHARGED (UTC)',
    value: (line) => exportedInstant('finding' in line ? line.finding.charge.at : line.gap.span.from),
    shown: (line) => shownInstant('finding' in line ? line.finding.charge.at : line.gap.span.from),
  },
  { field: 'until', value: (line) => ('finding' in line ? null : exportedInstant(gapEnd(line.gap))) },
  { field: 'account', header: 'ACCOUNT', value: (line) => ('finding' in line ? line.finding.charge.account : line.gap.account) },
  { field: 'asset', header: 'ASSET', value: ofFinding(({ charge }) => charge.asset) },
  {
    field: 'position',
    header: 'POSITION',
    value: ofFinding(({ charge }) => [charge.marginMode, charge.instId].filter((part) => part !== '').join(' ')),
  },
  { field: 'txId', value: ofFinding(({ charge }) => charge.txId ?? null) },
  amountColumn('charged', 'CHARGED', ({ charged }) => charged),
  amountColumn('dueLow', undefined, ({ due }) => due?.low),
  amountColumn('dueHigh', 'DUE AT MOST', ({ due }) => due?.high),
  amountColumn('difference', 'DIFFERENCE', ({ difference }) => difference),
  { field: 'sentence', value: ofFinding(({ sentence }) => sentence) },
]

function amountColumn(field: string, header: string | undefined, pick: (finding: Finding) => Finding['difference']): Column<AuditLine> {
  return {
    field,
    ...(header === undefined ? {} : { header }),
    align: 'decimal',
    value: ofFinding((finding) => exportedAmount(pick(finding))),
    shown: (line) => ('finding' in line ? shownAmount(pick(line.finding)) : ''),
  }
}

export function auditLines(audits: readonly AccountAudit[], gaps: readonly AnswerGap[]): readonly AuditLine[] {
  return [
    ...gaps.map((gap): AuditLine => ({ record: gap.kind, gap })),
    ...audits.flatMap(({ findings }) => findings.map((finding): AuditLine => ({ record: 'finding', finding }))),
  ]
}

/** How many findings a table shows; exports have every one. */
const shownMax = 30

/** Everything an audit came to, for people. */
export function auditText(audits: readonly AccountAudit[], style: Style): string {
  const findings = audits.flatMap((audit) => audit.findings)
  const parts = [
    findings.length === 0 ? 'No finding.\n' : findingsText(findings, audits, style),
    printTable({ columns: verdictColumns, rows: audits }, style),
    ...audits.map((audit) => accountText(audit, style)),
  ]
  return parts.filter((part) => part !== '').join('\n')
}

function findingsText(findings: readonly Finding[], audits: readonly AccountAudit[], style: Style): string {
  const rows = findings.slice(0, shownMax).map((finding): AuditLine => ({ record: 'finding', finding }))
  const unlisted = audits.reduce((sum, audit) => sum + audit.unlisted, 0)
  const left = findings.length - rows.length + unlisted
  const more = left > 0 ? `${left} more findings are not shown: --csv or --json\n` : ''
  const sentences = rows.map((line) => ('finding' in line ? `  ${style.bold(line.finding.id)} ${printable(line.finding.sentence)}\n` : ''))
  return `${printTable({ columns: findingColumns, rows }, style)}\n${sentences.join('')}${more}`
}

const verdictColumns: readonly Column<AccountAudit>[] = [
  { field: 'account', header: 'ACCOUNT', isKey: true, value: ({ account }) => account.label },
  { field: 'charges', header: 'CHARGES', align: 'right', value: ({ summary }) => summary.charges + summary.marginCharges },
  ...verdicts.map(
    (verdict): Column<AccountAudit> => ({
      field: verdict,
      header: verdict.replaceAll('-', ' ').toUpperCase(),
      align: 'right',
      value: ({ summary }) => summary.verdicts[verdict],
    }),
  ),
]

/** Rounding learned, what is left over, and what could not be judged. */
function accountText({ account, summary, reconciliation }: AccountAudit, style: Style): string {
  const rounding = summary.rounding.map((learned) => `  ${printable(learnedText(learned))}\n`)
  const unjudged = summary.unjudged.map(({ why, count }) => `  ${count} ${printable(why)}\n`)
  const table = printTable({ columns: walletColumns, rows: reconciliation }, style)
  return [
    `${style.bold(printable(account.label))}\n`,
    rounding.length === 0 ? '' : `Rounding, as the charges themselves show it:\n${rounding.join('')}`,
    table === '' ? '' : `Balances against everything recorded between the first and the last of them:\n${table}`,
    unjudged.length === 0 ? '' : `Not proven, and so not judged:\n${unjudged.join('')}`,
  ].join('')
}

export const walletColumns: readonly Column<WalletReconciliation>[] = [
  { field: 'account', value: ({ account }) => account },
  { field: 'asset', header: 'ASSET', isKey: true, value: ({ asset }) => asset },
  { field: 'wallet', header: 'WALLET', isKey: true, value: ({ wallet }) => wallet },
  { field: 'from', value: ({ from }) => exportedInstant(from) },
  { field: 'to', value: ({ to }) => exportedInstant(to) },
  walletAmount('opening', 'OPENING', ({ opening }) => opening),
  { field: 'rows', header: 'ROWS', align: 'right', value: ({ lines }) => lines.reduce((sum, { count }) => sum + count, 0) },
  walletAmount('closing', 'CLOSING', ({ closing }) => closing),
  walletAmount('leftOver', 'LEFT OVER', ({ leftOver }) => leftOver),
  {
    field: 'note',
    header: '',
    value: ({ wallet, leftOver, unproven }) => {
      if (isZero(leftOver)) return ''
      if (unproven.length > 0) return `not proven: ${unproven.join(', ')}`
      return wallet === 'margin' ? 'came from or went to outside' : 'nothing recorded accounts for it'
    },
  },
]

function walletAmount(
  field: string,
  header: string,
  pick: (row: WalletReconciliation) => WalletReconciliation['opening'],
): Column<WalletReconciliation> {
  return { field, header, align: 'decimal', value: (row) => exportedAmount(pick(row)), shown: (row) => shownAmount(pick(row)) }
}

/** The same as one JSON document. */
export function auditDocument(audits: readonly AccountAudit[]): object {
  return {
    accounts: audits.map(({ account, summary, reconciliation, unlisted }) => ({
      account: account.label,
      exchange: account.exchange,
      charges: summary.charges,
      marginCharges: summary.marginCharges,
      verdicts: summary.verdicts,
      sums: summary.sums.map(({ asset, charged, findings, disputed }) => ({
        asset,
        charged: exportedAmount(charged),
        findings,
        disputed: exportedAmount(disputed),
      })),
      rounding: summary.rounding.map((learned) => ({
        ...learned,
        says: learnedText(learned),
        firstAt: exportedInstant(learned.firstAt),
        lastAt: exportedInstant(learned.lastAt),
      })),
      unlisted,
      unjudged: summary.unjudged.map(({ why, count, spans }) => ({
        why,
        count,
        spans: spans.map(({ from, to }) => ({ from: exportedInstant(from), to: exportedInstant(to) })),
      })),
      reconciliation: sheetObjects({ columns: walletColumns, rows: reconciliation }).map((row, place) => ({
        ...row,
        lines: reconciliation[place]?.lines.map(({ kind, count, amount }) => ({ kind, count, amount: exportedAmount(amount) })) ?? [],
      })),
    })),
    findings: audits.flatMap(({ findings }) =>
      sheetObjects({ columns: findingColumns, rows: findings.map((finding): AuditLine => ({ record: 'finding', finding })) }).map(
        ({ record: _record, until: _until, ...finding }, place) => ({ ...finding, steps: findings[place]?.steps ?? [] }),
      ),
    ),
  }
}

/** Arguments step by step. */
export function argumentsText(found: readonly ChargeArgument[], style: Style): string {
  return found.map(({ verdict, sentence, steps }) => `${style.bold(verdict)}: ${printable(sentence)}\n\n${stepsText(steps)}`).join('\n')
}

export function argumentsDocument(found: readonly ChargeArgument[]): object {
  return { arguments: found.map(({ charge, ...told }) => ({ charge: { ...charge, at: exportedInstant(charge.at) }, ...told })) }
}

/** The steps as rows, for `--csv`. */
export interface StepLine {
  readonly argument: ChargeArgument
  readonly place: number
}

export const stepColumns: readonly Column<StepLine>[] = [
  { field: 'account', value: ({ argument }) => argument.charge.account },
  { field: 'asset', value: ({ argument }) => argument.charge.asset },
  { field: 'at', value: ({ argument }) => exportedInstant(argument.charge.at) },
  { field: 'verdict', value: ({ argument }) => argument.verdict },
  { field: 'step', value: ({ place }) => place + 1 },
  { field: 'what', value: ({ argument, place }) => argument.steps[place]?.what ?? '' },
  { field: 'how', value: ({ argument, place }) => argument.steps[place]?.how ?? '' },
  { field: 'result', value: ({ argument, place }) => argument.steps[place]?.result ?? '' },
  { field: 'restsOn', value: ({ argument, place }) => argument.steps[place]?.restsOn ?? '' },
]
