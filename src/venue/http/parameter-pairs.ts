/** A parameter as sent, percent-decoded. */
export type Pair = readonly [name: string, text: string]

/**
 * The parameters of a query or form body, in the order sent. Text that is not valid percent-encoding stays as it is;
 * the check of its value will refuse it.
 */
export function parameterPairs(raw: string): Pair[] {
  if (raw === '') return []
  const pairs: Pair[] = []
  // Most texts have nothing to decode, and are looked through for that only once.
  const read = encodedRe.test(raw) ? decoded : asItIs
  let start = 0
  while (start < raw.length) {
    const ampersand = raw.indexOf('&', start)
    const end = ampersand === -1 ? raw.length : ampersand
    const equals = raw.indexOf('=', start)
    if (equals !== -1 && equals < end) pairs.push([read(raw.slice(start, equals)), read(raw.slice(equals + 1, end))])
    else if (start < end) pairs.push([read(raw.slice(start, end)), ''])
    start = end + 1
  }
  return pairs
}

const encodedRe = /[%+]/

function asItIs(text: string): string {
  return text
}

function decoded(text: string): string {
  if (!encodedRe.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** The first of every name. */
export function firstOfEach(pairs: readonly Pair[]): Pair[] {
  const seen = new Set<string>()
  return pairs.filter(([name]) => !seen.has(name) && seen.add(name))
}
