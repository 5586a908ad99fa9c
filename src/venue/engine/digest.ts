import { createHash } from 'node:crypto'
import type { ChargeStore } from './charge-store.ts'
import { assertTrialBalance } from './ledger.ts'
import { MovementLog } from './movement-log.ts'
import type { Process } from './process.ts'
import type { State } from './state.ts'

/**
 * SHA-256 over accounts, keys, balances, market, movements, processes and charges, in hexadecimal. The instant is left out, so that an
 * engine replayed to its last entry equals the one that ran on with nothing due.
 * @throws `venue.unbalanced` when the ledger as a whole does not sum to zero
 */
export function digestOf(state: State, stores: readonly ChargeStore[], processes: readonly Process[]): string {
  assertTrialBalance(state)
  const hash = createHash('sha256')
  for (const line of stateLines(state)) hash.update(line).update('\n')
  for (const process of processes) for (const line of process.lines()) hash.update(line).update('\n')
  for (const store of stores) {
    hash.update(`charges ${store.size}\n`)
    for (const part of store.contents()) hash.update(part)
  }
  return hash.digest('hex')
}

function* stateLines(state: State): Generator<string> {
  yield `clock ${JSON.stringify(state.clockMode ?? null)}`
  for (const {
    label,
    exchange,
    vip,
    uid,
    product,
    deltaMode,
    keys,
    repaySwitch,
    autoRepay,
    autoBorrow,
    requirements,
    uses,
  } of state.accounts.values()) {
    yield `account ${label} ${exchange} ${vip} ${uid} ${product ?? '-'} ${deltaMode} ${repaySwitch} ${autoRepay} ${autoBorrow}`
    for (const [wallet, { initial, maintenance, openLoss }] of requirements)
      yield `requires ${wallet} ${initial} ${maintenance} ${openLoss}`
    for (const [what, instants] of uses) yield `used ${what} ${instants.join(' ')}`
    for (const { apiKey, signing, verifier, passphrase, permissions, ips } of keys) {
      yield `key ${JSON.stringify([apiKey, signing, verifier, passphrase ?? null, permissions, ips ?? null])}`
    }
  }
  for (const exchange of ['binance', 'okx'] as const) {
    for (const { id, account, asset, instId, order, balances, updatedAt, exhausted, rate } of state.holdings[exchange]) {
      yield `holding ${exchange} ${id} ${account.label} ${asset} ${instId} ${order} ${Object.values(balances).join(' ')} ${updatedAt} ${exhausted} ${rate}`
    }
  }
  // Sorted: interest is booked there whenever somebody looks, which is no part of the state.
  for (const key of [...state.house.keys()].sort()) yield `house ${key} ${state.house.get(key)}`
  yield* state.market.lines()
  yield* new MovementLog(state.memory.movements).lines()
}
