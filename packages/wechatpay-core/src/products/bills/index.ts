export * as endpoints from './endpoints.ts'
export * as file from './file/index.ts'
export * as schema from './schema.ts'
