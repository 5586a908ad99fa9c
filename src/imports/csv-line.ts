const quote = '"'

/**
 * The fields of one line of CSV, without the space around them; a field in quotes may hold commas, and quotes that are
 * doubled. `undefined` where a quote is not closed within the line or something stands behind it.
 */
export function csvFields(line: string): readonly string[] | undefined {
  const fields: string[] = []
  for (let place = 0; place <= line.length; ) {
    const field = fieldAt(line, place)
    if (field === undefined) return undefined
    fields.push(field.text)
    place = field.end + 1
  }
  return fields
}

/** A field that begins at a place, and where the comma behind it, or the end of the line, is. */
function fieldAt(line: string, from: number): { readonly text: string; readonly end: number } | undefined {
  let begins = from
  while (line[begins] === ' ' || line[begins] === '\t') begins++
  if (line[begins] !== quote) {
    const comma = line.indexOf(',', from)
    const end = comma === -1 ? line.length : comma
    return { text: line.slice(from, end).trim(), end }
  }
  let text = ''
  for (let place = begins + 1; place < line.length; place++) {
    if (line[place] !== quote) text += line[place]
    else if (line[place + 1] === quote) text += line[place++]
    else {
      const comma = line.indexOf(',', place)
      const end = comma === -1 ? line.length : comma
      return line.slice(place + 1, end).trim() === '' ? { text: text.trim(), end } : undefined
    }
  }
  return undefined
}
