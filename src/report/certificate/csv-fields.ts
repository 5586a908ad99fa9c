const quotedRe = /^\s*"/

/** The fields of one line of CSV (RFC 4180); `undefined` when a quoted field does not end in this line. */
export function csvFields(line: string): readonly string[] | undefined {
  if (!line.includes('"')) return line.split(',')
  const fields: string[] = []
  let rest = line
  for (;;) {
    if (!quotedRe.test(rest)) {
      const comma = rest.indexOf(',')
      fields.push(comma === -1 ? rest : rest.slice(0, comma))
      if (comma === -1) return fields
      rest = rest.slice(comma + 1)
      continue
    }
    const found = /^\s*"((?:[^"]|"")*)"(,|$)/.exec(rest)
    if (found === null) return undefined
    fields.push((found[1] ?? '').replaceAll('""', '"'))
    if (found[2] === '') return fields
    rest = rest.slice(found[0].length)
  }
}
