import { defineProject } from 'vitest/config'

export default defineProject({
  test: {
    name: 'e2e',
    include: ['{journeys,conformance,devtools,properties,chaos,drills,screens}/**/*.test.ts', 'proofs/*.test.ts'],
    globalSetup: ['@shouyin/dev-postgres/vitest'],
    testTimeout: 60_000,
    hookTimeout: 240_000,
  },
})
