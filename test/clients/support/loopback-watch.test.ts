import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { isLoopback, type LoopbackWatch, watchLoopback } from './loopback-watch.ts'

describe('the loopback watch', () => {
  let watch: LoopbackWatch | undefined

  afterEach(() => watch?.stop())

  test('sees which address is connected to', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    watch = watchLoopback()
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').resume()
    await once(socket, 'close')
    server.close()
    expect(watch.addresses()).toEqual(['127.0.0.1'])
    expect(watch.outside()).toEqual([])
  })

  test('sees which name is looked up', async () => {
    watch = watchLoopback()
    await lookup('localhost')
    expect(watch.names()).toEqual(['localhost'])
    expect(watch.outside()).toEqual([])
  })

  test.each(['papi.example', '192.0.2.7', '2001:db8::1', '1127.0.0.1', 'localhost.example', ''])('calls %j outside', (target) => {
    expect(isLoopback(target)).toBe(false)
  })
})
