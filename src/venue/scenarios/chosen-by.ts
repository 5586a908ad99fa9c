import { entriesOf, found, type Outcome, type Reader, scalarText } from './readers.ts'
import { fault, type Spot } from './reading.ts'

/** The spot of one field of a mapping, or `undefined` when it is not there. */
export function fieldSpot(spot: Spot, name: string): Spot | undefined {
  return entriesOf(spot)?.find(([field]) => field === name)?.[2]
}

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
    if (chosen === undefined) return fault(spot, `the field "${name}" is missing; it is one of: ${words}`)
    const word = scalarText(chosen)
    const reader = word !== undefined && Object.hasOwn(among, word) ? among[word] : undefined
    return reader === undefined ? fault(chosen, `should be one of: ${words}, but is ${found(chosen)}`) : reader(spot)
  }
}
