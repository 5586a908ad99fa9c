import type { Charge, MarginCharge } from '../../src/book/record.ts'
import { add, strip } from '../../src/decimal/arithmetic.ts'
import { type Decimal, decimal, decimalOf } from '../../src/decimal/decimal.ts'
import { hourMs, minuteMs, secondMs } from '../../src/time/units.ts'
import type { Draws } from '../simulation/draws.ts'
import { anotherPrincipal, anotherRate, areApart, interestBy, type Way } from './changed-figures.ts'
import { chargeKey, type Ground } from './ground.ts'
import { type Attempt, doubted, type Planted } from './planted.ts'
import type { WorldLog } from './world.ts'

const scale = 8
const unit = decimalOf(1n, scale)

/** Kinds of errors on a Binance account; each plants one. */
export function plantersOnBinance(log: WorldLog): Readonly<Record<string, (draws: Draws, ground: Ground) => Attempt>> {
  return {
    'rounding, row alone': (draws, ground) => changeEither(draws, ground, doubted, (row) => offByUnits(draws, row)),
    'interest, row alone': (draws, ground) => changeEither(draws, ground, ['unexplained'], (row) => otherInterest(draws, row)),
    'principal, row alone': (draws, ground) => {
      return changeEither(draws, ground, ['unexplained', 'wrong-principal'], (row, way) => otherPrincipal(draws, row, way, false))
    },
    'rate, row alone': (draws, ground) => {
      return changeEither(draws, ground, ['unexplained', 'wrong-rate'], (row, way) => otherRate(draws, row, way, false))
    },
    'principal and interest, row alone': (draws, ground) => {
      return changeEither(draws, ground, ['wrong-principal'], (row, way) => otherPrincipal(draws, row, way, true))
    },
    'rate and interest, row alone': (draws, ground) => {
      return changeEither(draws, ground, ['wrong-rate'], (row, way) => otherRate(draws, row, way, true))
    },
    'principal and interest, everywhere': (draws, ground) => principalEverywhere(draws, ground, log),
    'rate and interest, everywhere': rateEverywhere,
    'missing, row alone': missingRow,
    'missing, everywhere': (draws, ground) => missingEverywhere(draws, ground, log),
    'missing hour of a loan': missingHour,
    'twice a day': twiceADay,
    'twice an hour': twiceAnHour,
    'not due, row alone': (draws, ground) => notDue(draws, ground, false),
    'not due, everywhere': (draws, ground) => notDue(draws, ground, true),
    'borrowing of nothing': borrowingOfNothing,
  }
}

type Figures = { readonly principal: Decimal; readonly rate: Decimal; readonly interest: Decimal }
type Change = (row: Figures, way: Way) => Figures | undefined

/** A charge on a negative balance, or a row of a margin loan. */
function changeEither(draws: Draws, ground: Ground, fits: Planted['fits'], change: Change): Attempt {
  if (draws.percent(40)) {
    const found = ground.drawCharge(draws)
    const changed = found && change(found.row, 'day')
    if (found === undefined || changed === undefined) return undefined
    ground.take(found)
    ground.charges.set(chargeKey(found.row), { ...found.row, ...changed })
    return { place: placeOf(found.row), fits }
  }
  const found = ground.drawMarginCharge(draws, ({ type }) => type === 'PERIODIC')
  const changed = found && change(found.row, 'hour-of-day')
  if (found === undefined || changed === undefined) return undefined
  ground.take(found)
  ground.marginCharges.set(found.row.txId, { ...found.row, ...changed })
  return { place: placeOfMargin(found.row), fits }
}

function offByUnits(draws: Draws, row: Figures): Figures | undefined {
  const interest = strip(add(row.interest, draws.percent(50) ? unit : decimalOf(-1n, scale)))
  return interest.mantissa > 0n ? { ...row, interest } : undefined
}

