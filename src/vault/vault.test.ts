import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { Secret } from '../errors/secret.ts'
import type { StoredCredentials } from './credentials.ts'
import { printSealedFile, readSealedFile } from './sealed-file.ts'
import { createVault, openVault } from './vault.ts'

const passphrase = new Secret('correct horse battery staple')
const hmacSecret = 'hmac-secret-0123456789'
const binance: StoredCredentials = { exchange: 'binance', apiKey: 'key-one', signing: 'hmac', secret: new Secret(hmacSecret) }
const okx: StoredCredentials = {
  exchange: 'okx',
  apiKey: 'key-two',
  secret: new Secret('okx-secret'),
  passphrase: new Secret('okx "pass\n'),
}

function freshPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'overdraft-vault-')), 'vault.json')
}

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  )
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const error = await thrownBy(work)
  return isOverdraftError(error) ? error.code : String(error)
}

describe('a vault', () => {
  let path: string
  let text: string

  beforeAll(async () => {
    path = freshPath()
    const vault = await createVault(path, passphrase)
    await vault.put('main', binance)
    await vault.put('hedge', okx)
    text = readFileSync(path, 'utf8')
  })

  test('gives back what was put in, when opened with its passphrase', async () => {
    const vault = await openVault(path, passphrase)
    expect(vault.labels()).toEqual(['main', 'hedge'])
    const main = vault.credentials('main')
    expect({ ...main, secret: main.secret.reveal() }).toEqual({ ...binance, secret: hmacSecret })
    const hedge = vault.credentials('hedge')
    expect(hedge.exchange === 'okx' && hedge.passphrase.reveal()).toBe('okx "pass\n')
  })

  test('is readable by its owner only, and leaves no temporary file', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(path, '..'))).toEqual(['vault.json'])
  })

  test('shows neither secret nor label nor API key in its file or when printed', async () => {
    const vault = await openVault(path, passphrase)
    const shown = `${text} ${inspect(vault, { depth: 9 })} ${JSON.stringify(vault.credentials('main'))} ${inspect(vault.credentials('main'))}`
    for (const hidden of [hmacSecret, 'okx-secret', passphrase.reveal()]) expect(shown).not.toContain(hidden)
    for (const hidden of ['key-one', 'main', 'hedge']) expect(text).not.toContain(hidden)
  })

  test('refuses a wrong passphrase, and says that it is the passphrase', async () => {
    const error = await thrownBy(openVault(path, new Secret('incorrect horse')))
    expect(isOverdraftError(error, 'vault.wrong-passphrase')).toBe(true)
    expect(String(error)).toContain(path)
    expect(inspect(error)).not.toContain('incorrect horse')
  })

  test('is called damaged, not locked, when any one byte of it is changed', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 127 }), (at, change) => {
        const changed = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ change)}${text.slice(at + 1)}`
        expect(() => readSealedFile(path, changed)).toThrow(/is damaged or was tampered with|newer Overdraft/)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is called damaged when it is cut short anywhere', () => {
    for (let length = 0; length < text.length; length++) {
      expect(() => readSealedFile(path, text.slice(0, length))).toThrow(/is damaged/)
    }
  })

  test.each(['sealed', 'tag'] as const)('is called damaged when the %s was forged and the checksum made to fit', async (field) => {
    const forged = freshPath()
    const file = readSealedFile(path, text)
    const bytes = Buffer.from(file[field], 'base64')
    bytes[3] = (bytes[3] ?? 0) ^ 1
    writeFileSync(forged, printSealedFile({ ...file, [field]: bytes.toString('base64') }))
    expect(await codeOf(openVault(forged, passphrase))).toBe('vault.damaged')
  })

  test('is called damaged when the nonce of its header was forged', async () => {
    const forged = freshPath()
    const file = readSealedFile(path, text)
    const nonce = Buffer.alloc(12, 7).toString('base64')
    writeFileSync(forged, printSealedFile({ ...file, header: { ...file.header, nonce } }))
    expect(await codeOf(openVault(forged, passphrase))).toBe('vault.damaged')
  })

  test('is not opened with a cheaper or a dearer key derivation than its format has', async () => {
    for (const cost of [2 ** 10, 2 ** 24]) {
      const forged = freshPath()
      const file = readSealedFile(path, text)
      writeFileSync(forged, printSealedFile({ ...file, header: { ...file.header, cost } }))
      expect(await codeOf(openVault(forged, passphrase))).toBe('vault.damaged')
    }
  })
})

test('every write has a nonce of its own', async () => {
  const path = freshPath()
  const vault = await createVault(path, passphrase)
  const nonces = new Set<string>()
  for (const label of ['a', 'b', 'c', 'd']) {
    await vault.put(label, binance)
    nonces.add(readSealedFile(path, readFileSync(path, 'utf8')).header.nonce)
  }
  expect(nonces.size).toBe(4)
})

test('a removed account is gone from the file, and asking for it says how to add it', async () => {
  const path = freshPath()
  const vault = await createVault(path, passphrase)
  await vault.put('main', binance)
  await vault.remove('main')
  const opened = await openVault(path, passphrase)
  expect(opened.labels()).toEqual([])
  expect(() => opened.credentials('main')).toThrow(/holds no API key for the account "main"/)
})

test('two processes that write the same vault do not overwrite one another', async () => {
  const path = freshPath()
  await (await createVault(path, passphrase)).put('main', binance)
  const [one, other] = [await openVault(path, passphrase), await openVault(path, passphrase)]
  await one.put('from-one', binance)
  expect(await codeOf(other.put('from-other', binance))).toBe('vault.changed')
  expect((await openVault(path, passphrase)).labels()).toEqual(['main', 'from-one'])
})

test('a file opened to others is closed again by the next write', async () => {
  const path = freshPath()
  const vault = await createVault(path, passphrase)
  await vault.put('main', binance)
  chmodSync(path, 0o644)
  await vault.put('other', binance)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a new vault is refused where one stands, without a passphrase, and where none is an open is refused', async () => {
  const path = freshPath()
  expect(await codeOf(openVault(path, passphrase))).toBe('vault.missing')
  expect(await codeOf(createVault(path, new Secret('')))).toBe('vault.passphrase-empty')
  await (await createVault(path, passphrase)).put('main', binance)
  expect(await codeOf(createVault(path, passphrase))).toBe('vault.exists')
})

test('a vault of a later format is named as such', async () => {
  const path = freshPath()
  writeFileSync(path, '{"header":{"format":"overdraft-vault","version":2},"body":{}}\n')
  expect(await codeOf(openVault(path, passphrase))).toBe('vault.newer')
})
