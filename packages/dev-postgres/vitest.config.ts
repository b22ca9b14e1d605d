import { defineProject } from 'vitest/config'

export default defineProject({
  test: {
    name: 'dev-postgres',
    include: ['src/**/*.test.ts'],
    globalSetup: ['./src/vitest.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
