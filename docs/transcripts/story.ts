import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseInstant } from '../../src/time/instant.ts'
import { createVenue, type Venue } from '../../src/venue/index.ts'
import { parseScenario } from '../../src/venue/scenarios/scenario.ts'
import { run } from '../../test/support/command-line.ts'
import { erringExchange } from './erring-exchange.ts'
import { StoryClock } from './story-clock.ts'

/** What each command line printed: data, then talk. */
export type Transcripts = ReadonlyMap<string, string>

const firstSync = parseInstant('2026-03-08T20:30:00Z')
const profitAt = parseInstant('2026-03-09T20:10:00Z')
const secondSync = parseInstant('2026-03-10T00:25:00Z')
const told = parseInstant('2026-03-10T00:30:01Z')

/** What the exchange charges wrongly: interest on what was owed before the profit, by 2,000 USDT too much. */
const wrongCharge = {
  asset: 'USDT',
  at: parseInstant('2026-03-10T00:00:00Z'),
  principal: '3882.26',
  interest: '0.42044876',
  tooMuch: '0.2166',
}

/** Index prices, as a file that a user has from elsewhere. */
const pricesFile = 'asset,day,price\nBTC,2026-01-29,84200\nBTC,2026-03-01,85950\nUSDT,2026-01-29,0.9996\nUSDT,2026-03-01,1.0001\n'

/**
 * Plays the story of the documents on a venue and runs the real commands against it: two syncs, between them a profit that
 * lessens a debt, and an exchange that then charges interest on what was owed before.
 */
export async function playStory(): Promise<Transcripts> {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-story-'))
  const clock = new StoryClock(firstSync)
  const scenario = parseScenario(readFileSync(new URL('owing.yaml', import.meta.url), 'utf8'), 'owing.yaml')
  const venue = await createVenue({ clock, scenario })
  const exchange = await erringExchange(venue, clock, wrongCharge)
  try {
    const teller = new Teller(folder, exchange.url, clock)
    for (const { label, exchange: kind, apiKey, apiSecret, passphrase = '' } of venue.accounts) {
      const secrets = { OVERDRAFT_API_SECRET: apiSecret, OVERDRAFT_API_PASSPHRASE: passphrase }
      await teller.run(`account add ${label} --exchange ${kind} --api-key ${apiKey} --base-url ${exchange.url}`, secrets)
    }
    await teller.run('sync --plan')
    await teller.run('sync')
    passTo(clock, venue, profitAt)
    venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: '2000', reason: 'profit-or-loss' })
    passTo(clock, venue, secondSync)
    await teller.run('sync')
    clock.moveTo(told)
    await tell(teller, folder)
    return teller.transcripts
  } finally {
    exchange.close()
    await venue.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whatever falls due on the way has happened then. */
function passTo(clock: StoryClock, venue: Venue, instant: number): void {
  clock.moveTo(instant)
  while (!venue.clock.catchUp());
}

/** What the documents show of the book. */
async function tell(teller: Teller, folder: string): Promise<void> {
  await teller.run('status')
  const [, finding = ''] = /^(\w+) +wrong-principal/m.exec(await teller.run('audit main --asset USDT')) ?? []
  for (const line of [
    'audit',
    `audit --explain ${finding}`,
    `audit --explain ${finding} --dossier support`,
    'audit --explain okx/BTC/2026-03-09T14:00',
    'forecast',
    'forecast main --if "repay 1500 USDT at 21:50"',
    'forecast --score',
    'statement main 2026-03 --asset USDT',
    'coverage',
    'interest --by month',
  ]) {
    await teller.run(line)
  }
  teller.show('support/letter.txt')
  writeFileSync(join(folder, 'prices.csv'), pricesFile)
  await teller.run('prices import prices.csv')
  await teller.run('interest main --by month --in USD --price-age 1000')
  for (const format of ['beancount', 'hledger', 'jsonl', 'csv']) await teller.run(`export --format ${format} --out charges.${format}`)
  await teller.run('coverage --certificate march.cert')
  await teller.run('verify march.cert --export charges.csv')
  const charges = readFileSync(join(folder, 'charges.csv'), 'utf8')
  writeFileSync(join(folder, 'changed.csv'), charges.replace('0.42563727', '0.42563728'))
  await teller.run('verify march.cert --export changed.csv')
}

class Teller {
  readonly transcripts = new Map<string, string>()
  readonly #folder: string
  readonly #url: string
  readonly #clock: StoryClock

  constructor(folder: string, url: string, clock: StoryClock) {
    this.#folder = folder
    this.#url = url
    this.#clock = clock
  }

  async run(line: string, env: Record<string, string> = {}): Promise<string> {
    const parts = [...line.matchAll(/"([^"]*)"|(\S+)/g)]
      .map(([, quoted, plain = '']) => quoted ?? plain)
      .map((part) => this.#inFolder(part))
    const { stdout, stderr } = await this.#clock.during(
      run(parts, {
        home: this.#folder,
        clock: this.#clock,
        env: { OVERDRAFT_PASSPHRASE: 'a passphrase', ...env },
      }),
    )
    const text = `${stdout}${stderr}`.replaceAll(`${this.#folder}/`, '').replaceAll(this.#url, 'http://127.0.0.1:8790')
    // What is said first is shown: of the second sync only the book is.
    if (!this.transcripts.has(`overdraft ${line}`)) this.transcripts.set(`overdraft ${line}`, text)
    return text
  }

  /** Shows a file that a command wrote. */
  show(file: string): void {
    this.transcripts.set(`cat ${file}`, readFileSync(join(this.#folder, file), 'utf8'))
  }

  /** Files lie in the story's folder, which is nobody's business. */
  #inFolder(part: string): string {
    return /\.(?:csv|jsonl|beancount|hledger|cert)$|^support$/.test(part) ? join(this.#folder, part) : part
  }
}
