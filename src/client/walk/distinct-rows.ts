/** The rows of a reply without those that came twice, word for word, in their order. */
export function distinctRows<Row>(rows: readonly Row[]): Row[] {
  const seen = new Set<string>()
  return rows.filter((row) => {
    const text = rowText(row)
    if (seen.has(text)) return false
    seen.add(text)
    return true
  })
}

/** A row as text: of equal rows the same. */
export function rowText(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
