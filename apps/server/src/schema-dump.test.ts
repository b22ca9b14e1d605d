import { createTestDatabase } from '@shouyin/dev-postgres'
import { expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { dumpSchema, schemaFile } from './schema-dump.ts'

// After a new migration: vitest run --project server schema-dump -u
test.each([18, 15] as const)('schema.sql is what the migrations make of PostgreSQL %i', async (version) => {
  const database = await createTestDatabase({ version, template: { name: `schema_${version}`, migrate } })
  try {
    await expect(await dumpSchema(database.url)).toMatchFileSnapshot(schemaFile)
  } finally {
    await database.drop()
  }
})
