const shown = '[secret]'
const shortestHidden = 4

/** Text from outside without what must not be shown: error pages like to echo the URL that was asked for. */
export function scrub(text: string, hidden: readonly string[]): string {
  return hidden.filter((value) => value.length >= shortestHidden).reduce((clean, value) => clean.replaceAll(value, shown), text)
}
