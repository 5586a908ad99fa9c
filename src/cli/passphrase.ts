import { fail } from '../errors/overdraft-error.ts'
import { Secret } from '../errors/secret.ts'
import type { Io } from './io.ts'
import { readSecretFile } from './secret-file.ts'

const howElse = 'Set OVERDRAFT_PASSPHRASE, or OVERDRAFT_PASSPHRASE_FILE to a file that only you may read, or run it on a terminal.'

/**
 * The passphrase of the vault: from the environment, from a file, or asked for; that of a new vault is asked for twice.
 * @throws `cli.missing`, `cli.passphrases-differ`, `cli.file-open-to-others`, `vault.passphrase-empty`
 */
export async function askPassphrase(io: Io, purpose: 'open' | 'new'): Promise<Secret> {
  const passphrase = await passphraseFrom(io, purpose)
  if (passphrase.reveal() === '') fail('vault.passphrase-empty', {})
  return passphrase
}

async function passphraseFrom(io: Io, purpose: 'open' | 'new'): Promise<Secret> {
  const given = io.env['OVERDRAFT_PASSPHRASE']
  if (given !== undefined) return new Secret(given)
  const path = io.env['OVERDRAFT_PASSPHRASE_FILE']
  if (path !== undefined && path !== '') return readSecretFile('passphrase file', path)
  if (!io.stdin.isTerminal) fail('cli.missing', { what: 'the passphrase of the vault', remedy: howElse })
  const typed = await io.stdin.ask(purpose === 'new' ? 'Choose a passphrase for the vault: ' : 'Passphrase of the vault: ', 'hidden')
  if (purpose === 'new' && typed !== (await io.stdin.ask('The same passphrase again: ', 'hidden'))) fail('cli.passphrases-differ', {})
  return new Secret(typed)
}
