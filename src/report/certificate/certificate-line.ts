import type { RowFinding } from '../../book/record.ts'

/** A row in a certificate: its instant, the texts of its key, and the first 8 characters of its link. */
export type CertificateRow = readonly [at: number, ...texts: string[]]

export interface HeadLine {
  readonly kind: 'head'
  readonly format: string
  readonly version: number
  /** ISO 8601 in UTC. */
  readonly madeAt: string
  readonly madeBy: string
  readonly accounts: readonly { readonly label: string; readonly exchange: string; readonly addedAt: string }[]
}

/** Begins a stream; every line up to the next one is about it. */
export interface StreamLine {
  readonly kind: 'stream'
  readonly account: string
  readonly stream: string
  /** h0 of its rows, hexadecimal. */
  readonly start: string
}

/** Spans of the stream's history, instants as epoch ms: [from, to], of what is proven also by which request and when. */
export interface SpansLine {
  readonly kind: 'proven' | 'unproven' | 'lost' | 'proofs'
  readonly spans: readonly (readonly [from: number, to: number, provenBy?: string, provenAt?: number])[]
}

export interface FindingsLine {
  readonly kind: 'findings'
  readonly findings: readonly Pick<RowFinding, 'kind' | 'row' | 'at' | 'came' | 'sentence' | 'foundAt'>[]
}

/** Up to 1,000 rows, all of one UTC month, and the whole link after the last of them, hexadecimal. */
export interface RowsLine {
  readonly kind: 'rows'
  readonly rows: readonly CertificateRow[]
  readonly chain: string
}

export interface EndLine {
  readonly kind: 'end'
  readonly rows: number
  readonly chain: string
}

/** The last line: SHA-256 over every byte before it. */
export interface SealLine {
  readonly kind: 'seal'
  readonly lines: number
  readonly seal: string
}

export type CertificateLine = HeadLine | StreamLine | SpansLine | FindingsLine | RowsLine | EndLine | SealLine
