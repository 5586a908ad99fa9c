const needsQuotesRe = /[",\r\n]/
const looksLikeFormulaRe = /^[=+@\t\r]|^-(?![\d.])/

/** One field of RFC 4180. A spreadsheet would run text from outside that begins like a formula: it gets an apostrophe. */
export function csvField(text: string): string {
  const safe = looksLikeFormulaRe.test(text) ? `'${text}` : text
  return needsQuotesRe.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
