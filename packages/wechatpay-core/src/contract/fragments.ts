import * as v from 'valibot'

/** Limits of the wire reference are in characters, not in UTF-16 units. */
const characters = (text: string): number => [...text].length

/** Non-empty text of at most `max` characters. */
export const text = (max: number, min = 1) =>
  v.pipe(
    v.string('must be a string'),
    v.check((value) => characters(value) >= min, `must have at least ${min} character${min === 1 ? '' : 's'}`),
    v.check((value) => characters(value) <= max, `must have at most ${max} characters`),
  )

export const Appid = text(32)
export const Mchid = text(32)
export const Openid = text(128)

/** 商户订单号. Unique per merchant. */
export const OutTradeNo = v.pipe(
  v.string('must be a string'),
  v.regex(/^[0-9A-Za-z_\-|*]{6,32}$/, 'must be 6 to 32 of 0-9 A-Z a-z _ - | *'),
)

/**
 * 通知地址: https and without a query string; plain http only towards the own machine, which WeChat itself never
 * accepts but a local simulator does.
 */
export const notifyUrl = (max: number) =>
  v.pipe(
    text(max),
    v.check((value) => {
      const url = URL.parse(value)
      if (url === null || url.username !== '' || /\s/.test(value)) return false
      return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
    }, 'must be an https URL'),
    v.check((value) => !value.includes('?') && !value.includes('#'), 'must not carry a query string'),
  )

export const NotifyUrl = notifyUrl(256)

/** True for 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(url.hostname)
}

/** WeChat sends empty strings for times and numbers that are not set: read as absent. Never for what is always there. */
export const orEmpty = <S extends v.GenericSchema>(schema: S) =>
  v.optional(
    v.union([
      v.pipe(
        v.literal(''),
        v.transform(() => undefined),
      ),
      schema,
    ]),
  )
