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
          globalSetup: ['test/temporary-folder.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/**/*.test.ts'],
          exclude: ['test/simulation/**', 'test/mutation/**', 'test/differential/**'],
          globalSetup: ['test/temporary-folder.ts', 'test/build.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
