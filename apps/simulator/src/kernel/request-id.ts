import { randomBytes } from 'node:crypto'

/** WeChat's internal numbers, which stand behind the last `-` of a Request-ID; from its troubleshooting guide. */
const INTERNAL_NUMBERS: Readonly<Record<string, number>> = {
  PARAM_ERROR: 268435461,
  SIGN_ERROR: 268443699,
  FREQUENCY_LIMITED: 268447840,
  RATELIMIT_EXCEEDED: 268447840,
  ORDER_NOT_EXIST: 268512771,
  OUT_TRADE_NO_USED: 268498688,
  APPID_MCHID_NOT_MATCH: 268445527,
  MCH_NOT_EXISTS: 268443715,
}

/** 请求唯一标识 `{id}-{number}`; the number is 0 for a good answer. */
export const requestIdOf = (code: string | null): string =>
  `08${randomBytes(19).toString('hex').toUpperCase()}-${code === null ? 0 : (INTERNAL_NUMBERS[code] ?? 268435456)}`
