/** One file each for what the mini-program carries in different packages. */
export * from './orders/create-order.ts'
export * from './orders/list-orders.ts'
export * from './orders/one-order.ts'
export * from './orders/order.ts'