function otherInterest(draws: Draws, row: Figures): Figures | undefined {
  const interest = anotherPrincipal(draws, row.interest, scale)
  return areApart(interest, row.interest, scale) ? { ...row, interest } : undefined
}

function otherPrincipal(draws: Draws, row: Figures, way: Way, isConsistent: boolean): Figures | undefined {
  const principal = anotherPrincipal(draws, row.principal, scale)
  const interest = interestBy(way, principal, row.rate)
  // An hour on little money is a unit or two whatever the principal.
  if (!areApart(interest, row.interest, scale)) return undefined
  return { ...row, principal, interest: isConsistent ? interest : row.interest }
}

function otherRate(draws: Draws, row: Figures, way: Way, isConsistent: boolean): Figures | undefined {
  const rate = anotherRate(draws, row.rate)
  const interest = interestBy(way, row.principal, rate)
  if (!areApart(interest, row.interest, scale)) return undefined
  return { ...row, rate, interest: isConsistent ? interest : row.interest }
}

/** The exchange itself takes another principal: both of its histories say so, and balances alone contradict. */
function principalEverywhere(draws: Draws, ground: Ground, log: WorldLog): Attempt {
  const found = ground.drawCharge(draws)
  const twin = found && ground.twinOf(found.row)
  if (found === undefined || twin === undefined) return undefined
  if (!isWitnessed(ground, log, found.row))
    return { undetectable: 'another principal everywhere, where coins may have come and gone unseen' }
  const changed = otherPrincipal(draws, found.row, 'day', true)
  if (changed === undefined || !ground.takeOnce(`everywhere ${found.row.asset}`)) return undefined
  ground.take(found)
  ground.charges.set(chargeKey(found.row), { ...found.row, ...changed })
  ground.marginCharges.set(twin.txId, { ...twin, ...changed })
  return { place: placeOf(found.row), fits: ['wrong-principal'] }
}

function rateEverywhere(draws: Draws, ground: Ground): Attempt {
  const found = ground.drawCharge(draws)
  const twin = found && ground.twinOf(found.row)
  const changed = found && otherRate(draws, found.row, 'day', true)
  if (found === undefined || twin === undefined || changed === undefined) return undefined
  ground.take(found)
  ground.charges.set(chargeKey(found.row), { ...found.row, ...changed })
  ground.marginCharges.set(twin.txId, { ...twin, ...changed })
  return { place: placeOf(found.row), fits: ['wrong-rate'] }
}

function missingRow(draws: Draws, ground: Ground): Attempt {
  const found = ground.drawCharge(draws)
  if (found === undefined) return undefined
  ground.take(found)
  ground.charges.delete(chargeKey(found.row))
  return { place: placeOf(found.row), fits: ['missing'] }
}

function missingEverywhere(draws: Draws, ground: Ground, log: WorldLog): Attempt {
  const found = ground.drawCharge(draws)
  const twin = found && ground.twinOf(found.row)
  if (found === undefined || twin === undefined) return undefined
  if (!isWitnessed(ground, log, found.row)) return { undetectable: 'missing everywhere, where coins may have come and gone unseen' }
  if (!ground.takeOnce(`everywhere ${found.row.asset}`)) return undefined
  ground.take(found)
  ground.charges.delete(chargeKey(found.row))
  ground.marginCharges.delete(twin.txId)
  return { place: placeOf(found.row), fits: ['missing'] }
}

function missingHour(draws: Draws, ground: Ground): Attempt {
  const found = ground.drawMarginCharge(draws, ({ type }) => type === 'PERIODIC')
  if (found === undefined) return undefined
  ground.take(found)
  ground.marginCharges.delete(found.row.txId)
  return { place: { asset: found.row.asset, instId: '', at: found.row.at }, fits: ['missing'] }
}

function twiceADay(draws: Draws, ground: Ground): Attempt {
  const found = ground.drawCharge(draws)
  if (found === undefined) return undefined
  ground.take(found)
  const second = { ...found.row, at: found.row.at + draws.between(1, 24 * 60 - 1) * minuteMs }
  ground.charges.set(chargeKey(second), second)
  return { place: placeOf(second), fits: ['duplicate'] }
}

