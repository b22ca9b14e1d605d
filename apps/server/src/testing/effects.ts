export { discount, effects } from '../products.ts'
