import type { ExportFormat } from '../src/report/export/export-format.ts'
import { benchAccrual } from './accrual.ts'
import { benchAudit } from './audit.ts'
import { benchBook } from './book.ts'
import { benchDemo } from './demo.ts'
import { benchExport, benchExportOnce } from './export.ts'
import { benchHttp } from './http.ts'
import { benchIngest } from './ingest.ts'
import { benchScale, pacedChargesPerSecond } from './scale.ts'
import { benchScaleBeside } from './scale-beside.ts'
import { benchSync } from './sync.ts'
import { benchYear } from './year.ts'

/** Runs one bench and prints its result as JSON; `main.ts` calls it in a process of its own. */
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  accrual: benchAccrual,
  audit: () => benchAudit(Number(process.argv[3] ?? 1_000_000)),
  book: () => benchBook(Number(process.argv[3] ?? 1_000_000)),
  export: () => benchExport(Number(process.argv[3] ?? 1_000_000)),
  'export-once': () => benchExportOnce(process.argv[3] ?? '', (process.argv[4] ?? 'csv') as ExportFormat),
  http: benchHttp,
  ingest: benchIngest,
  demo: benchDemo,
  scale: () => benchScale(Number(process.argv[3] ?? 30)),
  'scale-paced': () => benchScale(Number(process.argv[3] ?? 30), pacedChargesPerSecond),
  'scale-beside': benchScaleBeside,
  sync: benchSync,
  year: benchYear,
}

const name = process.argv[2] ?? ''
const bench = benches[name]
if (bench === undefined) throw new Error(`there is no bench "${name}"; there are ${Object.keys(benches).join(', ')}`)
process.stdout.write(JSON.stringify(await bench()))
process.exit(0)
