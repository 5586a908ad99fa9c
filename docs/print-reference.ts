// Writes docs/reference.md from the contracts: npx tsx docs/print-reference.ts
import { writeFileSync } from 'node:fs'
import { referenceMarkdown } from '../src/contracts/reference.ts'

writeFileSync(new URL('reference.md', import.meta.url), referenceMarkdown())
