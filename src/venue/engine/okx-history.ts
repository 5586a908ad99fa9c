import type { ChargeStore } from './charge-store.ts'
import type { MovementLog } from './movement-log.ts'
import type { State } from './state.ts'

/** Where the history of an OKX account is kept. */
export interface OkxHistory {
  readonly state: State
  readonly movements: MovementLog
  readonly charges: ChargeStore
}
