import { configInvalid, WechatPayError } from '../errors.ts'
import { download as endpoint } from '../products/bills/endpoints.ts'
import type { BillFile } from '../products/bills/schema.ts'
import { type Outgoing, perform } from './exchange.ts'
import type { Settings } from './options.ts'
import { provedBy } from './proved-file.ts'
import { untilStopped } from './stalls.ts'
import { collect, type Transport, type TransportAnswer, type TransportRequest } from './transport.ts'

/**
 * 下载账单. The answer is not signed: its bytes are proved by the hash of the application (申请账单), which is.
 * Read it to its end: only there is the hash known to fit, and until then nothing of it may count. Nothing is buffered
 * beyond a few chunks; who stops reading, or aborts, ends the connection.
 * @param file the answer of `bills.tradeBill` or `bills.fundFlowBill`; its URL lives 30 s, so download at once
 * @returns the unpacked bytes, gzip or not. The iteration throws WechatPayError: ERR_CONNECTION when the file breaks
 * off or nothing comes for `stallMs`; ERR_RESPONSE_MALFORMED for another hash, broken gzip or more than 2 GB
 * @throws WechatPayError ERR_CONFIG_INVALID before anything is sent when the URL is not on the configured hosts;
 * ERR_API 400 INVALID_REQUEST when the URL has expired: apply again
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791909
 */
export type Download = (
  file: BillFile,
  options?: { readonly signal?: AbortSignal },
) => Promise<AsyncIterable<Uint8Array>>

/** The head of an answer; `chunks` when it is the file. */
interface FileAnswer extends TransportAnswer {
  readonly chunks?: AsyncIterable<Uint8Array>
}

export function createDownload(settings: Settings, publicKeyId: string | undefined): Download {
  return async (file, { signal } = {}) => {
    const sha1 = readHash(file)
    const location = locate(settings, file.download_url)
    const { transport } = settings
    const stream = transport.stream?.bind(transport)
    if (!stream) throw configInvalid('transport has no stream function, which downloads need; the default one has it')
    const outgoing: Outgoing = { ...location, body: '', platformSerial: publicKeyId, secrets: [] }
    return perform(settings, {
      endpoint,
      prepare: async () => outgoing,
      carry: (request) => openFile(stream, request, settings.stallMs, signal),
      accept: async ({ chunks }) => {
        if (chunks) return provedBy(sha1, chunks)
        throw new WechatPayError('ERR_RESPONSE_MALFORMED', `${endpoint.id}: no file came`, { outcome: 'unknown' })
      },
      signal,
    })
  }
}

function readHash({ hash_type: type, hash_value: value }: BillFile): string {
  if (type !== 'SHA1') throw configInvalid(`${endpoint.id}: hash_type must be SHA1; another cannot be checked`)
  if (/^[0-9a-f]{40}$/i.test(value)) return value.toLowerCase()
  throw configInvalid(`${endpoint.id}: hash_value must be 40 hexadecimal digits`)
}

/**
 * The signature of the merchant goes to WeChat Pay's own hosts only, whatever a URL says. The rest of the URL is used
 * as it came, not as a parser would write it: that is what is signed.
 */
function locate({ baseUrl, backupBaseUrl }: Settings, downloadUrl: string): Pick<Outgoing, 'hosts' | 'target'> {
  const [, authority, target] = /^(https?:\/\/[^/?#\\@\s]+)(\/[\x21-\x7e]*)$/i.exec(downloadUrl) ?? []
  if (authority === undefined || target === undefined || /[#\\]/.test(target)) {
    throw configInvalid(`${endpoint.id}: download_url must be a URL with a path, without password, fragment or spaces`)
  }
  const origin = URL.parse(authority)?.origin
  const host = [baseUrl, backupBaseUrl].find((allowed) => allowed?.origin === origin)
  if (host) return { hosts: [host], target }
  throw configInvalid(
    `${endpoint.id}: download_url is on ${origin ?? 'no host'}, not on baseUrl or backupBaseUrl; ` +
      'nothing was sent. If that host is WeChat Pay, name it as backupBaseUrl',
  )
}

/** The deadline ends at the head; from then on only a stall, the caller or the end of reading stops the file. */
async function openFile(
  stream: NonNullable<Transport['stream']>,
  request: TransportRequest,
  stallMs: number,
  given: AbortSignal | undefined,
): Promise<FileAnswer> {
  const stop = new AbortController()
  const late = () => stop.abort(request.signal.reason)
  if (request.signal.aborted) late()
  request.signal.addEventListener('abort', late, { once: true })
  const signal = given ? AbortSignal.any([stop.signal, given]) : stop.signal
  try {
    const { status, headers, body } = await stream({ ...request, signal })
    if (status !== 200) return { status, headers, body: await collect(body) }
    return { status, headers, body: new Uint8Array(), chunks: untilStopped(body, stop, signal, stallMs) }
  } finally {
    request.signal.removeEventListener('abort', late)
  }
}
