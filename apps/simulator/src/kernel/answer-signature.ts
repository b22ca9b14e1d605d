import { signAnswer } from '@shouyin/wechatpay-core/protocol'
import { respellJson, tamperBase64, tamperJson, withForeignUrl } from './distort.ts'
import type { AnswerFault } from './fault-kinds.ts'
import { type PlatformSigner, probeSignature, unknownSerial } from './platform-signer.ts'

export interface SignedAnswer {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Signs a 2xx answer with the wall time, or what is said to be it, and spoils it as the fault says. Other answers are never signed. */
export async function signedAnswer(
  signer: PlatformSigner,
  plain: string,
  fault: AnswerFault | undefined,
): Promise<SignedAnswer> {
  const body = plain === '' ? '' : spell(plain, fault)
  if (fault?.kind === 'unsigned-response') return { headers: {}, body }
  const at = new Date(Date.now() + (fault?.kind === 'skew-clock' ? fault.seconds * 1000 : 0))
  const headers = await signAnswer({ ...signer, body: Buffer.from(body), at })
  switch (fault?.kind) {
    case 'tamper-response':
      return body === ''
        ? { headers: { ...headers, 'Wechatpay-Signature': tamperBase64(headers['Wechatpay-Signature']) }, body }
        : { headers, body: tamperJson(body) }
    case 'probe-response':
      return { headers: { ...headers, 'Wechatpay-Signature': probeSignature() }, body }
    case 'wrong-serial':
      return { headers: { ...headers, 'Wechatpay-Serial': unknownSerial() }, body }
    case 'skew-clock':
      return { headers: { ...headers, Date: at.toUTCString() }, body }
    default:
      return { headers, body }
  }
}

/** What is changed before it is signed. */
function spell(json: string, fault: AnswerFault | undefined): string {
  if (fault?.kind === 'odd-json') return respellJson(json)
  return fault?.kind === 'foreign-download-url' ? withForeignUrl(json, fault.origin) : json
}
