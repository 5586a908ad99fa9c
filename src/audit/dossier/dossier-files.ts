import { createHash } from 'node:crypto'
import { strip } from '../../decimal/arithmetic.ts'
import { type Decimal, isDecimal, toText } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Finding, Step } from '../finding.ts'
import type { DossierRows } from './dossier-rows.ts'
import { letterOf } from './letter.ts'
import { chargeOnTheWire, marginChargeOnTheWire } from './wire-rows.ts'

/** One file of a dossier. */
export interface DossierFile {
  readonly name: string
  readonly text: string
}

const readMe = `One finding of an audit, for a support desk.

letter.txt        what is asked, in plain words
computation.txt   how the charge was recomputed, step by step, and what each step rests on
finding.json      the same for programs
rows.jsonl        a line for each row of interest around the charge: "row" is the row as the exchange sent it, its fields
                  in the order of its document and every digit as it came; "receivedAt" is when it came
witnesses.jsonl   balances, movements and published rates around the charge, in the book's own fields: of these rows only
                  those fields are kept, so that they are not byte for byte what came
proofs.jsonl      the requests by which the histories are known to be complete at that instant, without signatures
manifest.sha256   SHA-256 of every other file; check it with: sha256sum --check manifest.sha256

A row of rows.jsonl is byte for byte what came, but for two cases: fields that the exchange's document does not know stand
at the end, wherever they stood; and a number that came with an exponent is written out.
`

/** The files about one finding, the manifest last. */
export function dossierFiles(finding: Finding, rows: DossierRows): readonly DossierFile[] {
  const files: DossierFile[] = [
    { name: 'README.txt', text: readMe },
    { name: 'letter.txt', text: letterOf(finding, rows) },
    { name: 'computation.txt', text: computationOf(finding) },
    { name: 'finding.json', text: `${JSON.stringify(finding, decimalsAsText, 2)}\n` },
    { name: 'rows.jsonl', text: wireLines(rows) },
    { name: 'witnesses.jsonl', text: witnessLines(rows) },
    {
      name: 'proofs.jsonl',
      text: lines(
        rows.proofs.map((proof) => ({
          ...proof,
          from: isoInstant(proof.from),
          to: isoInstant(proof.to),
          provenAt: isoInstant(proof.provenAt),
        })),
      ),
    },
  ]
  const manifest = files.map(({ name, text }) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`).join('')
  return Object.freeze([...files, { name: 'manifest.sha256', text: manifest }])
}

/** Steps as people read them: what, how, what comes out, what it rests on. */
export function stepsText(steps: readonly Step[]): string {
  return steps
    .map(({ what, how, result, restsOn }, place) => {
      const rests = restsOn === '' ? '' : `   rests on: ${restsOn}\n`
      return `${place + 1}. ${what}\n   ${how}\n   = ${result}\n${rests}`
    })
    .join('')
}

function computationOf({ sentence, charged, due, difference, steps }: Finding): string {
  const bounds = due === undefined ? 'not known' : `${shown(due.low)} to ${shown(due.high)}`
  const summary = `charged ${shown(charged)}, due ${bounds}${difference === undefined ? '' : `, difference ${shown(difference)}`}`
  return `${sentence}\n\n${stepsText(steps)}\n${summary}\n`
}

function wireLines({ account, charges, marginCharges }: DossierRows): string {
  const told = (history: string, at: number, receivedAt: number, row: string) =>
    `{"history":${JSON.stringify(history)},"at":${JSON.stringify(isoInstant(at))},"receivedAt":${JSON.stringify(isoInstant(receivedAt))},"row":${row}}\n`
  const history = account.exchange === 'binance' ? 'interest-history' : 'interest-accrued'
  return [
    ...charges.map((charge) => told(history, charge.at, charge.receivedAt, chargeOnTheWire(charge, account.exchange))),
    ...marginCharges.map((charge) => told('marginInterestHistory', charge.at, charge.receivedAt, marginChargeOnTheWire(charge))),
  ].join('')
}

function witnessLines({ balances, movements, rates }: DossierRows): string {
  return lines([
    ...balances.map((row) => ({ witness: 'balance', ...row, takenAt: isoInstant(row.takenAt), updatedAt: isoInstant(row.updatedAt) })),
    ...movements.map((row) => ({ witness: 'movement', ...row, at: isoInstant(row.at), receivedAt: isoInstant(row.receivedAt) })),
    ...rates.map((row) => ({ witness: 'published rate', ...row, at: isoInstant(row.at), receivedAt: isoInstant(row.receivedAt) })),
  ])
}

function lines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row, decimalsAsText)}\n`).join('')
}

function decimalsAsText(_name: string, value: unknown): unknown {
  return isDecimal(value) ? toText(value) : value
}

function shown(amount: Decimal): string {
  return toText(strip(amount))
}
