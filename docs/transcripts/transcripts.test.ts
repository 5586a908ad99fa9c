import { beforeAll, describe, expect, test } from 'vitest'
import { documents } from './documents.ts'
import { playStory, type Transcripts } from './story.ts'
import { commandsIn, faultsOf, reprinted } from './transcript.ts'

describe('a transcript of a document', () => {
  const printed = new Map([['overdraft status', 'ONE\n1\n2\n3\n']])
  const shows = (...lines: string[]) => `Text.\n\n\`\`\`\n$ overdraft status\n${lines.join('\n')}\n\`\`\`\n`

  test('is what the command prints, or an excerpt that says where lines are left out', () => {
    for (const lines of [
      ['ONE', '1', '2', '3'],
      ['ONE', '…', '3'],
      ['ONE', '…'],
      ['…', '2', '…'],
    ])
      expect(faultsOf(shows(...lines), printed), lines.join()).toEqual([])
    for (const lines of [
      ['ONE', '1', '2'],
      ['ONE', '2', '3'],
      ['ONE', '…', '4'],
      ['2', '3'],
      ['…', '3', '…', '2'],
    ])
      expect(faultsOf(shows(...lines), printed), lines.join()).toHaveLength(1)
    expect(faultsOf('```\n$ overdraft sync\n```\n', printed)).toEqual(['overdraft sync is no part of the story'])
  })

  test('is printed anew whole, or the lines of an excerpt that begin as those did', () => {
    expect(reprinted(shows('ONE', '1', '0'), printed)).toBe(shows('ONE', '1', '2', '3'))
    const long = new Map([['overdraft status', 'ACCOUNT OWED\nmain USDT 7\nokx USDT 9\n']])
    expect(reprinted(shows('ACCOUNT OWED', '…', 'okx USDT 8'), long)).toBe(shows('ACCOUNT OWED', '…', 'okx USDT 9'))
  })
})

describe('the transcripts of README.md and docs/', () => {
  let printed: Transcripts

  beforeAll(async () => {
    printed = await playStory()
  }, 120_000)

  test('are shown in these documents', () => {
    const shown = [...documents()].filter(([, text]) => commandsIn(text).length > 0).map(([name]) => name)
    expect(shown).toEqual(['README.md', 'docs/audit.md', 'docs/certificate.md', 'docs/cli.md', 'docs/reports.md', 'docs/sync.md'])
  })

  test.each([...documents()])('of %s are what the commands print: npx tsx docs/print-transcripts.ts', (_, text) => {
    expect(faultsOf(text, printed)).toEqual([])
  })
})
