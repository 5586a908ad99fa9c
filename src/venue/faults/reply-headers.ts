import { httpDate } from '../../time/http-date.ts'
import type { ExchangeReply } from '../http/exchange-call.ts'

/** The reply with a header set to another value, added, or (`undefined`) left out. */
export function withHeader(reply: ExchangeReply, name: string, value: string | undefined): ExchangeReply {
  const headers: string[] = []
  let isThere = false
  for (let index = 0; index < reply.headers.length; index += 2) {
    const [other = '', old = ''] = reply.headers.slice(index, index + 2)
    const isIt = other.toLowerCase() === name.toLowerCase()
    isThere ||= isIt
    if (!isIt) headers.push(other, old)
    else if (value !== undefined) headers.push(other, value)
  }
  if (!isThere && value !== undefined) headers.push(name, value)
  return { ...reply, headers }
}

/** The reply with another body, and the length that fits it. */
export function withBody(reply: ExchangeReply, body: string): ExchangeReply {
  return { ...withHeader(reply, 'Content-Length', Buffer.byteLength(body).toString()), body }
}

/** A reply that no face gave: of a gateway, a proxy or a firewall. `now` is the instant its clock shows. */
export function gatewayReply(status: number, contentType: string | undefined, body: string, now: number): ExchangeReply {
  const type = contentType === undefined ? [] : ['Content-Type', contentType]
  return {
    status,
    headers: ['Date', httpDate(now), ...type, 'Content-Length', Buffer.byteLength(body).toString(), 'Server', 'Tengine'],
    body,
  }
}

/** A page such as gateways send. */
export function htmlPage(title: string): string {
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`
}
