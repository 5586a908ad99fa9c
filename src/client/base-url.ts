import { fail } from '../errors/overdraft-error.ts'

const loopbackRe = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * The origin of an exchange's base URL. Anything but scheme, host and port is refused: a path would be signed
 * wrongly, and a password would end up in logs.
 * @throws `client.base-url`
 */
export function originOf(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return fail('client.base-url', { url: withoutPassword(baseUrl), reason: 'it is not a URL' })
  const url = new URL(baseUrl)
  const reason = objectionTo(url)
  return reason === undefined ? url.origin : fail('client.base-url', { url: withoutPassword(baseUrl), reason })
}

function objectionTo(url: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `it begins with ${url.protocol} instead of https:`
  if (url.username !== '' || url.password !== '') return 'it carries a user name or password'
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return 'it has more than scheme, host and port'
  // Keys and signatures must not travel in the clear, but to this machine itself.
  if (url.protocol === 'http:' && !loopbackRe.test(url.hostname)) return 'http: is only for this machine, use https:'
  return undefined
}

const schemeRe = /^[a-z][a-z0-9+.-]*:[\\/]*/i

/** Whether an origin is on this machine, as a venue's is. */
export function isLoopback(origin: string): boolean {
  return loopbackRe.test(new URL(origin).hostname)
}

/** Whatever stands before the last `@`: URLs are read in more ways than one, and a password may hold any character. */
function withoutPassword(text: string): string {
  const end = text.lastIndexOf('@')
  if (end === -1) return text
  const scheme = schemeRe.exec(text)?.[0] ?? ''
  return `${scheme}[secret]${text.slice(end)}`
}
