import { join } from 'node:path'
import type { Book } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { Secret } from '../../errors/secret.ts'
import type { Clock } from '../../time/clock.ts'
import type { StoredCredentials } from '../../vault/credentials.ts'
import { createVault, openVault, type Vault, vaultExists } from '../../vault/vault.ts'
import type { AccountAccess } from '../../venue/account-access.ts'

/** The demo's keys open nothing but the demo's venue, so their vault's passphrase is no secret. */
export const demoPassphrase = 'demo'

export interface DemoAccount {
  readonly account: BookAccount
  readonly credentials: StoredCredentials
}

const onThisMachineRe = /^http:/

/**
 * The venue's accounts, added to the book where they are not in it yet, at the port where the venue listens now.
 * @throws `cli.not-a-demo`
 */
export async function demoAccounts(
  book: Book,
  accounts: readonly AccountAccess[],
  url: string,
  clock: Clock,
): Promise<readonly DemoAccount[]> {
  const known = await book.accounts()
  // Rows of a venue must never stand among those of a real account. `http:` is accepted for this machine only.
  const real = known.find(({ baseUrl }) => !onThisMachineRe.test(baseUrl))
  if (real !== undefined) fail('cli.not-a-demo', { label: real.label, baseUrl: real.baseUrl })
  const added: DemoAccount[] = []
  for (const access of accounts) {
    const { label, exchange } = access
    const before = known.find((account) => account.label === label)
    const account: BookAccount = { label, exchange, baseUrl: url, addedAt: before?.addedAt ?? clock.now(), mayRepay: false }
    if (before === undefined) await book.addAccount(account)
    else if (before.baseUrl !== url) await book.moveAccount(label, url)
    added.push({ account, credentials: credentialsOf(access) })
  }
  return added
}

/** Puts the keys into the demo's vault, so that the other commands can be tried on the demo's home. */
export async function keepDemoKeys(home: string, accounts: readonly DemoAccount[]): Promise<void> {
  const vault = await demoVault(join(home, 'vault.json'))
  for (const { account, credentials } of accounts) {
    if (!vault.labels().includes(account.label)) await vault.put(account.label, credentials)
  }
}

async function demoVault(path: string): Promise<Vault> {
  const passphrase = new Secret(demoPassphrase)
  return (await vaultExists(path)) ? openVault(path, passphrase) : createVault(path, passphrase)
}

function credentialsOf({ exchange, apiKey, apiSecret, passphrase = '' }: AccountAccess): StoredCredentials {
  const secret = new Secret(apiSecret)
  return exchange === 'binance'
    ? { exchange, apiKey, signing: 'hmac', secret }
    : { exchange, apiKey, secret, passphrase: new Secret(passphrase) }
}
