import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { median } from './median.ts'

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const rounds = 3

export interface DemoResult {
  /** From the start of the process to the first line of its report; median. */
  readonly secondsToReport: number
  readonly rounds: number
}

/** How long a new user waits for the demo's report, under the exchanges' true limits. */
export async function benchDemo(): Promise<DemoResult> {
  const seconds: number[] = []
  for (let round = 0; round < rounds; round++) seconds.push(await secondsToReport())
  return { secondsToReport: median(seconds), rounds }
}

async function secondsToReport(): Promise<number> {
  const began = process.hrtime.bigint()
  const demo = spawn(process.execPath, [main, 'demo', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(demo, 'close')
  const outcome = await Promise.race([once(demo.stdout, 'data').then(() => 'reported' as const), ended.then(() => 'ended' as const)])
  const took = Number(process.hrtime.bigint() - began) / 1e9
  if (outcome === 'ended') throw new Error('the demo ended before it reported')
  demo.stdout.resume()
  demo.kill('SIGINT')
  await ended
  return took
}
