const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const HEX = /^(?:[0-9a-f]{2})+$/i

/** Spellings of the right bytes that are not base64. */
const MISSPELLINGS = [
  {
    mistake: 'signature-in-hex',
    remedy: 'Write the signature in base64, not in hex.',
    toBase64: (text: string) => (HEX.test(text) ? Buffer.from(text, 'hex').toString('base64') : ''),
  },
  {
    mistake: 'signature-percent-encoded',
    remedy: 'Put the base64 into the header as it is, without URL encoding.',
    toBase64: (text: string) => text.replace(/%2B/gi, '+').replace(/%2F/gi, '/').replace(/%3D/gi, '='),
  },
  {
    mistake: 'signature-in-base64url',
    remedy: 'Use base64 with + and /, not base64url with - and _.',
    toBase64: (text: string) => text.replaceAll('-', '+').replaceAll('_', '/'),
  },
  {
    mistake: 'signature-with-spaces',
    remedy: 'Form decoding turned + into a space: pass the base64 through unchanged, in one line.',
    toBase64: (text: string) => text.replace(/\s*[\r\n]\s*/g, '').replaceAll(' ', '+'),
  },
] as const

/** What else is as short as this. */
const SHORT = [
  { bytes: 16, mistake: 'md5', what: 'an MD5, the signature of the old API (v2)' },
  { bytes: 20, mistake: 'sha1-hash', what: 'a SHA-1 hash, not signed with a key' },
  { bytes: 32, mistake: 'hmac-sha256', what: 'an HMAC-SHA256, the signature of the old API (v2), or a bare SHA-256' },
] as const

const RSA_KEY_BYTES = [128, 256, 384, 512]
const USE_RSA = 'sign with SHA256withRSA (RSASSA-PKCS1-v1_5) and the merchant private key'

interface Finding {
  readonly mistake: string | null
  readonly remedy: string
}

export type ReadSignature =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly misspelling?: Finding }
  | ({ readonly kind: 'other-key' | 'not-a-signature' } & Finding)

const decode = (text: string) => (BASE64.test(text) ? Buffer.from(text, 'base64') : undefined)

/**
 * Reads a signature that should be base64 of as many bytes as the merchant's key has, and says what it is instead.
 * @param keyBytes length of the modulus: 256 for RSA-2048
 */
export function readSignature(text: string, keyBytes: number): ReadSignature {
  const bytes = decode(text)
  if (bytes?.length === keyBytes) return { kind: 'bytes', bytes }
  for (const { toBase64, mistake, remedy } of MISSPELLINGS) {
    const meant = decode(toBase64(text))
    if (meant?.length === keyBytes) return { kind: 'bytes', bytes: meant, misspelling: { mistake, remedy } }
  }
  const hexBytes = HEX.test(text) ? text.length / 2 : undefined
  const short = SHORT.find((row) => row.bytes === hexBytes) ?? SHORT.find((row) => row.bytes === bytes?.length)
  if (short) return notASignature(short.mistake, `This is ${short.what}: ${USE_RSA}.`)
  if (bytes && RSA_KEY_BYTES.includes(bytes.length)) {
    const remedy = `An RSA-${bytes.length * 8} key made this signature; the merchant's key is RSA-${keyBytes * 8}.`
    return { kind: 'other-key', mistake: 'other-key-size', remedy }
  }
  const found = bytes ? `${bytes.length} bytes` : 'text that is not base64'
  return notASignature(null, `Expected base64 of ${keyBytes} bytes, found ${found}: ${USE_RSA}.`)
}

const notASignature = (mistake: string | null, remedy: string) =>
  ({ kind: 'not-a-signature', mistake, remedy }) as const
