export { makeMerchant, makePlatform, type TestPlatform } from './keys.ts'
export { vectors } from './vectors.ts'
