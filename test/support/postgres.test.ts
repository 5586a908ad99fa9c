import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { withoutPostgres } from './postgres.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const killedTest = `
import { startPostgres } from './test/support/postgres.ts'
const { url } = await startPostgres()
process.stdout.write(url, () => process.kill(process.pid, 'SIGKILL'))
`

/** Starts a server in a process that is killed at once, and gives the server's address. */
function urlOfKilledTest(): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', killedTest]
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) => {
      if (error?.signal === 'SIGKILL' && stdout !== '') resolve(stdout)
      else reject(new Error(stderr, { cause: error }))
    })
  })
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}

test.skipIf(withoutPostgres)('a server of killed tests goes with them', async () => {
  const url = await urlOfKilledTest()
  expect(url).toMatch(/^postgres:\/\/overdraft@127\.0\.0\.1:\d+\//)
  while (await answers(url)) await new Promise((resume) => setTimeout(resume, 50))
})
