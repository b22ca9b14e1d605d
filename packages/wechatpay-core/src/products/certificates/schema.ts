import * as v from 'valibot'

/** 平台证书列表. Each certificate arrives encrypted with the APIv3 key, associated data `certificate`. */
export const CertificateList = v.looseObject({
  data: v.array(
    v.looseObject({
      serial_no: v.string(),
      // Printed as a time and, in one table, as an integer; the certificate itself says it.
      effective_time: v.optional(v.union([v.string(), v.number()])),
      expire_time: v.optional(v.union([v.string(), v.number()])),
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
