import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'docs/**/*.test.ts',
            'test/simulation/**/*.test.ts',
            'test/mutation/**/*.test.ts',
            'test/differential/**/*.test.ts',
          ],
          setupFiles: ['test/property-limit.ts'],
          globalSetup: ['test/temporary-folder.ts'],
          // Long enough for a machine that others keep busy: it is there to end what hangs.
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/**/*.test.ts'],
          exclude: ['test/simulation/**', 'test/mutation/**', 'test/differential/**'],
          setupFiles: ['test/property-limit.ts'],
          globalSetup: ['test/temporary-folder.ts', 'test/build.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
