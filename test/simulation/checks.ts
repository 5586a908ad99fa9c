import { createEngine } from '../../src/venue/engine/engine.ts'
import { memoryJournal } from '../../src/venue/engine/memory-journal.ts'
import { assets } from './cast.ts'
import { checkAllCharges, checkCharges } from './check-charges.ts'
import { checkBalances, checkBills, checkViews } from './check-standing.ts'
import { Draws } from './draws.ts'
import { must } from './must.ts'
import { type Shadow, type ShadowAccount, shadowAccount } from './shadow.ts'
import type { ExpectedCharge } from './shadow-charges.ts'
import { type Followed, follow } from './shadow-follow.ts'
import { engineOf, type Stage } from './stage.ts'

/** Lets the shadow follow, and asserts of everybody whom something befell, and of one other, what has to hold after every step. */
export function checkStep(stage: Stage, step: number): Followed {
  const { shadow } = stage
  const engine = engineOf(stage)
  const from = shadow.crossed
  // A move of the clock may have been left half-way: this finishes it, and lets it be told of.
  engine.binanceBalances(stage.cast.binance[0].account)
  engine.advanceTo(engine.now)
  const followed = follow(shadow, engine)
  stage.ear.check(followed)
  const touched = touchedBy(shadow, followed)
  const draws = new Draws(step)
  const other = draws.pick([...shadow.accounts.values()])
  if (other !== undefined) touched.add(other)
  const byAccount = chargesByAccount(followed)
  for (const account of touched) {
    // An hour begun is charged at the instant of the command, so that more may come at an instant that was looked at.
    const charges = byAccount.get(account) ?? []
    const expected = [...account.latest.filter(({ at }) => at === from), ...charges]
    checkCharges(engine, account, expected, from)
    account.latest = expected.filter(({ at }) => at === engine.now)
    checkBalances(engine, account)
    checkViews(engine, account, [draws.pick(assets)])
  }
  return followed
}

/** What is dear: everybody's balances, whole histories of some, and the trial balance of the ledger, which the digest asserts. */
export function checkAll(stage: Stage, step: number): void {
  const engine = engineOf(stage)
  const draws = new Draws(step)
  const everybody = [...stage.shadow.accounts.values()]
  for (const account of everybody) checkBalances(engine, account)
  for (let number = 0; number < 20; number++) {
    const account = draws.pick(everybody.slice(0, draws.percent(70) ? 20 : everybody.length))
    if (account === undefined) continue
    checkAllCharges(engine, account)
    checkViews(engine, account, assets)
    if (account.exchange === 'okx') checkBills(engine, account, draws.between(1, 400))
  }
  engine.digest()
}

/** Dearest: an engine that reads the same journal from its beginning is the same to the last byte. */
export function checkReplay(stage: Stage): void {
  const engine = engineOf(stage)
  const digest = engine.digest()
  const { startsAt, behaviour } = stage
  const replayed = createEngine({ startsAt, behaviour, journal: memoryJournal(engine.journal()) })
  must(replayed.digest() === digest, () => 'an engine that replays the journal has the same digest')
}

function chargesByAccount({ charges }: Followed): ReadonlyMap<ShadowAccount, readonly ExpectedCharge[]> {
  const found = new Map<ShadowAccount, ExpectedCharge[]>()
  for (const charge of charges) {
    const list = found.get(charge.holding.account)
    if (list === undefined) found.set(charge.holding.account, [charge])
    else list.push(charge)
  }
  return found
}

function touchedBy(shadow: Shadow, { entries, movements, charges }: Followed): Set<ShadowAccount> {
  const touched = new Set(charges.map(({ holding }) => holding.account))
  for (const { account } of movements) touched.add(shadowAccount(shadow, account))
  for (const { command } of entries) if ('account' in command) touched.add(shadowAccount(shadow, command.account))
  return touched
}
