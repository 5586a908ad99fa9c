// Writes docs/parity.md and says what has no proof: npx tsx docs/print-parity.ts
import { writeFileSync } from 'node:fs'
import { parity } from './parity/parity.ts'

const { markdown, missing } = parity()
writeFileSync(new URL('parity.md', import.meta.url), markdown)
for (const unproven of missing) console.error(unproven)
if (missing.length > 0) process.exitCode = 1
