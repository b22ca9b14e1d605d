import type { KeyObject } from 'node:crypto'
import * as v from 'valibot'
import { WechatPayError } from '../errors.ts'
import { type PlatformCertificate, parseCertificate } from '../keys/platform-keys.ts'
import { list } from '../products/certificates/endpoints.ts'
import { CertificateList } from '../products/certificates/schema.ts'
import { type FindKey, verifyMessage } from '../protocol/message-signature.ts'
import { parseJson, withoutNulls } from '../protocol/notification.ts'
import { openSealed } from '../protocol/open-sealed.ts'
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
    const certificates = openCertificates(answer.body, settings.apiV3Keys)
    const findKey: FindKey = async (serial) =>
      certificates.find((c) => c.serialNo === serial.toUpperCase())?.key ?? held(serial)
    await verifyMessage(answer.headers, answer.body, findKey, settings.now())
    return certificates
  })
}

/** Those that can be used: one of a kind that we do not know must not cost us the others. */
function openCertificates(body: Uint8Array, apiV3Keys: readonly KeyObject[]): readonly PlatformCertificate[] {
  const parsed = v.safeParse(CertificateList, withoutNulls(parseJson(body, 'the certificate list')))
  if (!parsed.success) throw malformed('the certificate list is malformed')
  const failures: unknown[] = []
  const certificates = parsed.output.data.flatMap((entry) => {
    try {
      return [openCertificate(entry, apiV3Keys)]
    } catch (error) {
      failures.push(error)
      return []
    }
  })
  if (certificates.length > 0) return certificates
  throw failures[0] ?? malformed('the certificate list is empty')
}

function openCertificate(
  { serial_no, encrypt_certificate }: CertificateList['data'][number],
  apiV3Keys: readonly KeyObject[],
): PlatformCertificate {
  const { nonce, associated_data: associatedData, ciphertext } = encrypt_certificate
  const sealed = { nonce, associatedData, ciphertext }
  const certificate = parseCertificate(openSealed(apiV3Keys, sealed, 'a platform certificate').toString('utf8'))
  if (certificate.serialNo === serial_no.toUpperCase()) return certificate
  throw malformed(`certificate ${certificate.serialNo} is listed as ${serial_no}`)
}

const malformed = (message: string) => new WechatPayError('ERR_RESPONSE_MALFORMED', message, { outcome: 'unknown' })
