import fc from 'fast-check'
import type { Endpoint } from '../../../src/contracts/contract.ts'
import { fuzzFactor } from './fuzz-runs.ts'
import { goodText, type TrapName, trapNames, traps } from './traps.ts'

/** One parameter sent wrongly. */
export interface Change {
  readonly parameter: string
  readonly trap: TrapName
  /** Which of the trap's texts. */
  readonly pick: number
}

/** How a call is made; all that is left out of it is as it should be. */
export interface Plan<Envelope extends string> {
  readonly changes: readonly Change[]
  readonly envelope: Envelope
  /** Which optional parameters are sent, and with which texts. */
  readonly pick: number
}

const picks = fc.nat(1_000)

/** Calls to an endpoint with up to three parameters sent wrongly. */
export function planOf<Envelope extends string>({ parameters }: Endpoint, envelopes: readonly Envelope[]): fc.Arbitrary<Plan<Envelope>> {
  const names = Object.keys(parameters)
  const change = fc.record({ parameter: fc.constantFrom(...names, 'unknown'), trap: fc.constantFrom(...trapNames), pick: picks })
  return fc.record({
    changes: fc.uniqueArray(change, { maxLength: 3, selector: ({ parameter }) => parameter }),
    envelope: fc.constantFrom(...envelopes),
    pick: picks,
  })
}

/**
 * Every parameter in every trap, and every envelope: the calls that are made whatever the seed. In a long run with
 * each text of each trap, otherwise with one; with two where a call may change something.
 */
export function systematicPlans<Envelope extends string>(
  endpoint: Endpoint,
  ordinary: Envelope,
  envelopes: readonly Envelope[],
): Plan<Envelope>[] {
  const { parameters } = endpoint
  const changes = [...Object.keys(parameters), 'unknown'].flatMap((parameter, place) =>
    trapNames.flatMap((trap, index): Change[] => {
      const type = parameters[parameter]?.type ?? { expects: '', documented: '', parse: (text) => text, print: String }
      const all = traps[trap]({ name: parameter, type, good: '1', now: 0 }).length
      const picks =
        fuzzFactor > 1 ? Array.from({ length: all }, (_, pick) => pick) : endpoint.changesState ? [0, 1 + place + index] : [place + index]
      return picks.map((pick) => ({ parameter, trap, pick }))
    }),
  )
  return [
    ...changes.map((change, pick) => ({ changes: [change], envelope: ordinary, pick })),
    ...envelopes.map((envelope, pick) => ({ changes: [], envelope, pick })),
  ]
}

/** The parameters as raw pieces of a query, in the order of the table: what is mandatory and some of the rest, as planned. */
export function piecesOf<Envelope extends string>({ parameters }: Endpoint, { changes, pick }: Plan<Envelope>, now: number): string[] {
  const changed = new Map(changes.map((change) => [change.parameter, change]))
  const pieces = Object.entries(parameters).flatMap(([name, { need, type }], place): string[] => {
    const good = goodText(name, type, now, pick + place)
    const change = changed.get(name)
    if (change !== undefined) return [chosen(traps[change.trap]({ name, type, good, now }), change.pick)]
    const isSent = need === 'mandatory' || (pick >> (place % 8)) % 3 === 0
    return isSent && name !== 'recvWindow' ? [`${name}=${good}`] : []
  })
  const unknown = changed.get('unknown')
  const type = { expects: '', documented: '', parse: (text: string) => text, print: String }
  if (unknown !== undefined) pieces.push(chosen(traps[unknown.trap]({ name: 'unknown', type, good: '1', now }), unknown.pick))
  return pieces.filter((piece) => piece !== '')
}

function chosen(texts: readonly string[], pick: number): string {
  return texts[pick % texts.length] ?? ''
}
