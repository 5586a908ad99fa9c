import { httpDate } from '../../time/http-date.ts'

/** The headers every JSON reply begins with, name and value in turn; `now` is the venue's instant. */
export function jsonHeaders(body: string, now: number, contentType = 'application/json'): string[] {
  return ['Date', httpDate(now), 'Content-Type', contentType, 'Content-Length', Buffer.byteLength(body).toString()]
}
