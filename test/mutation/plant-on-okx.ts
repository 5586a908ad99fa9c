import type { Charge, Movement } from '../../src/book/record.ts'
import { add, compare, strip } from '../../src/decimal/arithmetic.ts'
import { decimal, decimalOf } from '../../src/decimal/decimal.ts'
import { hourMs, minuteMs } from '../../src/time/units.ts'
import type { Draws } from '../simulation/draws.ts'
import { anotherPrincipal, anotherRate, dailyOf, interestBy, printedRate } from './changed-figures.ts'
import { chargeKey, type Ground, movementKey, type Rooted } from './ground.ts'
import { type Attempt, doubted, type Planted } from './planted.ts'

const scale = 16
const way = 'printed-hour'

/** Kinds of errors on an OKX account; each plants one. */
export const plantersOnOkx: Readonly<Record<string, (draws: Draws, ground: Ground) => Attempt>> = {
  'rounding, row alone': (draws, ground) => change(draws, ground, [...doubted, 'wrong-principal'], (row) => offByUnit(draws, row)),
  'interest, row alone': (draws, ground) => {
    return change(draws, ground, ['unexplained'], (row) => ({ ...row, interest: anotherPrincipal(draws, row.interest, scale) }))
  },
  'principal, row alone': (draws, ground) => {
    return change(draws, ground, ['unexplained', 'wrong-principal'], (row) => ({
      ...row,
      ...withPrincipal(draws, row),
      interest: row.interest,
    }))
  },
  'rate, row alone': (draws, ground) => {
    return change(draws, ground, ['unexplained', 'wrong-rate'], (row) => ({ ...withRate(draws, row), interest: row.interest }))
  },
  // Of a row that follows from itself and contradicts the bill, bill and neighbours tell which of the two is wrong, mostly.
  'principal and interest, row alone': (draws, ground) => {
    return change(draws, ground, ['wrong-principal', 'wrong-rate'], (row) => withPrincipal(draws, row))
  },
  'principal and interest, against the row’s own liabilities': (draws, ground) => {
    return change(draws, ground, ['wrong-principal'], (row) => {
      return row.totalLiability ? { ...withPrincipal(draws, row), totalLiability: row.totalLiability } : undefined
    })
  },
  'rate and interest, row alone': (draws, ground) =>
    change(draws, ground, ['wrong-rate', 'wrong-principal'], (row) => withRate(draws, row)),
  'principal and interest, everywhere': principalEverywhere,
  'rate and interest, everywhere': rateEverywhere,
  'missing, row alone': (draws, ground) => missing(draws, ground, false),
  'missing, everywhere': (draws, ground) => missing(draws, ground, true),
  'twice an hour': twice,
  'not due': notDue,
}

function change(draws: Draws, ground: Ground, fits: Planted['fits'], changed: (row: Charge) => Charge | undefined): Attempt {
  const found = ground.drawCharge(draws)
  const row = found && changed(found.row)
  if (found === undefined || row === undefined) return undefined
  ground.take(found)
  ground.charges.set(chargeKey(row), row)
  return planted(row, fits)
}

function offByUnit(draws: Draws, row: Charge): Charge {
  return { ...row, interest: strip(add(row.interest, decimalOf(draws.percent(50) ? 1n : -1n, scale))) }
}

function withPrincipal(draws: Draws, row: Charge): Charge {
  const principal = anotherPrincipal(draws, row.principal, scale)
  // Newer rows tell the liability in two more fields, which go along.
  const total = row.totalLiability === undefined || row.totalLiability === null ? row.totalLiability : principal
  return { ...row, principal, totalLiability: total, interest: interestBy(way, principal, dailyOf(way, row.rate)) }
}

function withRate(draws: Draws, row: Charge): Charge {
  const daily = anotherRate(draws, dailyOf(way, row.rate))
  return { ...row, rate: printedRate(way, daily), interest: interestBy(way, row.principal, daily) }
}

