import { entriesOf, found, type Outcome, type Reader, scalarText } from './readers.ts'
import { fault, missing } from './reading.ts'

/**
 * A mapping whose other fields follow from the word in one of them.
 *
 * @param among what that word may be, with the reader of the whole mapping
 */
export function chosenBy<Value>(name: string, among: Readonly<Record<string, Reader<Value>>>): Reader<Value> {
  return (spot): Outcome<Value> => {
    const entries = entriesOf(spot)
    if (entries === undefined) return undefined
    const words = Object.keys(among).join(', ')
    const chosen = entries.find(([field]) => field === name)?.[2]
    if (chosen === undefined) return missing(spot, name, `; it is one of: ${words}`)
    const word = scalarText(chosen)
    const reader = word !== undefined && Object.hasOwn(among, word) ? among[word] : undefined
    return reader === undefined ? fault(chosen, `should be one of: ${words}, but is ${found(chosen)}`) : reader(spot)
  }
}
