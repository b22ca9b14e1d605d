import type { WechatPayError } from '@shouyin/wechatpay-core'
import { findRemedy } from '@shouyin/wechatpay-core/catalogue'

/** As much as a row keeps of it. */
const PROBLEM_MAX = 300

/**
 * What WeChat Pay does not like, in its own words, and what helps; undefined when it did not say (429, 5xx, no answer).
 * A code that is not declared is one too: it proves nothing, but it will not go away by itself either.
 */
export function problemOf(error: WechatPayError): string | undefined {
  const { status, apiCode, requestId, message } = error
  if (apiCode === undefined || status === undefined || status === 429 || status >= 500) return undefined
  const said = message.slice(message.indexOf(apiCode))
  const remedy = findRemedy({ where: 'api', status, code: apiCode, text: message, requestId })?.remedy
  return (remedy === undefined ? said : `${said}. ${remedy}`).slice(0, PROBLEM_MAX)
}

/** Of a call that came to nothing, for the log. */
export const failureOf = ({ code, outcome, status, apiCode, requestId }: WechatPayError) => ({
  ...{ code, outcome, status, apiCode, wechatRequestId: requestId },
})
