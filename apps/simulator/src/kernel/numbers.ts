import { randomInt } from 'node:crypto'
import { formatShanghai } from '@shouyin/wechatpay-core/contract'

/** Random decimal digits. */
export const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('')

/** `20180608103456`: the time in Beijing; its first eight digits are the day. */
export const timeDigits = (at: Date): string => formatShanghai(at).replace(/\D/g, '').slice(0, 14)

/** 微信支付订单号: 28 digits, `42000…` with the day inside. */
export const makeTransactionId = (at: Date): string => `42000${digits(5)}${timeDigits(at).slice(0, 8)}${digits(10)}`
