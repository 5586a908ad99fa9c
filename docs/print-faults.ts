// Writes docs/faults.md from the table of kinds: npx tsx docs/print-faults.ts
import { writeFileSync } from 'node:fs'
import { faultsMarkdown } from '../src/venue/faults/faults-markdown.ts'

writeFileSync(new URL('faults.md', import.meta.url), faultsMarkdown())
