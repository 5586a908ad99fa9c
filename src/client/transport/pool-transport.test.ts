import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { PoolTransport } from './pool-transport.ts'
import type { WireRequest } from './transport.ts'

const started: Server[] = []
const transports: PoolTransport[] = []

async function serving(listener: RequestListener): Promise<PoolTransport> {
  const server = createServer(listener)
  started.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return transportTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

function transportTo(origin: string, timeoutMs = 5_000): PoolTransport {
  const transport = new PoolTransport(origin, timeoutMs)
  transports.push(transport)
  return transport
}

afterEach(async () => {
  await Promise.all(transports.splice(0).map((transport) => transport.close()))
  for (const server of started.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

const get: WireRequest = { method: 'GET', target: '/papi/v1/balance?asset=%21%27%2B', headers: { 'X-MBX-APIKEY': 'key' }, body: undefined }
const unhurried = new AbortController().signal

describe('the pool', () => {
  test('sends the target byte for byte, with headers, and an empty body for a POST without one', async () => {
    const seen: unknown[] = []
    const transport = await serving((request, response) => {
      seen.push([request.method, request.url, request.headers['x-mbx-apikey'], request.headers['content-length']])
      response.setHeader('X-MBX-USED-WEIGHT-1M', '20').end('{"a":"ä"}')
    })
    const reply = await transport.send(get, unhurried)
    await transport.send({ ...get, method: 'POST' }, unhurried)
    expect([reply.status, reply.header('x-mbx-used-weight-1m'), reply.text]).toEqual([200, '20', '{"a":"ä"}'])
    expect(seen).toEqual([
      ['GET', get.target, 'key', undefined],
      ['POST', get.target, 'key', '0'],
    ])
  })

  test('tells a port nobody listens on, of which certainly nothing was sent', async () => {
    const failure = transportTo('http://127.0.0.1:1').send(get, unhurried)
    await expect(failure).rejects.toMatchObject({ name: 'TransportFailure', sent: false, message: 'nothing listens there (ECONNREFUSED)' })
  })

  test('tells a server that does not speak TLS', async () => {
    const server = createServer((_, response) => response.end('plain'))
    started.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const failure = transportTo(`https://127.0.0.1:${(server.address() as AddressInfo).port}`).send(get, unhurried)
    await expect(failure).rejects.toMatchObject({ name: 'TransportFailure', sent: false, message: expect.stringContaining('TLS') })
  })

  test('tells a connection cut before or within the reply, which may have been carried out', async () => {
    const before = await serving((request) => request.socket.destroy())
    await expect(before.send({ ...get, method: 'POST' }, unhurried)).rejects.toMatchObject({ name: 'TransportFailure', sent: true })
    const within = await serving((request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"code":', () => request.socket.destroy())
    })
    await expect(within.send(get, unhurried)).rejects.toMatchObject({ name: 'TransportFailure', sent: true })
  })

  test('follows no redirect', async () => {
    const transport = await serving((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())
    expect((await transport.send(get, unhurried)).status).toBe(302)
  })

  test('gives up when its signal aborts', async () => {
    const controller = new AbortController()
    const transport = await serving(() => controller.abort(new Error('stopped')))
    await expect(transport.send(get, controller.signal)).rejects.toThrow('stopped')
  })

  test('sends nothing once closed', async () => {
    const transport = transportTo('http://127.0.0.1:1')
    await transport.close()
    await expect(transport.send(get, unhurried)).rejects.toMatchObject({ code: 'client.closed' })
  })
})
