import { hash } from 'node:crypto'
import { type CanonicalRow, canonicalText } from './canonical-row.ts'

/** Bytes of a link that stand beside each row: 8 characters of base64url. */
const shortBytes = 6

export const certificateFormat = 'overdraft-certificate'
export const certificateVersion = 1

/** What the chain of a stream begins from: h0 = SHA-256 of this text. */
export function chainContext(account: string, stream: string): string {
  return JSON.stringify([certificateFormat, certificateVersion, account, stream])
}

export function firstLink(account: string, stream: string): Buffer {
  return hash('sha256', chainContext(account, stream), 'buffer')
}

/** h_i = SHA-256(h_(i-1) || canonical text of row i). */
export function nextLink(before: Buffer, row: CanonicalRow): Buffer {
  return hash('sha256', Buffer.concat([before, Buffer.from(canonicalText(row))]), 'buffer')
}

export function shortLink(link: Buffer): string {
  return link.toString('base64url', 0, shortBytes)
}

/** SHA-256 of a text in hexadecimal digits. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}
