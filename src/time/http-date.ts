import { readInstant } from './instant.ts'

let shownSecond = Number.NaN
let shown = ''

/** The instant as an HTTP `Date` header writes it, to the second: `Sat, 31 Jan 2026 08:00:00 GMT`. */
export function httpDate(instant: number): string {
  const second = Math.floor(instant / 1_000)
  if (second !== shownSecond) {
    shown = new Date(second * 1_000).toUTCString()
    shownSecond = second
  }
  return shown
}

const httpDateRe = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Reads a `Date` header (`Sun, 06 Nov 1994 08:49:37 GMT`), whole seconds in epoch ms; `undefined` when it is none. */
export function readHttpDate(text: string): number | undefined {
  const [, day = '', monthName = '', year = '', time = ''] = httpDateRe.exec(text) ?? []
  const month = months.indexOf(monthName) + 1
  return month === 0 ? undefined : readInstant(`${year}-${String(month).padStart(2, '0')}-${day}T${time}Z`)
}
