import type { KeyObject } from 'node:crypto'
import { type OpenInput, openAesGcm } from '../crypto/aes-gcm.ts'
import { decryptionFailed } from '../errors.ts'

/**
 * Opens what is sealed with one of these APIv3 keys; the tag tells which one. They are two for the day after a change,
 * because WeChat Pay re-sends a notification for 24 h.
 * @param what named in the error
 * @throws WechatPayError ERR_DECRYPTION_FAILED
 */
export function openSealed(apiV3Keys: readonly KeyObject[], sealed: Omit<OpenInput, 'key'>, what: string): Buffer {
  for (const key of apiV3Keys) {
    try {
      return openAesGcm({ key, ...sealed })
    } catch {
      // Another key, or nobody's.
    }
  }
  throw decryptionFailed(what)
}
