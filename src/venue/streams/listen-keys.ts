import { randomInt } from 'node:crypto'
import { hourMs } from '../../time/units.ts'

/** How long a listen key is valid after it was made or extended (facts A6). */
export const listenKeyLifeMs = hourMs

const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const keyLength = 64

/** A listen key as it was handed out. */
export interface ListenKey {
  readonly text: string
  readonly account: string
  /** The first instant at which it is no longer valid. */
  readonly expiresAt: number
}

/**
 * The listen keys of a venue: one for each account that asked. They live by the venue's clock and are no part of its
 * ledger: neither a journal nor a snapshot keeps them.
 */
export class ListenKeys {
  readonly #byAccount = new Map<string, ListenKey>()
  readonly #byText = new Map<string, ListenKey>()

  /** The active key of the account, valid for another hour, or else a new one. */
  start(account: string, now: number): ListenKey {
    return this.keepAlive(account, now) ?? this.#put({ text: newKey(), account, expiresAt: now + listenKeyLifeMs })
  }

  /** The active key of the account, valid for an hour from now on; `undefined` where there is none. */
  keepAlive(account: string, now: number): ListenKey | undefined {
    const known = this.#byAccount.get(account)
    if (known === undefined || known.expiresAt <= now) return undefined
    return this.#put({ ...known, expiresAt: now + listenKeyLifeMs })
  }

  /** Ends the key of the account. @returns it; `undefined` where there was none that was active */
  close(account: string, now: number): ListenKey | undefined {
    const known = this.#byAccount.get(account)
    if (known === undefined || known.expiresAt <= now) return undefined
    this.#forget(known)
    return known
  }

  find(text: string): ListenKey | undefined {
    return this.#byText.get(text)
  }

  /** Takes out the keys that are no longer valid at that instant, the first to expire first. */
  takeExpired(now: number): readonly ListenKey[] {
    const expired = [...this.#byAccount.values()].filter(({ expiresAt }) => expiresAt <= now)
    for (const key of expired) this.#forget(key)
    return expired.sort((left, right) => left.expiresAt - right.expiresAt)
  }

  /** When the next key expires; infinite while there is none. */
  nextExpiry(): number {
    let next = Number.POSITIVE_INFINITY
    for (const { expiresAt } of this.#byAccount.values()) next = Math.min(next, expiresAt)
    return next
  }

  clear(): void {
    this.#byAccount.clear()
    this.#byText.clear()
  }

  #put(key: ListenKey): ListenKey {
    this.#byAccount.set(key.account, key)
    this.#byText.set(key.text, key)
    return key
  }

  #forget({ account, text }: ListenKey): void {
    this.#byAccount.delete(account)
    this.#byText.delete(text)
  }
}

function newKey(): string {
  return Array.from({ length: keyLength }, () => characters[randomInt(characters.length)]).join('')
}
