export type { Version } from './binaries.ts'
export { PostgresError } from './errors.ts'
export { identify, isSameProcess, type ProcessIdentity } from './process.ts'
export { type Postgres, type PostgresOptions, startPostgres } from './start-postgres.ts'
