import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientFunctions } from './support/client-functions.ts'
import { type ClientFunction, type ClientKind, clientKinds } from './support/client-kinds.ts'
import { first, whileNothingMoves } from './support/comparable.ts'
import { type LoopbackWatch, watchLoopback } from './support/loopback-watch.ts'
import { type Proof, plainTree, takenOut } from './support/proof.ts'
import { type ProofWorld, proofWorld, type WorldAccount } from './support/proof-world.ts'
import { apiHostProofs } from './support/proofs-api-host.ts'
import { okxProofs } from './support/proofs-okx.ts'
import { papiChanges } from './support/proofs-papi-changes.ts'
import { papiReads } from './support/proofs-papi-reads.ts'
import { refusals } from './support/refusals.ts'
import { keyOf } from './support/venue-on-a-port.ts'

const proofs: readonly Proof[] = [...papiReads, ...papiChanges, ...apiHostProofs, ...okxProofs]

describe.each(clientKinds.map((kind) => [kind.name, kind] as const))('%s over every endpoint it has a function for', (name, kind) => {
  const table: Readonly<Record<string, readonly string[]>> = clientFunctions[name]
  let watch: LoopbackWatch
  let world: ProofWorld
  const functions = new Map<WorldAccount, ReadonlyMap<string, ClientFunction>>()

  beforeAll(async () => {
    watch = watchLoopback()
    world = await proofWorld()
  })

  afterAll(async () => {
    await world.close()
    watch.stop()
    expect(watch.outside()).toEqual([])
  })

  function functionOf(account: WorldAccount, called: string): ClientFunction {
    const connected = functions.get(account) ?? connect(kind, world, account)
    functions.set(account, connected)
    const found = connected.get(called)
    if (found === undefined) throw new Error(`${name} has no function ${called}`)
    return found
  }

  if (kind.exchange === 'binance') {
    test.each(['hmac', 'rsa', 'ed25519'] as const)('is let in with a key of kind %s', async (signing) => {
      const asked = kind.connect(world.url, keyOf(world.access('main'), signing)).get(first(table['GET /papi/v1/account'] ?? []))
      expect(await asked?.()).toMatchObject({ accountStatus: 'NORMAL' })
    })
  }

  test.each(refusals.filter(({ exchange, endpoint }) => exchange === kind.exchange && endpoint in table))(
    'throws an error of its own: $about',
    async (refusal) => {
      const { account, endpoint, parameters, change, status, code, msg } = refusal
      const key = { ...keyOf(world.access(account), 'hmac'), ...change }
      const before = world.engine.sequence
      const asked = kind.connect(world.url, key).get(first(table[endpoint] ?? []))
      await expect(asked?.(parameters)).rejects.toMatchObject(kind.surfaceOf({ status, code, msg }))
      expect(world.engine.sequence).toBe(before)
    },
  )

  for (const [endpoint, called] of Object.entries(table)) {
    describe(endpoint, () => {
      const own = proofs.filter((proof) => proof.endpoint === endpoint)

      test('is proven by something', () => expect(own.length).toBeGreaterThan(0))

      for (const proof of own) {
        test.each(called)(`%s ${proof.shows}`, async (functionName) => {
          proof.before?.(world)
          const parameters = proof.parameters?.(world) ?? {}
          const earliest = world.venue.clock.now()
          const call = () => functionOf(proof.account, functionName)(parameters)
          if (kind.asksUnsigned?.includes(functionName) === true) {
            const refusal = { status: 400, code: -1102, msg: "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed." }
            return expect(call()).rejects.toMatchObject(kind.surfaceOf(refusal))
          }
          const isRead = endpoint.startsWith('GET')
          const reply = isRead ? await whileNothingMoves(() => world.venue.truth(proof.account).accounts, call) : await call()
          compare(kind, proof, kind.wholeOf?.[functionName]?.(reply) ?? reply, { world, earliest })
          proof.after?.(world)
        })
      }
    })
  }
})

function connect(kind: ClientKind, world: ProofWorld, account: WorldAccount): ReadonlyMap<string, ClientFunction> {
  const { apiKey, apiSecret: secret, passphrase } = world.access(account)
  return kind.connect(world.url, { apiKey, secret, signing: 'hmac', ...(passphrase === undefined ? {} : { passphrase }) })
}

function compare(kind: ClientKind, proof: Proof, reply: unknown, { world, earliest }: { world: ProofWorld; earliest: number }): void {
  const options = { asFloats: kind.losesLongNumbers === true }
  const part = proof.part === undefined ? reply : proof.part(reply as never)
  const { rest, values } = takenOut(plainTree(part, options), proof.instants ?? [])
  expect(rest).toEqual(plainTree(proof.expected(world), options))
  if (proof.instants !== undefined) expect(values.length).toBeGreaterThan(0)
  for (const instant of values) {
    expect(Number(instant)).toBeGreaterThanOrEqual(earliest)
    expect(Number(instant)).toBeLessThanOrEqual(world.venue.clock.now())
  }
}
