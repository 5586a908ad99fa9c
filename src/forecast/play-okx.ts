import { interestOn } from '../rules/interest.ts'
import { type OkxLiability, okxCrossLiability } from '../rules/okx-liability.ts'
import { boundaryAtOrBefore, everyHour, nextBoundary } from '../time/boundary.ts'
import type { Certainty, PlayedCharge } from './play-event.ts'
import { amountOfUnits, type OkxHolding, type OkxPlayState, type OkxPosition, withHolding } from './play-state.ts'

/** The cross liability of a currency as it stands. */
export function crossLiability({ cash, unrealised, spotBorrowed, quota, autoBorrow }: OkxHolding): OkxLiability {
  return okxCrossLiability({ cash, unrealised, spotBorrowed }, quota.amount, autoBorrow)
}

/** The first full hour strictly after `after` at which something is charged. */
export function nextOnOkx(state: OkxPlayState, after: number): number {
  const owes = [...state.holdings.values()].some(
    (holding) => crossLiability(holding).charged > 0n || holding.positions.some(({ liability }) => liability > 0n),
  )
  return owes ? nextBoundary(after, everyHour) : Number.POSITIVE_INFINITY
}

/** What a full hour charges, all of it computed before any of it is taken (facts B4). */
export function playOkx(before: OkxPlayState, at: number): { readonly state: OkxPlayState; readonly events: readonly PlayedCharge[] } {
  if (boundaryAtOrBefore(at, everyHour) !== at) return { state: before, events: [] }
  const events: PlayedCharge[] = []
  let { holdings } = before
  for (const holding of before.holdings.values()) {
    const { after, charges } = chargeHolding(holding, at)
    if (charges.length === 0) continue
    events.push(...charges)
    holdings = withHolding(holdings, after)
  }
  return { state: { ...before, holdings }, events }
}

/** Cross interest and that of VIP loans is taken from cash; isolated interest is added to the position. */
function chargeHolding(holding: OkxHolding, at: number): { readonly after: OkxHolding; readonly charges: readonly PlayedCharge[] } {
  const charges: PlayedCharge[] = []
  let cash = holding.cash
  const cross = crossCharge(holding, at)
  if (cross !== undefined) {
    charges.push(cross)
    cash -= cross.interest?.mantissa ?? 0n
  }
  const positions = holding.positions.map((position) => {
    if (position.liability === 0n) return position
    const charge = positionCharge(holding, position, at)
    charges.push(charge)
    const interest = charge.interest?.mantissa ?? 0n
    if (position.kind === 'isolated') return Object.freeze({ ...position, liability: position.liability + interest })
    cash -= interest
    return position
  })
  return { after: { ...holding, cash, positions }, charges }
}

function crossCharge(holding: OkxHolding, at: number): PlayedCharge | undefined {
  const { charged, sharingQuota } = crossLiability(holding)
  if (charged === 0n) return undefined
  return chargeOn(holding, charged, holding.rateDaily, {
    of: 'cross',
    position: 'cross',
    at,
    certainty: certaintyOf(holding, sharingQuota),
  })
}

/** Losses that are not realised move with prices. */
function certaintyOf({ isTold, quota, unrealised }: OkxHolding, sharingQuota: bigint): Certainty {
  if (!isTold || (unrealised < 0n && sharingQuota > 0n)) return 'about'
  return sharingQuota <= quota.amount || quota.known === 'exact' ? 'exact' : 'at-most'
}

function positionCharge(holding: OkxHolding, { kind, instId, liability, rateDaily }: OkxPosition, at: number): PlayedCharge {
  const position = kind === 'isolated' ? `isolated ${instId}` : 'vip'
  return chargeOn(holding, liability, rateDaily, { of: kind, position, at, certainty: holding.isTold ? 'exact' : 'about' })
}

function chargeOn(
  { asset }: OkxHolding,
  principal: bigint,
  rateDaily: OkxHolding['rateDaily'],
  manner: Pick<PlayedCharge, 'of' | 'position' | 'at' | 'certainty'>,
): PlayedCharge {
  const interest = rateDaily === undefined ? undefined : amountOfUnits(interestOn(principal, rateDaily, 24n), 'okx')
  return Object.freeze({ kind: 'charge', ...manner, asset, principal: amountOfUnits(principal, 'okx'), rateDaily, interest })
}
