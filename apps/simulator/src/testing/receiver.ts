import { createPublicKey, type KeyObject } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openAesGcm, verifySha256Rsa } from '@shouyin/wechatpay-core/crypto'
import { answerMessage } from '@shouyin/wechatpay-core/protocol'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** Milliseconds of the wall clock. */
  readonly atMs: number
}

/** A merchant's backend as the notifier sees it. */
export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** Decides the status of each delivery; default 204. `hang` never answers. */
  answerWith: (received: Received) => number | 'hang'
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const delivery = { headers: request.headers, body: Buffer.concat(chunks), atMs: Date.now() }
      received.push(delivery)
      const status = receiver.answerWith(delivery)
      if (status !== 'hang') response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/notify`,
    received,
    answerWith: () => 204,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return receiver
}

/** Whether the signature of an answer or a delivery fits its bytes and this key. */
export function isSignedBy(key: KeyObject | string, headers: IncomingHttpHeaders, body: Uint8Array): boolean {
  const message = answerMessage({
    timestamp: String(headers['wechatpay-timestamp']),
    nonce: String(headers['wechatpay-nonce']),
    body,
  })
  return verifySha256Rsa(createPublicKey(key), message, String(headers['wechatpay-signature']))
}

/** The decrypted resource. @throws when key, associated data or tag are not right */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into resources of any shape.
export function openResource(body: Uint8Array, apiV3Key: string): any {
  const { resource } = JSON.parse(Buffer.from(body).toString())
  const { nonce, associated_data: associatedData, ciphertext } = resource
  return JSON.parse(openAesGcm({ key: Buffer.from(apiV3Key), nonce, associatedData, ciphertext }).toString())
}

/** What arrived, decrypted. */
export const resourcesOf = (
  { received }: Pick<Receiver, 'received'>,
  { info }: { readonly info: { readonly apiV3Key: string } },
) => received.map(({ body }) => openResource(body, info.apiV3Key))
