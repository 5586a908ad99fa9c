import type { AccountAccess, KeyAccess } from './account-access.ts'
import type { ApiKey } from './engine/command.ts'
import type { Engine } from './engine/engine-interface.ts'
import type { Journal } from './engine/journal.ts'

const metaKey = 'access'

/** Keeps what was handed out with the journal: the private halves of keys are not in it otherwise. */
export function rememberAccess(journal: Journal, access: readonly AccountAccess[]): void {
  journal.setMeta(metaKey, JSON.stringify(access))
}

export function rememberedAccess(journal: Journal): readonly AccountAccess[] {
  const text = journal.meta(metaKey)
  return text === undefined ? [] : (JSON.parse(text) as AccountAccess[])
}

/**
 * What is needed to sign as each account, from its keys as they are now. A key whose private half was never the
 * venue's to keep is left out, and so is an account with no other.
 */
export function accountAccess(engine: Engine, remembered: readonly AccountAccess[]): readonly AccountAccess[] {
  const known = new Map(remembered.flatMap(({ keys }) => keys.map((key) => [key.apiKey, key] as const)))
  return engine.accounts().flatMap(({ account, exchange }): AccountAccess[] => {
    const keys = engine.keysOf(account).flatMap((key) => keyAccess(key, known.get(key.apiKey)) ?? [])
    const first = keys.find(({ signing }) => signing === 'hmac') ?? keys[0]
    if (first === undefined) return []
    const { apiKey, secret: apiSecret, passphrase } = first
    return [{ exchange, label: account, apiKey, apiSecret, ...(passphrase === undefined ? {} : { passphrase }), keys }]
  })
}

function keyAccess(key: ApiKey, remembered: KeyAccess | undefined): KeyAccess | undefined {
  if (key.signing !== 'hmac') return remembered
  const { apiKey, signing, verifier: secret, permissions, passphrase } = key
  return { apiKey, signing, secret, permissions, ...(passphrase === undefined ? {} : { passphrase }) }
}