/** Row and bill agree on another principal: what the debt grew by contradicts, or how far cash was below zero. */
function principalEverywhere(draws: Draws, ground: Ground): Attempt {
  const found = ground.drawCharge(draws)
  const bill = found && ground.billOf(found.row)
  if (found === undefined || bill === undefined) return undefined
  const row = withPrincipal(draws, found.row)
  if (found.row.instId === '' && compare(row.principal, found.row.principal) > 0) {
    return { undetectable: 'a larger cross liability everywhere: unrealised losses leave no history' }
  }
  if (moved(ground, found)) return { undetectable: 'another principal everywhere in an hour in which the debt moved' }
  ground.take(found)
  ground.charges.set(chargeKey(row), row)
  ground.movements.set(movementKey(bill), { ...bill, interest: row.interest })
  return planted(row, ['wrong-principal'])
}

/** Row and bill agree on another rate: another debt in the same currency was charged at the same instant at the right one. */
function rateEverywhere(draws: Draws, ground: Ground): Attempt {
  const found = ground.drawCharge(draws, ({ instId }) => instId === '')
  const bill = found && ground.billOf(found.row)
  if (found === undefined || bill === undefined) return undefined
  const { asset, at, rate } = found.row
  const beside = ground.rows.charges.filter((other) => other.asset === asset && Math.abs(other.at - at) <= hourMs)
  if (!beside.some((other) => other.at === at && other.instId !== ''))
    return { undetectable: 'another rate everywhere where no other debt is in the currency' }
  if (beside.some((other) => compare(other.rate, rate) !== 0))
    return { undetectable: 'another rate everywhere in an hour in which the rate changed' }
  // An error in the only other debt of the hour would leave nobody to tell of this one.
  const witness = ground.freeCharge((other) => other.asset === asset && other.at === at && other.instId !== '')
  if (witness === undefined) return undefined
  ground.take(found)
  ground.take(witness)
  const row = withRate(draws, found.row)
  ground.charges.set(chargeKey(row), row)
  ground.movements.set(movementKey(bill), { ...bill, interest: row.interest })
  return planted(row, ['wrong-rate'])
}

function missing(draws: Draws, ground: Ground, isEverywhere: boolean): Attempt {
  const found = ground.drawCharge(draws)
  const bill = found && ground.billOf(found.row)
  if (found === undefined || bill === undefined) return undefined
  if (isEverywhere && moved(ground, found)) return { undetectable: 'missing everywhere in an hour in which the debt moved' }
  ground.take(found)
  ground.charges.delete(chargeKey(found.row))
  if (isEverywhere) ground.movements.delete(movementKey(bill))
  return planted(found.row, ['missing'])
}

function twice(draws: Draws, ground: Ground): Attempt {
  const found = ground.drawCharge(draws)
  if (found === undefined) return undefined
  ground.take(found)
  const second = { ...found.row, at: found.row.at + draws.between(1, 59) * minuteMs }
  ground.charges.set(chargeKey(second), second)
  return planted(second, ['duplicate'])
}

/** Nothing is owed in these. */
function notDue(draws: Draws, ground: Ground): Attempt {
  const like = ground.drawCharge(draws, ({ instId }) => instId === '')
  const asset = draws.pick(['LTC', 'SOL', 'XRP', 'USDC'] as const)
  if (like === undefined || !ground.takeOnce(`not due ${asset}`)) return undefined
  const principal = decimal(`${draws.between(1, 5_000)}.25`)
  const row: Charge = {
    ...like.row,
    asset,
    principal,
    interest: interestBy(way, principal, dailyOf(way, like.row.rate)),
    ...(like.row.totalLiability === undefined ? {} : { totalLiability: principal, interestFreeLiability: decimal('0') }),
  }
  ground.charges.set(chargeKey(row), row)
  return planted(row, ['not-due'])
}

/** Whether anything but interest moved the debt within two hours of the charge. */
function moved(ground: Ground, { row }: Rooted<Charge>): boolean {
  const isOf = ({ asset, detail }: Movement) => asset === row.asset && (row.instId === '') === !detail.includes('mgnMode=isolated')
  return ground.rows.movements.some((other) => !other.kind.startsWith('7/') && isOf(other) && Math.abs(other.at - row.at) <= 2 * hourMs)
}

function planted({ asset, instId, at }: Charge, fits: Planted['fits']): Planted {
  return { place: { asset, instId, at }, fits }
}
