import { compare, strip } from '../../decimal/arithmetic.ts'
import { type Decimal, toText } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Finding } from '../finding.ts'
import type { DossierRows } from './dossier-rows.ts'

const asks: Readonly<Record<Finding['verdict'], string>> = {
  'wrong-principal': 'Please tell us which principal this charge was computed on, and correct the difference.',
  'wrong-rate': 'Please tell us which rate was in force for this charge, and correct the difference.',
  'not-due': 'Please tell us by which rule this charge was due, or take it back.',
  missing: 'Please tell us whether this charge was made, and why your history does not show it.',
  duplicate: 'Please take back the charge that was made a second time.',
  unexplained: 'Please tell us how this amount was computed, and correct it if it is wrong.',
}

const exchanges = { binance: 'Binance', okx: 'OKX' } as const

/** A short letter to a support desk in plain words; the account is named by the exchange's own records, not by our label. */
export function letterOf({ id, verdict, charge, charged, due, difference, sentence }: Finding, { account, proofs }: DossierRows): string {
  const { asset, instId, marginMode, at, txId } = charge
  const where = [marginMode, instId].filter((part) => part !== '').join(' ')
  const lines = [
    `To ${exchanges[account.exchange]} support`,
    `About interest on ${asset}${where === '' ? '' : ` (${where})`} at ${isoInstant(at)}, epoch ms ${at}${txId === undefined ? '' : `, txId ${txId}`}`,
    '',
    `${sentence}.`,
    '',
    verdict === 'missing' ? 'Charged: nothing that your history shows' : `Charged: ${shown(charged)} ${asset}`,
    `Due: ${due === undefined ? 'cannot be told from what your interfaces show' : `${boundsOf(due)} ${asset}`}`,
    ...(difference === undefined ? [] : [`Difference: ${isAtLeast(difference, due) ? 'at least ' : ''}${shown(difference)} ${asset}`]),
    '',
    asks[verdict],
    '',
    'Enclosed: the rows as your interfaces sent them (rows.jsonl), those around them and what else bears on them',
    '(witnesses.jsonl), when they were received, the requests by which we know that none is left out (proofs.jsonl),',
    'the computation step by step (computation.txt), and SHA-256 of each file (manifest.sha256).',
    ...(proofs.length === 0 ? ['No request proves that the histories are complete at that instant.'] : []),
    '',
    `Our reference: ${id}`,
  ]
  return `${lines.join('\n')}\n`
}

/** Too much beyond what may have been due at most. */
function isAtLeast(difference: Decimal, due: Finding['due']): boolean {
  return due !== undefined && compare(due.low, due.high) < 0 && difference.mantissa > 0n
}

function boundsOf({ low, high }: NonNullable<Finding['due']>): string {
  return toText(strip(low)) === toText(strip(high)) ? shown(low) : `${shown(low)} to ${shown(high)}`
}

function shown(amount: Decimal): string {
  return toText(strip(amount))
}