function twiceAnHour(draws: Draws, ground: Ground): Attempt {
  const found = ground.drawMarginCharge(draws, ({ type }) => type === 'PERIODIC' || type === 'PORTFOLIO')
  if (found === undefined) return undefined
  ground.take(found)
  const later = draws.percent(50) ? 0 : draws.between(1, 3_000) * secondMs
  const second = { ...found.row, at: found.row.at + later, txId: newId(draws) }
  ground.marginCharges.set(second.txId, second)
  // Of two at one instant nothing tells which came first.
  const place = { asset: second.asset, instId: '', at: second.at, ...(later === 0 ? {} : { txId: second.txId }) }
  return { place, fits: ['duplicate'] }
}

/** USDC stands far above zero; three BNB are owed, less than the five that are free. */
function notDue(draws: Draws, ground: Ground, isEverywhere: boolean): Attempt {
  const like = ground.drawCharge(draws)
  const asset = draws.pick(['USDC', 'BNB'] as const)
  if (like === undefined) return undefined
  if (isEverywhere && asset === 'BNB') return { undetectable: 'a charge within a free threshold that no charge ever told' }
  const principal = asset === 'USDC' ? decimal(`${draws.between(10, 90_000)}.5`) : decimal('2.5')
  const rate = decimal('0.00025')
  const row: Charge = { ...like.row, asset, principal, rate, interest: interestBy('day', principal, rate) }
  if (ground.charges.has(chargeKey(row)) || !ground.takeOnce(`not due ${asset} ${isEverywhere}`)) return undefined
  ground.charges.set(chargeKey(row), row)
  if (isEverywhere) {
    const { account, at, interest, receivedAt } = row
    const txId = newId(draws)
    ground.marginCharges.set(txId, { account, at, txId, asset, rawAsset: asset, type: 'PORTFOLIO', principal, rate, interest, receivedAt })
  }
  return { place: placeOf(row), fits: ['not-due'] }
}

function borrowingOfNothing(draws: Draws, ground: Ground): Attempt {
  const like = ground.drawMarginCharge(draws, ({ type }) => type === 'PERIODIC')
  if (like === undefined) return undefined
  const at = like.row.at + draws.between(5, 55) * minuteMs
  const isLent = ground.rows.movements.some((row) => row.kind === 'LOAN' && Math.abs(row.at - at) < 2 * minuteMs)
  if (isLent) return undefined
  const txId = newId(draws)
  ground.marginCharges.set(txId, { ...like.row, at, txId, type: 'ON_BORROW' })
  return { place: { asset: like.row.asset, instId: '', at, txId }, fits: ['not-due'] }
}

/**
 * Whether balances prove what was owed at the charge, and at one before and one after it: nothing moved between the charge
 * and the next reading of balances, so that the exchange's own instant of the last change lies before the charge.
 */
function isWitnessed(ground: Ground, log: WorldLog, row: Charge): boolean {
  const proven = ground.rows.charges.filter(({ asset, at }) => asset === row.asset && isQuietUntilSync(log, asset, at))
  const place = proven.findIndex(({ at }) => at === row.at)
  return place > 0 && place < proven.length - 1
}

function isQuietUntilSync({ changes, syncs }: WorldLog, asset: string, at: number): boolean {
  const sync = syncs.find(({ from }) => from > at + minuteMs)
  return sync !== undefined && !(changes.get(asset) ?? []).some((change) => at <= change && change <= sync.to + hourMs / 60)
}

function placeOf({ asset, instId, at }: Charge) {
  return { asset, instId, at }
}

function placeOfMargin({ asset, at, txId }: MarginCharge) {
  return { asset, instId: '', at, txId }
}

function newId(draws: Draws): string {
  return `9${draws.bigBelow(10n ** 17n)}`
}
