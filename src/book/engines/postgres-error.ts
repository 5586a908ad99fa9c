import { fail, isOverdraftError, overdraftError } from '../../errors/overdraft-error.ts'

/** The address without user and password, as error texts show it. @throws `book.address-malformed` */
export function printableServer(url: string): string {
  if (!URL.canParse(url)) return fail('book.address-malformed', { reason: 'it is not a URL' })
  const { protocol, host, pathname } = new URL(url)
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') {
    return fail('book.address-malformed', { reason: `it begins with ${protocol}` })
  }
  return `${protocol}//${host}${pathname}`
}

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  '57P01',
  '57P03',
  '3D000',
])

/** What the server or the connection says, as one of our errors, decided by SQLSTATE; others pass as they are. */
export function asPostgresError(server: string, error: unknown): unknown {
  if (isOverdraftError(error) || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '53100') return overdraftError('storage.full', { path: server }, error)
  if (code === '55P03') return overdraftError('storage.locked', { path: server }, error)
  if (code === 'XX001' || code === 'XX002') return overdraftError('storage.damaged', { path: server, reason: error.message }, error)
  // Class 08: the connection; class 28: who may connect.
  const broken =
    code.startsWith('08') || code.startsWith('28') || unreachableCodes.has(code) || /Connection terminated|timeout/i.test(error.message)
  if (broken) return overdraftError('book.server-unreachable', { server, reason: error.message || code }, error)
  return error
}
