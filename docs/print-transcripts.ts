// Writes what the commands print into the transcripts of README.md and docs/: npx tsx docs/print-transcripts.ts
// With --all it prints every transcript of the story, and writes nothing.
import { writeFileSync } from 'node:fs'
import { documents, pathOf } from './transcripts/documents.ts'
import { playStory } from './transcripts/story.ts'
import { faultsOf, reprinted } from './transcripts/transcript.ts'

const printed = await playStory()
if (process.argv.includes('--all')) {
  for (const [line, output] of printed) process.stdout.write(`$ ${line}\n${output}\n`)
} else {
  for (const [name, text] of documents()) {
    const anew = reprinted(text, printed)
    if (anew !== text) writeFileSync(pathOf(name), anew)
    for (const fault of faultsOf(anew, printed)) {
      console.error(`${name}: ${fault}`)
      process.exitCode = 1
    }
  }
}
