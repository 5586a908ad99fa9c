import { powerOfTen } from '../../src/decimal/decimal.ts'
import type { Exchange } from '../../src/rules/exchange.ts'
import { ledgerScale } from '../../src/rules/ledger-scale.ts'
import type { Command, JournalEntry, Wallet } from '../../src/venue/engine/command.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import type { Movement } from '../../src/venue/engine/record.ts'
import { must } from './must.ts'
import { change, held, type Shadow, type ShadowAccount, setLevel, shadowAccount, shadowHolding } from './shadow.ts'
import { crossTo, type ExpectedCharge, marginLoan } from './shadow-charges.ts'
import { Money } from './shadow-money.ts'

/** What happened since the shadow last looked. */
export interface Followed {
  readonly entries: readonly JournalEntry[]
  readonly movements: readonly Movement[]
  readonly charges: readonly ExpectedCharge[]
}

/**
 * Takes the shadow to where the engine stands: from the journal's commands and from the movements it takes what was told
 * and what moved; what should have been charged it works out by itself. At most one command may stand at one instant.
 */
export function follow(shadow: Shadow, engine: Engine): Followed {
  const entries = [...engine.journal(shadow.sequence)]
  for (const { command, sequence } of entries) {
    must(sequence === shadow.sequence + 1, () => `journal entry ${sequence} follows on ${shadow.sequence}`)
    shadow.sequence = sequence
    if (command.kind === 'open-account') openAccount(shadow, command)
  }
  const movements = newMovements(shadow, engine)
  const turns: readonly Turn[] = [
    ...entries.map((entry) => ({ at: entry.at, order: 1, entry })),
    // What happens by itself at an instant does so before what is commanded then.
    ...movements.map((movement) => ({ at: movement.at, order: isByItself(shadow, movement) ? 0 : 2, movement })),
  ].sort((left, right) => left.at - right.at || left.order - right.order)
  const charges: ExpectedCharge[] = []
  const money = new Money()
  for (const { at, entry, movement } of turns) {
    for (const charge of crossTo(shadow, at)) charges.push(charge)
    if (entry !== undefined && entry.command.kind !== 'clock-move') obey(shadow, entry.command)
    if (movement !== undefined) {
      charges.push(...book(shadow, movement, entries))
      money.add(movement, shadow.prices)
    }
  }
  money.check()
  for (const charge of crossTo(shadow, engine.now)) charges.push(charge)
  // What a clock showed beyond the last entry may be gone after a crash, and nothing was due there.
  shadow.crossed = engine.now
  return { entries, movements, charges }
}

interface Turn {
  readonly at: number
  readonly order: number
  readonly entry?: JournalEntry
  readonly movement?: Movement
}

/** On OKX auto-repay follows at once on what brought the coins. */
function isByItself(shadow: Shadow, { cause, account }: Movement): boolean {
  if (cause === 'auto-repay') return shadowAccount(shadow, account).exchange === 'binance'
  return cause === 'auto-exchange' || cause === 'forced-repayment'
}

function newMovements(shadow: Shadow, engine: Engine): Movement[] {
  const movements = [...shadow.accounts.keys()].flatMap((account) => {
    const found = engine.movements({ account, after: shadow.movement })
    found.reduce((newer, { id }) => {
      must(id < newer, () => `movements of ${account} descend by id: ${id} after ${newer}`)
      return id
    }, 10n ** 19n)
    return found
  })
  movements.sort((left, right) => (left.id < right.id ? -1 : 1))
  let last = shadow.movement
  let at = 0
  for (const movement of movements) {
    must(
      movement.id > last && movement.at >= at,
      () => `movement ids are unique and ascend with time: ${movement.id} at ${movement.at} after ${last}`,
    )
    last = movement.id
    at = movement.at
  }
  shadow.movement = last
  return movements
}

