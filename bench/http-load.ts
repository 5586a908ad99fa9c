import { createHmac } from 'node:crypto'
import { Pool } from 'undici'
import { systemClock } from '../src/time/system-clock.ts'

/** What the parent process asks for. */
export interface LoadOrder {
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly seconds: number
}

export interface LoadOutcome {
  readonly answered: number
  readonly failures: number
  readonly firstFailure: string
}

const connections = 16
const inFlight = 64

/** Keeps a server busy with signed balance calls for some seconds. */
async function load({ url, apiKey, apiSecret, seconds }: LoadOrder): Promise<LoadOutcome> {
  const pool = new Pool(url, { connections })
  const endsAt = systemClock.now() + seconds * 1_000
  let answered = 0
  let failures = 0
  let firstFailure = ''
  const one = async (): Promise<void> => {
    while (systemClock.now() < endsAt) {
      const query = `timestamp=${systemClock.now()}`
      const signature = createHmac('sha256', apiSecret).update(query).digest('hex')
      const path = `/papi/v1/balance?${query}&signature=${signature}`
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers: { 'X-MBX-APIKEY': apiKey } })
      const text = await body.text()
      answered += 1
      if (statusCode === 200) continue
      failures += 1
      if (firstFailure === '') firstFailure = `${statusCode} ${text}`
    }
  }
  await Promise.all(Array.from({ length: inFlight }, one))
  await pool.close()
  return { answered, failures, firstFailure }
}

process.on('message', async (order: LoadOrder) => {
  process.send?.(await load(order))
})
