export * from './plan.ts'
export * from './service-order.ts'
export * from './service-order-requests.ts'
export * from './sign-plan.ts'
