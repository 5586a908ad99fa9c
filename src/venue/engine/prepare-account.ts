import type { Exchange } from '../../contracts/contract.ts'
import { fail } from '../../errors/overdraft-error.ts'
import type { Account } from './account.ts'
import type { ApiKey, Command, Product } from './command.ts'
import type { Effect } from './effect.ts'
import { checkLevel, checkName, findAccount } from './find-account.ts'
import type { State } from './state.ts'

type AccountCommand = Extract<Command, { kind: 'open-account' | 'add-key' | 'remove-key' | 'set-clock' }>

type OpenAccount = Extract<Command, { kind: 'open-account' }>

const firstUid = 100_000_001

/** Accounts, their keys, and how the clock runs. */
export function prepareAccount(state: State, command: AccountCommand): Effect {
  switch (command.kind) {
    case 'open-account':
      return openAccount(state, command)
    case 'add-key':
      return addKey(state, findAccount(state, command.account), command.key)
    case 'remove-key':
      return removeKey(state, findAccount(state, command.account), command.apiKey)
    case 'set-clock':
      return {
        kind: 'change',
        change: () => {
          state.clockMode = command.mode
        },
      }
  }
}

function openAccount(state: State, { account: label, exchange, vip, product, uid }: OpenAccount): Effect {
  checkName('account', label)
  checkLevel(vip)
  checkProduct(label, exchange, product)
  if (state.accounts.has(label)) fail('venue.already-there', { what: 'account', name: label })
  return {
    kind: 'change',
    change: () => {
      const index = state.accounts.size
      state.accounts.set(label, {
        index,
        label,
        exchange,
        vip,
        uid: uid ?? firstUid + index,
        product: exchange === 'binance' ? (product ?? 'pm') : undefined,
        keys: [],
        holdings: new Map(),
        exchanging: false,
        repaySwitch: true,
        deltaMode: false,
        autoRepay: false,
        autoBorrow: true,
        requirements: new Map(),
        uses: new Map(),
      })
    },
  }
}

const products: readonly (Product | undefined)[] = ['pm', 'pm-pro', 'pm-span', undefined]

function checkProduct(account: string, exchange: Exchange, product: Product | undefined): void {
  if (!products.includes(product) || (exchange !== 'binance' && product !== undefined))
    fail('venue.product-unknown', { account, exchange, product })
}

function addKey(state: State, account: Account, key: ApiKey): Effect {
  checkName('API key', key.apiKey)
  if (state.keyOwners.has(key.apiKey)) fail('venue.already-there', { what: 'API key', name: key.apiKey })
  if (account.exchange === 'okx' && key.signing !== 'hmac') {
    fail('venue.key-unusable', { apiKey: key.apiKey, reason: `OKX has no ${key.signing} keys` })
  }
  if (account.exchange === 'okx' && (key.passphrase ?? '') === '') {
    fail('venue.key-unusable', { apiKey: key.apiKey, reason: 'an OKX key needs a passphrase' })
  }
  return {
    kind: 'change',
    change: () => {
      account.keys.push(key)
      state.keyOwners.set(key.apiKey, { account, key, since: state.now })
    },
  }
}

function removeKey(state: State, account: Account, apiKey: string): Effect {
  const place = account.keys.findIndex((key) => key.apiKey === apiKey)
  if (place < 0) fail('venue.key-unknown', { account: account.label, apiKey })
  return {
    kind: 'change',
    change: () => {
      account.keys.splice(place, 1)
      state.keyOwners.delete(apiKey)
    },
  }
}
