import { fail } from '../errors/overdraft-error.ts'
import { contains } from '../time/interval.ts'
import { csvFields } from './csv-line.ts'
import { type BillLayout, type BillOfFile, billLayout, billOfLine, type Wrong } from './okx-bill-line.ts'
import { admitted, type Quarter } from './quarter.ts'

interface WrongLine extends Wrong {
  readonly line: number
}

const keptWrongLines = 20
const byteOrderMarkRe = /^\uFEFF/
/** How zip and gzip files begin. */
const archiveMarks = ['PK\u0003\u0004', '\u001f'] as const

/**
 * The bills of a file that OKX gave of a quarter (facts B5), line by line; it is known only at the end whether all of them
 * were right. What was given before is not to be believed where it then throws.
 *
 * @param name how the file is called
 * @throws `import.malformed` with each wrong line, the first twenty of them in words
 */
export async function* billsOfFile(name: string, lines: AsyncIterable<string>, quarter: Quarter): AsyncGenerator<BillOfFile> {
  const wrong: WrongLine[] = []
  const within = admitted(quarter)
  let layout: BillLayout | undefined
  let [line, count] = [0, 0]
  const tell = ({ value, reason }: Wrong) => {
    count += 1
    if (wrong.length < keptWrongLines) wrong.push({ line, value, reason })
  }
  for await (const raw of lines) {
    line += 1
    const text = line === 1 ? raw.replace(byteOrderMarkRe, '') : raw
    if (text.trim() === '') continue
    const fields = csvFields(text)
    if (layout === undefined) {
      const read = headingOf(text, fields)
      if ('reason' in read) fail('import.malformed', { name, wrong: [{ line, ...read }], count: 1 })
      layout = read
      continue
    }
    const bill = fields === undefined ? unclosed(text) : billOfLine(fields, layout)
    if ('reason' in bill) tell(bill)
    else if (contains(within, bill.ts)) yield bill
    else tell({ value: bill.ts.toString(), reason: `lies outside the quarter ${quarter.name}, which this file was said to be of` })
  }
  if (layout === undefined) tell({ value: '', reason: 'where the names of the columns should stand: the file is empty' })
  if (count > 0) fail('import.malformed', { name, wrong, count })
}

function headingOf(text: string, fields: readonly string[] | undefined): BillLayout | Wrong {
  if (archiveMarks.some((mark) => text.startsWith(mark)))
    return { value: '', reason: 'begins a packed file: unpack it first, for example with unzip' }
  return fields === undefined ? unclosed(text) : billLayout(fields)
}

function unclosed(value: string): Wrong {
  return { value, reason: 'has a quote that is not closed' }
}
