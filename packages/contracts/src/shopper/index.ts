export * as goods from './goods.ts'
export * as orders from './orders.ts'
export * as refunds from './refunds.ts'
export * as session from './session.ts'
