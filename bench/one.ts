import type { ExportFormat } from '../src/report/export/export-format.ts'

/** Runs one bench and prints its result as JSON; `main.ts` calls it in a process of its own, which holds nothing of the others. */
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  accrual: async () => (await import('./accrual.ts')).benchAccrual(),
  audit: async () => (await import('./audit.ts')).benchAudit(Number(process.argv[3] ?? 1_000_000)),
  book: async () => (await import('./book.ts')).benchBook(Number(process.argv[3] ?? 1_000_000)),
  export: async () => (await import('./export.ts')).benchExport(Number(process.argv[3] ?? 1_000_000)),
  'export-once': async () =>
    (await import('./export.ts')).benchExportOnce(process.argv[3] ?? '', (process.argv[4] ?? 'csv') as ExportFormat),
  http: async () => (await import('./http.ts')).benchHttp(),
  ingest: async () => (await import('./ingest.ts')).benchIngest(),
  demo: async () => (await import('./demo.ts')).benchDemo(),
  scale: async () => (await import('./scale.ts')).benchScale(Number(process.argv[3] ?? 30)),
  'scale-paced': async () => {
    const { benchScale, pacedChargesPerSecond } = await import('./scale.ts')
    return benchScale(Number(process.argv[3] ?? 30), pacedChargesPerSecond)
  },
  'scale-beside': async () => (await import('./scale-beside.ts')).benchScaleBeside(),
  'sync-memory': async () => (await import('./sync-memory.ts')).benchSyncMemory(),
  sync: async () => (await import('./sync.ts')).benchSync(),
  year: async () => (await import('./year.ts')).benchYear(),
}

const name = process.argv[2] ?? ''
const bench = benches[name]
if (bench === undefined) throw new Error(`there is no bench "${name}"; there are ${Object.keys(benches).join(', ')}`)
process.stdout.write(JSON.stringify(await bench()))
process.exit(0)
