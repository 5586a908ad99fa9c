import { constants, generateKeyPairSync, privateEncrypt, publicDecrypt, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BinanceSigning, binancePayload, signBinance, splitSignature, verifyBinance } from './signing.ts'

const secretA = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j'
const secretB = '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9'

const order = 'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC'
const rest = 'quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559'

const vectors = [
  ['an order in the query', secretA, `${order}&${rest}`, '', 'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71'],
  ['an order in the body', secretA, '', `${order}&${rest}`, 'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71'],
  ['an order in query and body', secretA, order, rest, '0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77'],
  [
    'a history request',
    secretA,
    'asset=USDT&size=100&recvWindow=5000&timestamp=1670227200000',
    '',
    'd6934290639cc32ca670d07121f5e1cf5a383b6aba75dc73a32002cbf21fe5f4',
  ],
  ['a timestamp alone', secretA, 'timestamp=1670227200000', '', '35e5d391dd0a284db6fa9eafc867f1bcb66095279ea2c156655c9805a51b52ce'],
  [
    'a repayment in the body',
    secretA,
    '',
    'recvWindow=5000&timestamp=1670227200000',
    '7976488df9fc8bc2a05b837eb04c13f9bfca68fe7db79bbc3d1f9336d0132881',
  ],
  [
    'a futures order',
    secretB,
    'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943',
    '',
    '3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9',
  ],
] as const

test.each(vectors)('signs %s as the exchange does', (_, secret, query, body, signature) => {
  expect(signBinance('hmac', secret, binancePayload(query, body))).toBe(signature)
  expect(verifyBinance('hmac', secret, binancePayload(query, body), signature)).toBe(true)
})

describe('rule: binance-signature', () => {
  // The page was adapted from another product's without computing its signatures anew.
  const printedSecret = 'YtP1BudNOWZE1ag5uzCkh4hIC7qSmQOu797r5EJBFGhxBYivjj8HIX0iiiPof5yG'
  const printedQuery = 'symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC'
  const samples = [
    [
      'examples 1 and 2',
      '',
      `${printedQuery}&quantity=1&price=2000&recvWindow=5000&timestamp=1611825601400`,
      '4c633cd74726176f44d7a81ac9c86ffd6045169b3fadac568b577285ac95ca45',
      '7c12045972f6140e765e0f2b67d28099718df805732676494238f50be830a7d7',
    ],
    [
      'example 3, mixed',
      printedQuery,
      'quantity=0.01&price=2000&recvWindow=5000&timestamp=1611825601400',
      '9de499863c33b6e74b625a72b39f252653b62ca6c31c2c0c8fc4e8b87c711129',
      'fa6045c54fb02912b766442be1f66fab619217e551a4fb4f8a1ee000df914d8e',
    ],
  ] as const

  test.each(samples)('%s: the real HMAC verifies, the printed one does not', (_, query, body, real, printed) => {
    const payload = binancePayload(query, body)
    expect(signBinance('hmac', printedSecret, payload)).toBe(real)
    expect(verifyBinance('hmac', printedSecret, payload, printed)).toBe(false)
  })
})

const rsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const ed25519 = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const keys: readonly { kind: BinanceSigning; secret: string; check: string }[] = [
  { kind: 'hmac', secret: secretA, check: secretA },
  { kind: 'rsa', secret: rsa.privateKey, check: rsa.publicKey },
  { kind: 'ed25519', secret: ed25519.privateKey, check: ed25519.publicKey },
]

