export * from './notices.ts'
export * from './plans.ts'
export * from './seed.ts'
export * from './service-orders.ts'
