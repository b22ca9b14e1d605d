import type { KeyObject } from 'node:crypto'
import * as v from 'valibot'
import { openAesGcm } from '../crypto/aes-gcm.ts'
import { decryptionFailed, WechatPayError } from '../errors.ts'
import { type PlatformCertificate, parseCertificate } from '../keys/platform-keys.ts'
import { list } from '../products/certificates/endpoints.ts'
import { CertificateList } from '../products/certificates/schema.ts'
import { type FindKey, verifyMessage } from '../protocol/message-signature.ts'
import { parseJson, withoutNulls } from '../protocol/notification.ts'
import type { Exchange } from './exchange.ts'
import type { Settings } from './options.ts'

/**
 * 下载平台证书. The first download cannot be verified with a key that is already held: the certificates are opened with
 * the APIv3 key, which only WeChat and the merchant know, and then have to verify the very answer that brought them.
 * @param held a key among those already there
 */
export function downloadCertificates(
  exchange: Exchange,
  settings: Settings,
  held: (serial: string) => KeyObject | undefined,
): Promise<readonly PlatformCertificate[]> {
  return exchange(list, {}, async (answer) => {
    const certificates = openCertificates(answer.body, settings.apiV3Key)
    const findKey: FindKey = async (serial) =>
      certificates.find((c) => c.serialNo === serial.toUpperCase())?.key ?? held(serial)
    await verifyMessage(answer.headers, answer.body, findKey, settings.now())
    return certificates
  })
}

/** Those that can be used: one of a kind that we do not know must not cost us the others. */
function openCertificates(body: Uint8Array, apiV3Key: KeyObject): readonly PlatformCertificate[] {
  const parsed = v.safeParse(CertificateList, withoutNulls(parseJson(body, 'the certificate list')))
  if (!parsed.success) throw malformed('the certificate list is malformed')
  const failures: unknown[] = []
  const certificates = parsed.output.data.flatMap((entry) => {
    try {
      return [openCertificate(entry, apiV3Key)]
    } catch (error) {
      failures.push(error)
      return []
    }
  })
  if (certificates.length > 0) return certificates
  throw failures[0] ?? malformed('the certificate list is empty')
}

function openCertificate(entry: CertificateList['data'][number], apiV3Key: KeyObject): PlatformCertificate {
  const certificate = parseCertificate(decrypt(entry.encrypt_certificate, apiV3Key))
  if (certificate.serialNo === entry.serial_no.toUpperCase()) return certificate
  throw malformed(`certificate ${certificate.serialNo} is listed as ${entry.serial_no}`)
}

function decrypt(sealed: CertificateList['data'][number]['encrypt_certificate'], key: KeyObject): string {
  const { nonce, associated_data: associatedData, ciphertext } = sealed
  try {
    return openAesGcm({ key, nonce, associatedData, ciphertext }).toString('utf8')
  } catch {
    throw decryptionFailed('a platform certificate')
  }
}

const malformed = (message: string) => new WechatPayError('ERR_RESPONSE_MALFORMED', message, { outcome: 'unknown' })
