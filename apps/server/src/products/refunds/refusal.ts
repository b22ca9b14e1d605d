import type { WechatPayError } from '@shouyin/wechatpay-core'

/**
 * The code by which WeChat Pay does not take a call; undefined when it did not say (429, 5xx, no answer). A code that is
 * not declared is one too: it proves nothing, but it will not go away by itself either.
 */
export const refusalOf = ({ status, apiCode }: WechatPayError): string | undefined =>
  status === undefined || status === 429 || status >= 500 ? undefined : apiCode
