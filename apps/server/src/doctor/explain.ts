import { WechatPayError } from '@shouyin/wechatpay-core'
import { type Entry, findRemedy } from '@shouyin/wechatpay-core/catalogue'
import { OpenApiError } from '@shouyin/wechatpay-core/open-api'

export interface Explained {
  readonly what: string
  readonly remedy: string
}

/** What a failed call means and what to do, by the catalogue. */
export function explain(error: unknown): Explained {
  const message = error instanceof Error ? error.message : String(error)
  const entry = findEntry(error, message)
  if (entry) return { what: `${message}: ${entry.cause}`, remedy: entry.remedy }
  if (error instanceof WechatPayError && error.code === 'ERR_CONNECTION') {
    const remedy = 'Check that this machine reaches the host: DNS, firewall, proxy; then run doctor again.'
    return { what: message, remedy }
  }
  return {
    what: message,
    remedy: `Run doctor again; if it stays, ask WeChat Pay with Request-ID ${requestIdOf(error)}.`,
  }
}

function findEntry(error: unknown, text: string): Entry | undefined {
  if (error instanceof OpenApiError) return findRemedy({ where: 'openApi', errno: error.errcode, text })
  if (!(error instanceof WechatPayError)) return undefined
  const { code, status, apiCode, requestId, reason } = error
  if (code === 'ERR_API') return findRemedy({ where: 'api', status, code: apiCode, text, requestId })
  return findRemedy({ where: 'verification', code: reason ?? code })
}

const requestIdOf = (error: unknown): string => (error instanceof WechatPayError && error.requestId) || '(none)'

/** The answer says nothing about us: too many calls, or WeChat Pay is in trouble itself. */
export const isPassing = (error: unknown): boolean =>
  error instanceof WechatPayError && (error.status === 429 || (error.status ?? 0) >= 500)
