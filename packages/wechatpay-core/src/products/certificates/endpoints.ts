import { commonErrors, defineEndpoint, rejected } from '../../contract/endpoint.ts'
import { CertificateList, CertificatesQuery } from './schema.ts'

/** 下载平台证书. Merchants with only a WeChat Pay public key get 404 RESOURCE_NOT_EXISTS. */
export const list = defineEndpoint({
  id: 'certificates.list',
  method: 'GET',
  url: '/v3/certificates',
  query: CertificatesQuery,
  response: CertificateList,
  errors: [...commonErrors, rejected(404, 'RESOURCE_NOT_EXISTS')],
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012551764',
})
