import * as v from 'valibot'
import { openAesGcm } from '../crypto/aes-gcm.ts'
import { WechatPayError } from '../errors.ts'
import { type PlatformCertificate, parseCertificate } from '../keys/platform-keys.ts'
import { list } from '../products/certificates/endpoints.ts'
import { CertificateList } from '../products/certificates/schema.ts'
import { type FindKey, verifyMessage } from '../protocol/message-signature.ts'
import { parseJson } from '../protocol/notification.ts'
import type { Exchange } from './exchange.ts'
import type { Settings } from './options.ts'

/**
 * 下载平台证书. The first download cannot be verified with a key that is already held: the certificates are opened with
 * the APIv3 key, which only WeChat and the merchant know, and then have to verify the very answer that brought them.
 */
export function downloadCertificates(
  exchange: Exchange,
  settings: Settings,
  findHeld: FindKey,
): Promise<readonly PlatformCertificate[]> {
  return exchange(list, {}, async (answer) => {
    const certificates = openCertificates(answer.body, settings.apiV3Key)
    const findKey: FindKey = async (serial) =>
      certificates.find((c) => c.serialNo === serial.toUpperCase())?.key ??
      (serial.startsWith('PUB_KEY_ID_') ? findHeld(serial) : undefined)
    await verifyMessage(answer.headers, answer.body, findKey, settings.now())
    return certificates
  })
}

function openCertificates(body: Uint8Array, apiV3Key: Uint8Array): readonly PlatformCertificate[] {
  const parsed = v.safeParse(CertificateList, parseJson(body, 'the certificate list'))
  if (!parsed.success) {
    throw new WechatPayError('ERR_RESPONSE_MALFORMED', 'the certificate list is malformed', { outcome: 'unknown' })
  }
  return parsed.output.data.map(({ serial_no, encrypt_certificate: sealed }) => {
    const certificate = parseCertificate(open(sealed, apiV3Key))
    if (certificate.serialNo === serial_no.toUpperCase()) return certificate
    const message = `certificate ${certificate.serialNo} is listed as ${serial_no}`
    throw new WechatPayError('ERR_RESPONSE_MALFORMED', message, { outcome: 'unknown' })
  })
}

type Sealed = CertificateList['data'][number]['encrypt_certificate']

function open({ nonce, associated_data: associatedData, ciphertext }: Sealed, key: Uint8Array): string {
  try {
    return openAesGcm({ key, nonce, associatedData, ciphertext }).toString('utf8')
  } catch (cause) {
    const hint = 'is the APIv3 key (APIv3密钥) the one set for this merchant?'
    const message = `a platform certificate does not open: ${hint}`
    throw new WechatPayError('ERR_DECRYPTION_FAILED', message, { outcome: 'unknown', cause })
  }
}
