import { fail } from '../../errors/overdraft-error.ts'
import { hourMs, minuteMs } from '../../time/units.ts'
import type { Holding } from './account.ts'
import { positiveAmount } from './amount.ts'
import type { Command } from './command.ts'
import { type Effect, posting } from './effect.ts'
import { checkName, findAccountOf, requireCovered } from './find-account.ts'
import { type Leg, transfer } from './ledger.ts'
import type { State } from './state.ts'
import { prepareUse, rolling } from './uses.ts'

/** Facts A4.6. */
const collections = rolling('auto-collections', 500, 'a rolling hour', hourMs)
const bnbTransfers = rolling('BNB transfers', 10, '10 rolling minutes', 10 * minuteMs)
const bnbTransfersOfPro = rolling('BNB transfers', 2, '10 rolling minutes', 10 * minuteMs)

const futuresWallets = ['um', 'cm'] as const
type FuturesWallet = (typeof futuresWallets)[number]

/** Positive futures balances to cross margin (facts A4.6): all but BNB in UM, or those of one asset. Nothing to collect is no error. */
export function prepareCollection(state: State, command: Extract<Command, { kind: 'collect' }>): Effect {
  const account = findAccountOf(state, command.account, 'binance', command.kind)
  const { asset, amount, from } = command
  if (asset === undefined) {
    if (amount !== undefined || from !== undefined)
      fail('venue.collection-malformed', { reason: 'an amount or a wallet is given without an asset' })
    const legs = [...account.holdings.values()].flatMap((holding) => collected(holding, holding.asset === 'BNB' ? ['cm'] : futuresWallets))
    return posting(legs, 'collection', prepareUse(account, collections, state.now))
  }
  checkName('asset', asset)
  if (asset === 'BNB') fail('venue.not-collectable', { asset })
  const holding = state.holding(account, asset)
  if (amount === undefined && from === undefined) return posting(collected(holding, futuresWallets), 'collection')
  if (amount === undefined || from === undefined)
    return fail('venue.collection-malformed', { reason: `the ${amount === undefined ? 'amount' : 'wallet'} is missing` })
  const wanted = positiveAmount(amount, 'binance')
  requireCovered(holding, from, wanted)
  return posting(transfer(holding, from, 'cross-free', wanted), 'collection')
}

function collected(holding: Holding, wallets: readonly FuturesWallet[]): Leg[] {
  return wallets.flatMap((wallet) => {
    const balance = holding.balances[wallet]
    return balance > 0n ? transfer(holding, wallet, 'cross-free', balance) : []
  })
}

/** BNB alone may go from cross margin to UM, to pay fees with, and back (facts A4.3, A4.6). */
export function prepareBnbTransfer(state: State, command: Extract<Command, { kind: 'transfer-bnb' }>): Effect {
  const account = findAccountOf(state, command.account, 'binance', command.kind)
  const amount = positiveAmount(command.amount, 'binance')
  const holding = state.holding(account, 'BNB')
  const [from, to] = command.side === 'to-um' ? (['cross-free', 'um'] as const) : (['um', 'cross-free'] as const)
  const noteUse = prepareUse(account, account.product === 'pm' ? bnbTransfers : bnbTransfersOfPro, state.now)
  requireCovered(holding, from, amount)
  return posting(transfer(holding, from, to, amount), 'bnb-transfer', noteUse)
}
