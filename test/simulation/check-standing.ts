import type { Decimal } from '../../src/decimal/decimal.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import type { BinanceBalance, OkxBalance } from '../../src/venue/engine/record.ts'
import { must } from './must.ts'
import { held, type ShadowAccount, type ShadowHolding } from './shadow.ts'

/** Of one account: what the engine shows of every wallet is what its movements and charges add up to. */
export function checkBalances(engine: Engine, account: ShadowAccount): void {
  const shown = account.exchange === 'okx' ? okxWallets(engine, account.label) : binanceWallets(engine, account.label)
  for (const holding of account.holdings.values()) {
    for (const [wallet, amount] of Object.entries(holding.wallets)) {
      const key = keyOf(holding, wallet)
      must(
        (shown.get(key) ?? 0n) === amount,
        () => `${key} of ${account.label} adds up to ${amount}, but is shown as ${shown.get(key) ?? 0n}`,
      )
      shown.delete(key)
    }
  }
  for (const [key, amount] of shown)
    must(amount === 0n, () => `${key} of ${account.label} is shown as ${amount}, but nothing ever moved it`)
}

function keyOf({ asset, instId, order }: ShadowHolding, wallet: string): string {
  return [wallet, asset, ...(instId === '' ? [] : [instId]), ...(order === '' ? [] : [`order ${order}`])].join(' ')
}

function binanceWallets(engine: Engine, account: string): Map<string, bigint> {
  const shown = new Map<string, bigint>()
  for (const balance of engine.binanceBalances(account)) {
    const { asset, crossFree, crossLocked, crossBorrowed, crossInterest, um, cm, umUnrealised, cmUnrealised, spot, bankruptcy } = balance
    const wallets = {
      'cross-free': crossFree,
      'cross-locked': crossLocked,
      um,
      cm,
      'um-unrealised': umUnrealised,
      'cm-unrealised': cmUnrealised,
      spot,
    }
    for (const [wallet, amount] of Object.entries(wallets)) shown.set(`${wallet} ${asset}`, amount.mantissa)
    const debts = { 'cross-borrowed': crossBorrowed, 'cross-interest': crossInterest, bankruptcy }
    for (const [wallet, amount] of Object.entries(debts)) shown.set(`${wallet} ${asset}`, -amount.mantissa)
    checkTotals(account, balance)
  }
  return shown
}

function checkTotals(account: string, { asset, crossFree, crossLocked, um, cm, totalWallet, negative }: BinanceBalance): void {
  const total = crossFree.mantissa + crossLocked.mantissa + um.mantissa + cm.mantissa
  must(
    totalWallet.mantissa === total && negative.mantissa === (total < 0n ? total : 0n),
    () => `the total of ${asset} of ${account} is the sum of its wallets`,
  )
}

function okxWallets(engine: Engine, account: string): Map<string, bigint> {
  const shown = new Map<string, bigint>()
  for (const balance of engine.okxBalances(account)) {
    const { asset, cash, unrealised, spotBorrowed, isolated, vipLoans } = balance
    shown.set(`cash ${asset}`, cash.mantissa)
    shown.set(`cash-unrealised ${asset}`, unrealised.mantissa)
    shown.set(`spot-borrowed ${asset}`, -spotBorrowed.mantissa)
    for (const { instId, liability } of isolated) shown.set(`isolated ${asset} ${instId}`, -liability.mantissa)
    for (const { order, liability } of vipLoans) shown.set(`vip-borrowed ${asset} order ${order}`, -liability.mantissa)
    checkLiabilities(account, balance)
  }
  return shown
}

function checkLiabilities(
  account: string,
  { asset, cash, spotBorrowed, crossLiability, interestFreeLiability, freeQuota, maxLoan, twap }: OkxBalance,
): void {
  const overdrawn = cash.mantissa < 0n ? -cash.mantissa : 0n
  must(
    crossLiability.mantissa === overdrawn + spotBorrowed.mantissa,
    () => `what ${account} has borrowed of ${asset} is what cash lacks and spot mode lent`,
  )
  must(
    interestFreeLiability.mantissa <= freeQuota.mantissa && interestFreeLiability.mantissa >= 0n,
    () => `no more ${asset} of ${account} is free of interest than its quota`,
  )
  must(maxLoan === undefined || maxLoan.mantissa >= 0n, () => `the most ${account} may still borrow of ${asset} is not below zero`)
  must(Number.isInteger(twap) && twap >= 0 && twap <= 5, () => `the indicator of ${account} is from 0 to 5: ${twap}`)
}

/** Of one account: whatever can be asked of it is answered, and makes sense. */
export function checkViews(engine: Engine, { label, exchange }: ShadowAccount, assets: readonly string[]): void {
  engine.settingsOf(label)
  if (exchange === 'okx') {
    engine.okxStatus(label)
    for (const asset of assets) notBelowZero(`the most ${label} may borrow of ${asset}`, engine.maxBorrow(label, asset).amount)
    return
  }
  const { uniMmr, level, maxWithdraw, maintenanceMargin } = engine.marginStatus(label)
  must((uniMmr === undefined) === (maintenanceMargin.mantissa === 0n), () => `${label} has a uniMMR where it has a maintenance margin`)
  must(uniMmr !== undefined || level === 'normal', () => `${label} is ${level} without a maintenance margin`)
  notBelowZero(`what ${label} may withdraw`, maxWithdraw)
  engine.requirementsOf(label)
  for (const asset of assets) {
    notBelowZero(`what ${label} may withdraw of ${asset}`, engine.maxWithdraw(label, asset))
    notBelowZero(`the most ${label} may borrow of ${asset}`, engine.maxBorrow(label, asset).amount)
  }
}

function notBelowZero(what: string, { mantissa }: Decimal): void {
  must(mantissa >= 0n, () => `${what} is not below zero: ${mantissa}`)
}

/** Of one OKX account: each bill's balance follows from the one before it, and the last is what is there now. */
export function checkBills(engine: Engine, account: ShadowAccount, limit: number): void {
  const bills = engine.okxBills({ account: account.label, limit })
  const newest = new Map<string, bigint>()
  for (const holding of account.holdings.values()) {
    if (holding.order === '') newest.set(`${holding.asset}|${holding.instId}`, held(holding, holding.instId === '' ? 'cash' : 'isolated'))
  }
  for (const [index, { id, asset, instId, at, balance, balanceChange, position, positionChange, kind }] of bills.entries()) {
    const newer = bills[index - 1]
    must(newer === undefined || newer.id > id, () => `bills of ${account.label} descend by id: ${id} after ${newer?.id}`)
    const isCash = instId === ''
    const key = `${asset}|${instId}`
    const [after, change] = isCash ? [balance.mantissa, balanceChange.mantissa] : [position.mantissa, positionChange.mantissa]
    must(
      after === newest.get(key),
      () =>
        `bill ${id} (${kind}) of ${account.label} at ${at} leaves ${key} at ${newest.get(key)}, as the bill after it says, and not at ${after}`,
    )
    newest.set(key, after - change)
  }
}
