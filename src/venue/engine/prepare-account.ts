import { fail } from '../../errors/overdraft-error.ts'
import type { ApiKey, Command } from './command.ts'
import type { Effect } from './effect.ts'
import { checkLevel, checkName, findAccount } from './find-account.ts'
import type { Account, State } from './state.ts'

type AccountCommand = Extract<Command, { kind: 'open-account' | 'add-key' | 'remove-key' | 'set-clock' }>

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

function openAccount(state: State, { account: label, exchange, vip }: Extract<Command, { kind: 'open-account' }>): Effect {
  checkName('account', label)
  checkLevel(vip)
  if (state.accounts.has(label)) fail('venue.already-there', { what: 'account', name: label })
  return {
    kind: 'change',
    change: () => {
      const index = state.accounts.size
      const uid = firstUid + index
      state.accounts.set(label, {
        index,
        label,
        exchange,
        vip,
        uid,
        keys: [],
        holdings: new Map(),
        exchanging: false,
        repaySwitch: true,
        autoRepay: false,
        autoBorrow: true,
        requirements: new Map(),
        uses: new Map(),
      })
    },
  }
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
      state.keyOwners.set(key.apiKey, { account, key })
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
