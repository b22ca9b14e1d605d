export { effects } from '../products.ts'
