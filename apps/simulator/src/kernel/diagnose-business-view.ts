import { signBusinessView } from '@shouyin/wechatpay-core/protocol'
import { type Diagnosis, RIGHT } from './diagnose.ts'
import { type BusinessViewParts, businessViewMistakes, sortedMessage } from './mistakes/business-view.ts'

/**
 * Explains the `sign` of a page of Pay Score. An HMAC is compared, not opened: what was signed with another key and
 * what says another text look the same unless a usual mistake explains them.
 */
export function diagnoseBusinessView(input: {
  readonly extraData: Readonly<Record<string, string>>
  readonly apiV2Key: string
  readonly apiV3Key: string
}): Diagnosis {
  const { sign = '', ...members } = input.extraData
  const message = sortedMessage({ members, apiV2Key: input.apiV2Key })
  return {
    expectedMessage: message,
    expectedDigest: signBusinessView(members, input.apiV2Key),
    recoveredDigest: sign,
    ...explain(sign, { ...input, members, message }),
  }
}

type Finding = Pick<Diagnosis, 'verdict' | 'mistake' | 'remedy'>

function explain(sign: string, parts: BusinessViewParts): Finding {
  const { timestamp = '', sign_type: signType } = parts.members
  const right = signBusinessView(parts.members, parts.apiV2Key)
  if (sign === right && signType !== 'HMAC-SHA256') return OTHER_TYPE
  if (sign === right) return /^\d{10}$/.test(timestamp) ? RIGHT : MILLISECONDS
  if (!/^[0-9A-Fa-f]{32}$|^[0-9A-Fa-f]{64}$/.test(sign)) return NO_HEX
  if (sign.toUpperCase() === right) return LOWER_CASE
  for (const { name, verdict, remedy, signs } of businessViewMistakes) {
    for (const wrong of signs(parts)) if (wrong === sign.toUpperCase()) return { verdict, mistake: name, remedy }
  }
  return UNEXPLAINED
}

const MILLISECONDS: Finding = {
  verdict: 'other-message',
  mistake: 'timestamp-unit',
  remedy: 'The signature fits, but timestamp is Unix seconds: 10 digits, as a string.',
}
const OTHER_TYPE: Finding = {
  verdict: 'other-message',
  mistake: 'sign-type',
  remedy: 'The signature fits, but sign_type has to be HMAC-SHA256, in the message and in the call.',
}
const NO_HEX: Finding = {
  verdict: 'not-a-signature',
  mistake: null,
  remedy: 'sign is 64 hexadecimal digits: an HMAC-SHA256, neither base64 nor the RSA signature of paySign.',
}
const LOWER_CASE: Finding = {
  verdict: 'not-a-signature',
  mistake: 'lower-case',
  remedy: 'Everything is right but the case: write the hexadecimal digits with capitals.',
}
const UNEXPLAINED: Finding = {
  verdict: 'other-message',
  mistake: null,
  remedy: 'Compare what you sign with the expected message, byte by byte; if they are equal, the key differs.',
}
