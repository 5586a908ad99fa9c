import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, resolve } from 'node:path'
import type { Exchange } from '../../contracts/contract.ts'
import type { Product } from '../engine/command.ts'
import { chosenBy } from './chosen-by.ts'
import { memberLabels } from './groups.ts'
import { privateKeyIn } from './private-key.ts'
import { vipMax } from './read-movements.ts'
import { list, optional, type Reader, record, required, scalarText, shouldBe, withDefault } from './readers.ts'
import { fault, type Spot } from './reading.ts'
import { apiKeyText, count, labelText, oneOf, shortText, unquoted } from './scalar-readers.ts'
import type { ScenarioAccount, ScenarioKey } from './scenario-data.ts'

const secretText = unquoted(/^[\x21-\x7e]{8,200}$/, '8 to 200 printable characters without spaces')
const passphraseText = unquoted(/^[\x20-\x7e]{1,64}$/, '1 to 64 printable characters')
const copiesMax = 10_000
/** Of all accounts together, each copy counted. */
const membersMax = 10_000

const copiesReader: Reader<number> = (spot) => {
  const read = count(copiesMax)(spot)
  return read?.value === 0 ? shouldBe(spot, `a whole number from 1 to ${copiesMax}`) : read
}

const addressText: Reader<string> = (spot) => {
  const text = scalarText(spot) ?? ''
  return isIP(text) === 0 ? shouldBe(spot, 'an IP address, such as 192.0.2.7') : { value: text }
}

function privateKeyFile(type: 'rsa' | 'ed25519'): Reader<string> {
  return (spot) => {
    const name = shortText(spot)
    if (name === undefined) return undefined
    const path = resolve(dirname(spot.reading.file), name.value)
    let text: string
    try {
      text = readFileSync(path, 'utf8')
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return fault(spot, `should be a key file beside the scenario, but "${name.value}" cannot be read (${reason})`)
    }
    const value = privateKeyIn(text, type)
    return value === undefined ? shouldBe(spot, `a file with a private key (PKCS#8) of the kind ${type}`) : { value }
  }
}

// A key without a word on permissions reads only: what may change an account is written out.
const access = {
  permissions: withDefault(list(oneOf('read', 'trade'), 2), Object.freeze(['read' as const])),
  ips: optional(list(addressText, 20)),
}
const binanceAccess = { ...access, apiKey: optional(apiKeyText.binance) }

function asymmetricKey(signing: 'rsa' | 'ed25519'): Reader<ScenarioKey> {
  const reader = record({ signing: required(oneOf(signing)), ...binanceAccess, privateKeyFile: optional(privateKeyFile(signing)) })
  return (spot) => {
    const read = reader(spot)
    if (read === undefined) return undefined
    const { privateKeyFile: privateKey, ...key } = read.value
    return { value: Object.freeze({ ...key, privateKey }) }
  }
}

const hmac = { signing: required(oneOf('hmac')), apiSecret: optional(secretText) }
const keyReaders: Readonly<Record<Exchange, Reader<ScenarioKey>>> = {
  binance: chosenBy<ScenarioKey>('signing', {
    hmac: record({ ...hmac, ...binanceAccess }),
    rsa: asymmetricKey('rsa'),
    ed25519: asymmetricKey('ed25519'),
  }),
  okx: chosenBy<ScenarioKey>('signing', {
    hmac: record({ ...hmac, ...access, apiKey: optional(apiKeyText.okx), passphrase: optional(passphraseText) }),
  }),
}

const ordinaryKey: ScenarioKey = Object.freeze({ signing: 'hmac', permissions: Object.freeze(['read' as const, 'trade' as const]) })

function keysReader(exchange: Exchange): Reader<readonly ScenarioKey[]> {
  const reader = list(keyReaders[exchange], 100)
  return (spot) => {
    const keys = reader(spot)
    if (keys === undefined || keys.value.some(({ signing }) => signing === 'hmac')) return keys
    return fault(spot, 'has no key with "signing: hmac"; every account has at least one')
  }
}

function accountFields<Name extends Exchange>(exchange: Name) {
  return {
    label: required(labelText),
    copies: optional(copiesReader),
    exchange: required(oneOf(exchange)),
    vip: withDefault(count(vipMax), 0),
    keys: withDefault(keysReader(exchange), Object.freeze([ordinaryKey])),
  }
}

const binanceAccount: Reader<ScenarioAccount> = record({
  ...accountFields('binance'),
  product: optional(oneOf<Product>('pm', 'pm-pro', 'pm-span')),
})
const okxAccount: Reader<ScenarioAccount> = record(accountFields('okx'))

const oneAccount = chosenBy<ScenarioAccount>('exchange', { binance: binanceAccount, okx: okxAccount })

/** The accounts of a scenario: labels and API keys are unique. */
export const accountsReader: Reader<readonly ScenarioAccount[]> = (spot: Spot) => {
  const seen = new Set<string>()
  let members = 0
  const unique: Reader<ScenarioAccount> = (accountSpot) => {
    const read = oneAccount(accountSpot)
    if (read === undefined) return undefined
    members += read.value.copies ?? 1
    if (members > membersMax)
      return fault(accountSpot, `makes them ${members} accounts with those above it, more than the ${membersMax} allowed`)
    const names = [
      // The name of a group is no account's own either.
      ...new Set([read.value.label, ...memberLabels(read.value)].map((label) => `label ${label}`)),
      ...read.value.keys.flatMap(({ apiKey }) => (apiKey === undefined ? [] : [`apiKey ${apiKey}`])),
    ]
    const twice = names.find((name) => seen.has(name)) ?? names.find((name, index) => names.indexOf(name) !== index)
    const isFixed = read.value.copies !== undefined && read.value.keys.some(({ apiKey }) => apiKey !== undefined)
    if (isFixed)
      return fault(accountSpot, 'has an apiKey of its own, which its copies cannot share; leave it out and it is derived for each')
    if (twice !== undefined) return fault(accountSpot, `the ${twice} is given twice; give each its own`)
    for (const name of names) seen.add(name)
    return read
  }
  const accounts = list(unique, 1_000)(spot)
  return accounts?.value.length === 0 ? fault(spot, 'is empty; a scenario has at least one account') : accounts
}
