import type { Kysely } from 'kysely'
import type { BookEngine } from '../engines/engine.ts'

/** One step of the schema. Once released it is never changed; the next step gets the next number. */
export interface Migration {
  readonly number: number
  readonly name: string
  apply(db: Kysely<never>, engine: BookEngine['kind']): Promise<void>
}
