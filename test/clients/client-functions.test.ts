import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clientFunctions } from './support/client-functions.ts'
import { clientKinds } from './support/client-kinds.ts'
import { watchLoopback } from './support/loopback-watch.ts'
import { reachedEndpoints } from './support/reached-endpoints.ts'

describe('the table of what each client can ask for', () => {
  // One client warns of every order whose number is not of its own making.
  beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue(undefined))
  afterEach(() => void vi.restoreAllMocks())

  test('has a list for every client that is tested', () => {
    expect(Object.keys(clientFunctions)).toEqual(clientKinds.map(({ name }) => name))
  })

  test.each(clientKinds.map((kind) => [kind.name, kind] as const))(
    'names every function of %s that reaches an endpoint of the venue',
    async (name, kind) => {
      const watch = watchLoopback()
      expect(await reachedEndpoints(kind)).toEqual(clientFunctions[name])
      watch.stop()
      expect(watch.outside()).toEqual([])
    },
  )
})
