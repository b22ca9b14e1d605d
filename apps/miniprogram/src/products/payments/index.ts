export { usePayment } from './use-payment.ts'
export { words } from './words.ts'
