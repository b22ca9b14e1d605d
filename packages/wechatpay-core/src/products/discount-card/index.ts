export * as endpoints from './endpoints.ts'
export * as notifications from './notifications.ts'
export * as schema from './schema/index.ts'
export * as states from './states.ts'
