import { randomBytes } from 'node:crypto'

/** 请求随机串: 32 upper-case hex digits from the system's generator, the form of WeChat's own examples. */
export const randomNonce = (): string => randomBytes(16).toString('hex').toUpperCase()
