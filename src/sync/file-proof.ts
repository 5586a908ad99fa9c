import type { CoverageSpan } from '../book/record.ts'

const begin = 'file '

/** How a proof is told that a file gave: whoever imported it states of which span it is. */
export function fileProof(file: { readonly name: string; readonly of: string; readonly sha256: string; readonly span: string }): string {
  return `${begin}${file.name} of ${file.of}, SHA-256 ${file.sha256}, of ${file.span} as stated by who imported it`
}

/** Whether a file gave the proof: it speaks for its span however old that is, as no endpoint does. */
export function isFileProof({ provenBy }: Pick<CoverageSpan, 'provenBy'>): boolean {
  return provenBy.startsWith(begin)
}
