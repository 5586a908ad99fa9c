import { Command, Option } from 'commander'
import type { Book } from '../../book/book-interface.ts'
import { assertLabel } from '../../book/label.ts'
import type { BookAccount } from '../../book/record.ts'
import { originOf } from '../../client/base-url.ts'
import { checkHeaderText } from '../../client/credentials.ts'
import { keyIdOf } from '../../client/key-id.ts'
import type { ErrorCode } from '../../errors/catalogue.ts'
import { fail, isOverdraftError } from '../../errors/overdraft-error.ts'
import { assertSameAccount, isKnownKey, type Recognition, recognise, rememberKey } from '../../sync/same-account.ts'
import type { StoredCredentials } from '../../vault/credentials.ts'
import type { Act } from '../act.ts'
import { assertPrivateKey, readApiSecret } from '../api-secret.ts'
import { Clients } from '../clients.ts'
import { defaultBaseUrls } from '../exchange-hosts.ts'
import type { Io } from '../io.ts'
import { printableLines } from '../output/printable.ts'
import type { Session } from '../session.ts'

interface AddOptions {
  readonly exchange: 'binance' | 'okx'
  readonly baseUrl?: string
  readonly signing: 'hmac' | 'rsa' | 'ed25519'
  readonly apiKey?: string
  readonly secretFile?: string
  readonly passphraseFile?: string
  readonly replace?: true
  readonly sameAccount?: true
}

const notes = `
Secrets are asked for on the terminal, or come from --secret-file and --passphrase-file (- is standard input), or from
OVERDRAFT_API_SECRET and OVERDRAFT_API_PASSPHRASE; never from an argument. They rest encrypted in vault.json, under a
passphrase that is asked for, or comes from OVERDRAFT_PASSPHRASE or OVERDRAFT_PASSPHRASE_FILE. A key that may only read
is enough.`

export function accountAddCommand(act: Act): Command {
  return new Command('add')
    .description('add an account, or replace its key')
    .argument('<label>', 'a name for it, of your choice')
    .addOption(new Option('--exchange <name>', 'the exchange').choices(['binance', 'okx']).makeOptionMandatory())
    .option('--api-key <key>', 'the API key (default: $OVERDRAFT_API_KEY, or asked for)')
    .addOption(new Option('--signing <kind>', 'kind of the key (Binance)').choices(['hmac', 'rsa', 'ed25519']).default('hmac'))
    .option('--secret-file <file>', 'file with the API secret or private key')
    .option('--passphrase-file <file>', 'file with the passphrase of the API key (OKX)')
    .option('--base-url <url>', `the exchange (default: ${defaultBaseUrls.binance} or ${defaultBaseUrls.okx})`)
    .option('--replace', 'replace the key of an account that is there, and with --base-url its exchange')
    .option('--same-account', 'with --replace: your word that the key is of the same account, where nothing else tells')
    .addHelpText('after', notes)
    .action(act(addAccount))
}

async function addAccount(session: Session, label: string, options: AddOptions): Promise<void> {
  assertLabel(label)
  const { exchange } = options
  if (exchange === 'okx' && options.signing !== 'hmac') {
    fail('cli.option-malformed', { option: '--signing', value: options.signing, expected: 'hmac, the only kind OKX knows' })
  }
  const askedUrl = options.baseUrl === undefined ? undefined : originOf(options.baseUrl)
  await session.withBook('create', async (book) => {
    const known = (await book.accounts()).find((account) => account.label === label)
    if (known !== undefined && !options.replace) fail('book.account-exists', { label })
    if (known !== undefined && known.exchange !== exchange) {
      fail('cli.option-malformed', {
        option: '--exchange',
        value: exchange,
        expected: `${known.exchange}, as the account is one of ${known.exchange}`,
      })
    }
    const credentials = await readCredentials(session.io, options)
    const vault = await session.vault('create')
    const baseUrl = askedUrl ?? known?.baseUrl ?? defaultBaseUrls[exchange]
    const recognition = known === undefined ? undefined : await assertOwnKey(session, book, { ...known, baseUrl }, credentials, options)
    // The vault first: secrets without an account do no harm, an account without secrets cannot be read.
    await vault.put(label, credentials)
    if (known !== undefined && recognition !== undefined) {
      await rememberKey(book, known, { keyId: keyIdOf(credentials.apiKey) }, recognition, session.io.clock.now())
    }
    if (known === undefined) {
      await book.addAccount({ label, exchange, baseUrl, addedAt: session.io.clock.now(), mayRepay: false })
    } else if (baseUrl !== known.baseUrl) await book.moveAccount(label, baseUrl)
    session.say(`${known === undefined ? 'Added' : 'Replaced the key of'} ${label} (${exchange}, ${baseUrl}).`)
    session.say(`Try it with: overdraft account check ${label}`)
  })
}

const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['sync.other-account', 'sync.account-unknown'])

/**
 * The key of another account is not kept. Where nobody answers whose key it is, the next sync asks before it records anything.
 * @throws `sync.other-account`, `sync.account-unknown`
 */
async function assertOwnKey(
  session: Session,
  book: Book,
  account: BookAccount,
  credentials: StoredCredentials,
  { sameAccount }: AddOptions,
): Promise<Recognition | undefined> {
  const clients = new Clients(session.io.clock)
  try {
    const client = clients.make(account, credentials)
    if (await isKnownKey(book, account, client)) return undefined
    // The user's word stands in for what nothing tells, never against what was told.
    return sameAccount ? await recognise(book, account, client) : await assertSameAccount(book, account, client)
  } catch (error) {
    if (!isOverdraftError(error) || refusals.has(error.code)) throw error
    session.say(`Whose key it is could not be asked: ${printableLines(error.message)}\nThe next sync asks before it records anything.`)
    return undefined
  } finally {
    await clients.close()
  }
}

async function readCredentials(io: Io, options: AddOptions): Promise<StoredCredentials> {
  const apiKey = checkHeaderText('API key', await readApiKey(io, options.apiKey))
  const secret = await readApiSecret(io, {
    what: options.signing === 'hmac' ? 'API secret' : 'private key',
    variable: 'OVERDRAFT_API_SECRET',
    fileOption: '--secret-file',
    file: options.secretFile,
  })
  if (options.exchange === 'binance') {
    if (options.signing !== 'hmac') assertPrivateKey(options.signing, secret)
    return { exchange: 'binance', apiKey, signing: options.signing, secret }
  }
  const passphrase = await readApiSecret(io, {
    what: 'API passphrase',
    variable: 'OVERDRAFT_API_PASSPHRASE',
    fileOption: '--passphrase-file',
    file: options.passphraseFile,
  })
  return { exchange: 'okx', apiKey, secret, passphrase }
}

async function readApiKey(io: Io, option: string | undefined): Promise<string> {
  const given = option ?? io.env['OVERDRAFT_API_KEY']
  if (given !== undefined) return given.trim()
  if (!io.stdin.isTerminal) fail('cli.missing', { what: 'the API key', remedy: 'Give --api-key KEY, or set OVERDRAFT_API_KEY.' })
  return (await io.stdin.ask('API key: ', 'shown')).trim()
}
