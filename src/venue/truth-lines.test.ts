import { describe, expect, test } from 'vitest'
import { kitStart, loseOnBinance, venueKit } from '../../test/support/venue-kit.ts'
import { decimal } from '../decimal/decimal.ts'
import { dayMs } from '../time/units.ts'
import { truthText } from './http/admin/truth-text.ts'
import { createVenue, type Venue } from './index.ts'
import { type TruthLine, truthLines } from './truth-lines.ts'

async function linesOver(venue: Venue, query: string): Promise<Response> {
  return venue.fetch(new Request(`http://venue.test/_venue/truth?${query}`, { headers: { authorization: 'Bearer token' } }))
}

function parsed(text: string): TruthLine[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TruthLine)
}

/** What a reader makes of the lines again. */
function counts(lines: readonly TruthLine[]): Record<string, number> {
  const found: Record<string, number> = {}
  for (const { kind } of lines) found[kind] = (found[kind] ?? 0) + 1
  return found
}

describe('the truth line by line', () => {
  test('holds every record of the whole truth, also where thousands share an instant', async () => {
    const venue = await createVenue({ mode: { kind: 'frozen', at: kitStart }, adminToken: 'token' })
    const bot = venue.accounts.find(({ exchange }) => exchange === 'binance')?.label ?? ''
    venue.engine.applyAll(
      Array.from({ length: 2_500 }, () => ({
        command: { kind: 'deposit' as const, account: bot, asset: 'USDT', amount: decimal('1') },
        at: kitStart,
      })),
    )
    const { accounts, assets, rates, journalLength } = venue.truth()
    const lines = [...truthLines(venue.engine)]
    const binance = accounts.flatMap((account) => (account.exchange === 'binance' ? [account] : []))
    const sumOf = (lengths: readonly number[]) => lengths.reduce((sum, length) => sum + length, 0)
    expect(counts(lines)).toEqual({
      venue: 1,
      asset: assets.length,
      rate: rates.length,
      account: accounts.length,
      charge: sumOf(binance.map(({ charges }) => charges.length)),
      'loan-charge': sumOf(binance.map(({ loanCharges }) => loanCharges.length)),
      'exchange-run': sumOf(binance.map(({ exchangeRuns }) => exchangeRuns.length)),
      'okx-charge': sumOf(accounts.map(({ exchange, charges }) => (exchange === 'okx' ? charges.length : 0))),
      movement: sumOf(accounts.map(({ movements }) => movements.length)),
      end: 1,
    })
    const movements = lines.flatMap(({ kind, ...movement }) => (kind === 'movement' ? [movement] : []))
    expect(movements).toEqual(accounts.flatMap((account) => [...account.movements]))
    expect(lines.at(-1)).toEqual({ kind: 'end', lines: lines.length - 1, journalLength })

    const answer = await linesOver(venue, 'format=ndjson')
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
    expect(await answer.text()).toBe(lines.map((line) => `${truthText(line)}\n`).join(''))
    await venue.close()
  })

  test('is of one account when it is asked for one, and an error when there is none', async () => {
    const { venue } = await venueKit()
    loseOnBinance(venue, 'BTC', '0.3')
    const lines = parsed(await (await linesOver(venue, 'format=ndjson&account=main')).text())
    expect(lines.flatMap(({ kind, account }) => (kind === 'account' ? [account] : []))).toEqual(['main'])
    expect((await linesOver(venue, 'format=ndjson&account=nobody')).status).toBe(404)
    expect((await linesOver(venue, 'format=csv')).status).toBe(400)
    await venue.close()
  })

  test('says at its end that the venue went on meanwhile, and breaks off when it was replaced', async () => {
    const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart } })
    loseOnBinance(venue, 'BTC', '0.3')
    venue.clock.advanceBy(900 * dayMs)
    for (let day = 0; day < 1_500; day++) loseOnBinance(venue, 'USDT', '1')
    venue.snapshot('charged')
    const lines = truthLines(venue.engine)
    const first = lines.next().value as TruthLine
    venue.clock.advanceBy(dayMs)
    const rest = [...lines]
    expect(rest.at(-1)?.['journalLength']).toBeGreaterThan(Number(first['journalLength']))
    expect(rest.filter(({ kind }) => kind === 'charge')).toHaveLength(900)

    const reader = (await linesOver(venue, 'format=ndjson')).body?.getReader()
    await reader?.read()
    venue.restore('charged')
    await expect(
      (async () => {
        while ((await reader?.read())?.done === false);
      })(),
    ).rejects.toThrow('restored meanwhile')
    await venue.close()
  })
})
