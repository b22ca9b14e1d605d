import * as v from 'valibot'
import { Rfc3339 } from '../../contract/time.ts'

/** 平台证书列表. Each certificate arrives encrypted with the APIv3 key, associated data `certificate`. */
export const CertificateList = v.looseObject({
  data: v.array(
    v.looseObject({
      serial_no: v.string(),
      effective_time: Rfc3339,
      expire_time: Rfc3339,
      encrypt_certificate: v.looseObject({
        algorithm: v.string(),
        nonce: v.string(),
        associated_data: v.optional(v.string(), ''),
        ciphertext: v.string(),
      }),
    }),
  ),
})
export type CertificateList = v.InferOutput<typeof CertificateList>

export const CertificatesQuery = v.object({ algorithm_type: v.optional(v.picklist(['RSA', 'SM2', 'ALL'])) })
