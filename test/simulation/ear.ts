import type { Venue } from '../../src/venue/index.ts'
import { must } from './must.ts'
import type { Followed } from './shadow-follow.ts'

const kinds = { 'negative-balance': 'negative', 'margin-loan': 'loan', okx: 'okx' } as const

/** Listens to a venue, and holds what it was told to what happened. */
export class Ear {
  #movements: bigint[] = []
  #boundaries = new Map<string, number>()
  /** Something may have happened of which nobody had to be told. */
  #isDeaf = true

  listenTo(venue: Venue): void {
    venue.subscribe((event) => {
      if (event.kind === 'movement') this.#movements.push(event.movement.id)
      if (event.kind === 'boundary' && event.charges > 0) this.#boundaries.set(`${kinds[event.of]} ${event.at}`, event.charges)
    })
    this.forget()
  }

  /** What happens while a disk is full, or is gone back from, need not be told. */
  forget(): void {
    this.#isDeaf = true
  }

  check(followed: Followed): void {
    if (!this.#isDeaf) this.#compare(followed)
    this.#isDeaf = false
    this.#movements = []
    this.#boundaries = new Map()
  }

  #compare({ movements, charges }: Followed): void {
    const told = this.#movements.join(' ')
    const booked = movements.map(({ id }) => id).join(' ')
    must(told === booked, () => `who listens is told each movement, in order: told ${told} of ${booked}`)
    const boundaries = new Map<string, number>()
    for (const { kind, at, type } of charges) {
      const key = `${kind} ${at}`
      if (type !== 'on-borrow') boundaries.set(key, (boundaries.get(key) ?? 0) + 1)
    }
    for (const key of new Set([...boundaries.keys(), ...this.#boundaries.keys()])) {
      must(
        boundaries.get(key) === this.#boundaries.get(key),
        () => `who listens is told ${boundaries.get(key)} charges of ${key}: ${this.#boundaries.get(key)}`,
      )
    }
  }
}
