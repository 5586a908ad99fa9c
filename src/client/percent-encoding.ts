const leftByPlatformRe = /[!'()*]/g

/** RFC 3986: everything but unreserved characters is encoded, also those that `encodeURIComponent` leaves (facts A1.1). */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(leftByPlatformRe, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Parameters as a query string, in their order. */
export function queryString(parameters: Iterable<readonly [name: string, text: string]>): string {
  return [...parameters].map(([name, text]) => `${percentEncode(name)}=${percentEncode(text)}`).join('&')
}
