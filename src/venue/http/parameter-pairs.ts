/** A parameter as sent, percent-decoded. */
export type Pair = readonly [name: string, text: string]

/**
 * The parameters of a query or form body, in the order sent. Text that is not valid percent-encoding stays as it is;
 * the check of its value will refuse it.
 */
export function parameterPairs(raw: string): Pair[] {
  if (raw === '') return []
  const pairs: Pair[] = []
  for (const part of raw.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    if (equals === -1) pairs.push([decoded(part), ''])
    else pairs.push([decoded(part.slice(0, equals)), decoded(part.slice(equals + 1))])
  }
  return pairs
}

const encodedRe = /[%+]/

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
