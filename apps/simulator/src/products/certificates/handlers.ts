import { randomBytes } from 'node:crypto'
import type { endpoints } from '@shouyin/wechatpay-core/certificates'
import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import { sealAesGcm } from '@shouyin/wechatpay-core/crypto'
import type { Handlers } from '../../kernel/handler.ts'
import type { StoredCertificate } from '../../kernel/keys.ts'
import type { Merchant } from '../../kernel/merchants.ts'
import { listedCertificates } from '../../kernel/platform-signer.ts'

const ASSOCIATED_DATA = 'certificate'

export const handlers: Handlers<typeof endpoints> = {
  list: ({ world, merchant }, refuse) => {
    const certificates = listedCertificates(world, merchant)
    if (certificates.length === 0) {
      const guide = '可查看指引https://pay.weixin.qq.com/doc/v3/merchant/4012153196'
      throw refuse(404, 'RESOURCE_NOT_EXISTS', `无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。${guide}`)
    }
    return { data: certificates.map((certificate) => encrypted(certificate, merchant)) }
  },
}

function encrypted({ serialNo, certificatePem, effectiveTime, expireTime }: StoredCertificate, merchant: Merchant) {
  const nonce = randomBytes(6).toString('hex')
  const key = Buffer.from(merchant.apiV3Key)
  return {
    serial_no: serialNo,
    effective_time: formatShanghai(new Date(effectiveTime)),
    expire_time: formatShanghai(new Date(expireTime)),
    encrypt_certificate: {
      algorithm: 'AEAD_AES_256_GCM',
      nonce,
      associated_data: ASSOCIATED_DATA,
      ciphertext: sealAesGcm({ key, nonce, associatedData: ASSOCIATED_DATA, plaintext: certificatePem }),
    },
  }
}
