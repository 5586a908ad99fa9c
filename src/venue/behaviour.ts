import { fail } from '../errors/overdraft-error.ts'
import { defaultBehaviour, type EngineBehaviour } from './engine/behaviour.ts'
import { type ChoiceOf, faceChoices, faceNumbers } from './face-options.ts'

type Choices = typeof faceChoices
type Numbers = typeof faceNumbers

/** The named options of the faces; the engine has such options of its own, and together they are the `behaviour` of a venue. */
export type FaceBehaviour = { readonly [Name in keyof Choices]: ChoiceOf<Choices[Name]> } & {
  readonly [Name in keyof Numbers]: number
}

const names = Object.keys(faceChoices) as readonly (keyof Choices)[]
const numberNames = Object.keys(faceNumbers) as readonly (keyof Numbers)[]

/**
 * The behaviour with its defaults filled in.
 * @throws `venue.behaviour-malformed` naming the option and its choices
 */
export function faceBehaviour(given: Partial<FaceBehaviour> = {}): FaceBehaviour {
  const values: Record<string, unknown> = {}
  for (const name of names) {
    const allowed: readonly string[] = faceChoices[name].choices.map(([choice]) => choice)
    const value = given[name] ?? allowed[0]
    if (value === undefined || !allowed.includes(value)) fail('venue.behaviour-malformed', { name, value, choices: allowed })
    values[name] = value
  }
  for (const name of numberNames) {
    const { normal, least } = faceNumbers[name]
    const value = given[name] ?? normal
    if (!Number.isSafeInteger(value) || value < least) {
      fail('venue.behaviour-malformed', { name, value, choices: [`a whole number from ${least}`] })
    }
    values[name] = value
  }
  return Object.freeze(values) as FaceBehaviour
}

/**
 * The behaviour of a venue split between its faces and its engine.
 * @throws `venue.behaviour-malformed`, `venue.behaviour-unknown`
 */
export function venueBehaviour(given: Partial<FaceBehaviour & EngineBehaviour> = {}): {
  readonly face: FaceBehaviour
  readonly engine: Partial<EngineBehaviour>
} {
  const faceNames: readonly string[] = [...names, ...numberNames]
  const engine: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (faceNames.includes(name)) continue
    if (!Object.hasOwn(defaultBehaviour, name))
      fail('venue.behaviour-unknown', { name, known: [...faceNames, ...Object.keys(defaultBehaviour)] })
    engine[name] = value
  }
  return { face: faceBehaviour(given), engine }
}
