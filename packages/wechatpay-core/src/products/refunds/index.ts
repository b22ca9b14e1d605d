export * as endpoints from './endpoints.ts'
export * as notifications from './notifications.ts'
export * as schema from './schema.ts'
export * as states from './states.ts'
