import { randomBytes } from 'node:crypto'

/** A 商户订单号 that the shop never makes: doctor's own, to be told apart in WeChat's lists. */
export const unusedNumber = (): string => `DOCTOR${randomBytes(12).toString('hex')}`
