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