describe.each(keys)('$kind', ({ kind, secret, check }) => {
  const signature = signBinance(kind, secret, rest)

  test('verifies what it signed, over query, body and both', () => {
    for (const [query, body] of [
      [rest, ''],
      ['', rest],
      ['quantity=1', '&price=0.1'],
    ] as const) {
      expect(verifyBinance(kind, check, binancePayload(query, body), signBinance(kind, secret, query + body))).toBe(true)
    }
  })

  test('signs the bytes as they are sent: an encoded and a bare character are two payloads', () => {
    const encoded = 'note=a%20b&timestamp=1'
    expect(verifyBinance(kind, check, 'note=a b&timestamp=1', signBinance(kind, secret, encoded))).toBe(false)
    expect(verifyBinance(kind, check, 'note=a+b&timestamp=1', signBinance(kind, secret, encoded))).toBe(false)
  })

  test('finds the signature last in the query, last in the body, or last in the body of a mixed request', () => {
    const sent = encodeURIComponent(signature)
    expect(splitSignature(`${rest}&signature=${sent}`, '')).toEqual({ query: rest, body: '', signature })
    expect(splitSignature('', `${rest}&signature=${sent}`)).toEqual({ query: '', body: rest, signature })
    expect(splitSignature(order, `${rest}&signature=${sent}`)).toEqual({ query: order, body: rest, signature })
    expect(splitSignature(`${order}&signature=${sent}`, rest)).toEqual({ query: order, body: rest, signature })
  })

  test('does not verify when any one character of the payload or of the signature is another', () => {
    const changed = (text: string, at: number, by: number) =>
      text.slice(0, at) + String.fromCharCode((text.charCodeAt(at) + by) % 128) + text.slice(at + 1)
    const sameHex = (one: string, other: string) => kind === 'hmac' && one.toLowerCase() === other.toLowerCase()
    fc.assert(
      fc.property(fc.nat({ max: rest.length - 1 }), fc.integer({ min: 1, max: 127 }), (at, by) => {
        expect(verifyBinance(kind, check, changed(rest, at, by), signature)).toBe(false)
      }),
      { numRuns: 60 },
    )
    fc.assert(
      fc.property(fc.nat({ max: signature.length - 1 }), fc.integer({ min: 1, max: 127 }), (at, by) => {
        const other = changed(signature, at, by)
        fc.pre(!sameHex(other, signature))
        expect(verifyBinance(kind, check, rest, other)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  test('never throws on garbage, neither as signature nor as key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (garbage) => {
        expect(verifyBinance(kind, check, rest, garbage)).toBe(false)
        expect(verifyBinance(kind, garbage, rest, signature)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  test('does not take a signature of another kind or of another key', () => {
    for (const other of keys.filter((candidate) => candidate.kind !== kind)) {
      expect(verifyBinance(kind, check, rest, signBinance(other.kind, other.secret, rest))).toBe(false)
      expect(verifyBinance(kind, other.check, rest, signature)).toBe(false)
    }
  })
})

test('the case of an HMAC’s hex does not matter', () => {
  const signature = signBinance('hmac', secretA, rest)
  expect(signature).toMatch(/^[0-9a-f]{64}$/)
  fc.assert(
    fc.property(fc.mixedCase(fc.constant(signature)), (mixed) => {
      expect(verifyBinance('hmac', secretA, rest, mixed)).toBe(true)
    }),
  )
})

test('an RSA signature is PKCS#1 v1.5 over SHA-256, whichever library made it', () => {
  const bytes = Buffer.from(signBinance('rsa', rsa.privateKey, rest), 'base64')
  expect(verify('sha256', Buffer.from(rest), { key: rsa.publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes)).toBe(true)
  // The signed block itself: the DER prefix of SHA-256 and the digest.
  const block = publicDecrypt({ key: rsa.publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes)
  expect(block.toString('hex')).toMatch(/^3031300d060960864801650304020105000420[0-9a-f]{64}$/)
  const remade = privateEncrypt({ key: rsa.privateKey, padding: constants.RSA_PKCS1_PADDING }, block).toString('base64')
  expect(verifyBinance('rsa', rsa.publicKey, rest, remade)).toBe(true)
})

test('a private key’s PEM checks signatures too, so an account may be kept by one text', () => {
  expect(verifyBinance('rsa', rsa.privateKey, rest, signBinance('rsa', rsa.privateKey, rest))).toBe(true)
})

test('a text that is no private key is refused without being shown', () => {
  expect(() => signBinance('rsa', 'my hidden words', rest)).toThrow(
    expect.objectContaining({ code: 'contract.key-malformed', message: expect.not.stringContaining('hidden') }),
  )
  expect(() => signBinance('ed25519', rsa.privateKey, rest)).toThrow(expect.objectContaining({ code: 'contract.key-malformed' }))
})

test('more keys than are kept still sign and verify', () => {
  const many = Array.from({ length: 300 }, () =>
    generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }),
  )
  const signatures = many.map((pair) => signBinance('ed25519', pair.privateKey, rest))
  many.forEach((pair, index) => {
    expect(verifyBinance('ed25519', pair.publicKey, rest, signatures[index]!)).toBe(true)
  })
})

describe('rule: binance-signature', () => {
  test('the parameter is absent where none was sent, and a longer name is not it', () => {
    expect(splitSignature(rest, '')).toEqual({ query: rest, body: '', signature: undefined })
    expect(splitSignature('mysignature=1&timestamp=2', '')).toEqual({
      query: 'mysignature=1&timestamp=2',
      body: '',
      signature: undefined,
    })
  })

  test('the parameter may stand alone, first or in the middle, and every other byte stays as sent', () => {
    expect(splitSignature('signature=ab', '')).toEqual({ query: '', body: '', signature: 'ab' })
    expect(splitSignature('signature=ab&timestamp=1', '')).toEqual({ query: 'timestamp=1', body: '', signature: 'ab' })
    expect(splitSignature('a=%7e&signature=ab&timestamp=1', '')).toEqual({ query: 'a=%7e&timestamp=1', body: '', signature: 'ab' })
  })

  test('the parameter is found beside a longer name that ends like it', () => {
    expect(splitSignature('signature=ab&mysignature=1', '')).toEqual({ query: 'mysignature=1', body: '', signature: 'ab' })
    expect(splitSignature('mysignature=1&signature=ab', '')).toEqual({ query: 'mysignature=1', body: '', signature: 'ab' })
  })

  test('the parameter in the query counts before one in the body, which then spoils the payload', () => {
    expect(splitSignature('timestamp=1&signature=ab', 'a=1&signature=cd')).toEqual({
      query: 'timestamp=1',
      body: 'a=1&signature=cd',
      signature: 'ab',
    })
  })

  test('the parameter that is base64 must be percent-encoded: a bare plus is a space, as in every form', () => {
    expect(splitSignature('timestamp=1&signature=a+b%2F%3D', '').signature).toBe('a b/=')
    expect(splitSignature('timestamp=1&signature=a%2Bb/=', '').signature).toBe('a+b/=')
  })

  test('the parameter that is not well encoded is taken as it came', () => {
    expect(splitSignature('timestamp=1&signature=%zz', '').signature).toBe('%zz')
  })

  test('the parameter is taken out of any request, leaving what was signed', () => {
    const raw = fc.string({ unit: fc.constantFrom('a', '=', '&', '%', '2', 'F', '+', 'ä') }).filter((text) => !text.includes('signature='))
    fc.assert(
      fc.property(raw, raw, fc.boolean(), (query, body, inBody) => {
        const carrier = inBody ? body : query
        const appended = carrier === '' ? 'signature=ab' : `${carrier}&signature=ab`
        const split = inBody ? splitSignature(query, appended) : splitSignature(appended, body)
        expect(split).toEqual({ query, body, signature: 'ab' })
      }),
    )
  })
})
