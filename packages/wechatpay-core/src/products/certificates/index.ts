export * as endpoints from './endpoints.ts'
export * as schema from './schema.ts'
