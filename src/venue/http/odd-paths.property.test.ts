import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oddTexts } from '../../../test/support/fuzz/admin-traps.ts'
import { fuzzRuns, fuzzTimeoutMs } from '../../../test/support/fuzz/fuzz-runs.ts'
import { fuzzWorld } from '../../../test/support/fuzz/world.ts'
import type { Endpoint } from '../../contracts/contract.ts'
import { binanceEndpoints, okxEndpoints } from '../../contracts/endpoints.ts'

const endpoints = [...Object.values<Endpoint>(binanceEndpoints), ...Object.values<Endpoint>(okxEndpoints)]
const known = new Set(endpoints.map(({ path }) => path))

/** A path of an endpoint that was cut, stretched, or written in another way. */
const oddPath = fc
  .record({
    path: fc.constantFrom(...known),
    odd: fc.oneof(fc.constantFrom(...oddTexts), fc.string({ maxLength: 12 })),
    turn: fc.nat(7),
    at: fc.nat(),
  })
  .map(({ path, odd, turn, at }) => {
    const place = 5 + (at % (path.length - 5))
    const parts = [
      `${path}/`,
      `${path}${odd}`,
      `${path}/${odd}`,
      path.slice(0, place) + odd + path.slice(place),
      path.toUpperCase().replace(/^\/(\w+)\//, (start) => start.toLowerCase()),
      path.replaceAll('/', '//').slice(1),
      path.slice(0, place),
      `${path}/../${odd}`,
    ]
    return parts[turn] ?? path
  })
  .filter((path) => !known.has(path) && /^\/(?:papi|sapi|api)\//.test(path) && !path.includes('?'))

test(
  'a path that no document has is not found, on either exchange, whatever it looks like',
  async () => {
    const { venue, faults, digest } = await fuzzWorld()
    fc.assert(
      fc.property(oddPath, fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'x'), (path, method) => {
        const reply = venue.answer({ method, path, query: 'timestamp=1', body: '', ip: '127.0.0.1', header: () => undefined })
        expect(reply?.status).toBe(404)
        expect(faults.splice(0)).toEqual([])
      }),
      fuzzRuns(400),
    )
    expect(venue.engine.digest()).toBe(digest)
  },
  fuzzTimeoutMs,
)

test(
  'a web request for one is answered too, as it came',
  async () => {
    const { venue, faults, digest } = await fuzzWorld()
    await fc.assert(
      fc.asyncProperty(oddPath, async (path) => {
        const { status } = await venue.fetch(new Request('http://127.0.0.1/x'), { target: `${path}?%zz=%` })
        expect(status).toBe(404)
        expect(faults.splice(0)).toEqual([])
      }),
      fuzzRuns(150),
    )
    expect(venue.engine.digest()).toBe(digest)
  },
  fuzzTimeoutMs,
)
