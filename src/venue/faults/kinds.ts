import { binanceFaultKinds } from './kinds-binance.ts'
import { okxFaultKinds } from './kinds-okx.ts'
import { viewFaultKinds } from './kinds-view.ts'
import { wireFaultKinds } from './kinds-wire.ts'
import type { StatedKind } from './stated-kind.ts'

/** Every kind of fault there is. Validation, the scenario reader, the admin face and docs/faults.md are made from it. */
export const faultKinds = Object.freeze({ ...binanceFaultKinds, ...okxFaultKinds, ...wireFaultKinds, ...viewFaultKinds })

export type FaultKinds = typeof faultKinds
export type FaultKind = keyof FaultKinds

export const faultKindNames = Object.freeze(Object.keys(faultKinds)) as readonly FaultKind[]

export function statedKind(kind: FaultKind): StatedKind {
  return faultKinds[kind]
}