function openAccount(shadow: Shadow, { account: label, exchange, vip }: Extract<Command, { kind: 'open-account' }>): void {
  const none = () => ({ rows: 0, interest: 0n })
  const charged = { negative: none(), loan: none(), okx: none() }
  shadow.accounts.set(label, {
    label,
    exchange,
    vip,
    autoBorrow: true,
    repaysItself: exchange === 'binance',
    holdings: new Map(),
    charged,
    latest: [],
  })
}

/** What commands change besides balances. */
function obey(shadow: Shadow, command: Command): void {
  switch (command.kind) {
    case 'set-vip':
      shadowAccount(shadow, command.account).vip = command.vip
      return
    case 'set-auto-borrow':
      shadowAccount(shadow, command.account).autoBorrow = command.on
      return
    case 'set-repay-switch':
    case 'set-auto-repay':
      shadowAccount(shadow, command.account).repaysItself = command.on
      return
    case 'set-rate':
      setLevel(shadow.rates, `${command.exchange} ${command.asset}`, command.vip, command.rateDaily)
      return
    case 'set-price':
      shadow.prices.set(command.asset, command.price)
      return
    case 'set-thresholds':
      setLevel(shadow.freeThresholds, command.asset, command.vip, integerOf(command.free, 'binance'))
      return
    case 'set-free-quota':
      shadow.freeQuotas.set(command.asset, integerOf(command.amount, 'okx'))
      return
    case 'borrow-vip':
      shadowHolding(shadowAccount(shadow, command.account), command.asset, '', command.order).ownRate = command.rateDaily
  }
}

/** Which way wallets may go: above zero is owned, below zero is owed. */
const ownedOnly: readonly Wallet[] = ['cross-free', 'cross-locked', 'spot']
const owedOnly: readonly Wallet[] = ['cross-borrowed', 'cross-interest', 'bankruptcy', 'spot-borrowed', 'isolated', 'vip-borrowed']

function book(shadow: Shadow, movement: Movement, entries: readonly JournalEntry[]): ExpectedCharge[] {
  const { asset, instId, at, cause, changes, id } = movement
  const account = shadowAccount(shadow, movement.account)
  const order = changes.some(({ wallet }) => wallet === 'vip-borrowed') ? orderAt(entries, account, at) : ''
  const holding = shadowHolding(account, asset, instId, order)
  const scale = ledgerScale(account.exchange)
  must(cause !== 'auto-repay' || account.repaysItself, () => `${account.label} repays nothing by itself: movement ${id} does`)
  for (const { wallet, delta, after } of changes) {
    must(delta.scale === scale && after.scale === scale, () => `movement ${id} has the scale of its ledger`)
    change(shadow, holding, wallet, delta.mantissa)
    const now = held(holding, wallet)
    must(
      now === after.mantissa,
      () =>
        `movement ${id} (${cause}) leaves ${wallet} ${asset} of ${account.label} at ${after.mantissa}, but its movements and charges add up to ${now}`,
    )
    must(!(ownedOnly.includes(wallet) && now < 0n), () => `${wallet} ${asset} of ${account.label} is ${now} after ${cause}`)
    must(!(owedOnly.includes(wallet) && now > 0n), () => `${wallet} ${asset} of ${account.label} is ${now} after ${cause}`)
  }
  const borrowed = changes.find(({ wallet }) => wallet === 'cross-borrowed')
  return cause === 'borrow' && borrowed !== undefined ? marginLoan(shadow, holding, -borrowed.delta.mantissa, at, 'on-borrow') : []
}

/** Movements do not name the VIP loan they belong to; the command of that instant does. */
function orderAt(entries: readonly JournalEntry[], { label }: ShadowAccount, at: number): string {
  for (const { at: instant, command } of entries) {
    if (instant === at && (command.kind === 'borrow-vip' || command.kind === 'repay-vip') && command.account === label) return command.order
  }
  throw new Error(`a VIP loan of ${label} moved at ${at} without a command`)
}

function integerOf({ mantissa, scale }: { readonly mantissa: bigint; readonly scale: number }, exchange: Exchange): bigint {
  return (mantissa * powerOfTen(30)) / powerOfTen(scale + 30 - ledgerScale(exchange))
}
