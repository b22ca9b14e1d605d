import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import type { WechatPayOptions } from '../client/options.ts'
import { transactionSuccess } from '../products/payments/notifications.ts'
import { type SignatureHeaders, signAnswer } from '../protocol/message-signature.ts'
import { sealNotification } from '../protocol/notification.ts'

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A merchant and a WeChat Pay with throw-away keys, in public-key mode. */
export function makeParties() {
  const merchant = rsa()
  const platform = rsa()
  const apiV3Key = randomBytes(16).toString('hex')
  const publicKeyId = 'PUB_KEY_ID_0119000000012026112100000000000000'
  const options = {
    mchid: '1900000001',
    merchantSerialNo: randomBytes(20).toString('hex'),
    privateKey: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    apiV3Key,
    // Nobody listens there: no test reaches out.
    baseUrl: 'http://127.0.0.1:9',
    platformKeys: {
      publicKey: { id: publicKeyId, pem: platform.publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    },
  } satisfies WechatPayOptions
  return { options, publicKeyId, merchantPublicKey: merchant.publicKey, platformKey: platform.privateKey }
}

export type Parties = ReturnType<typeof makeParties>

/** Signature headers as WeChat Pay makes them, now and with its own key unless told otherwise. */
export function signed(
  parties: Parties,
  body: Uint8Array | string,
  change: { readonly at?: Date; readonly key?: KeyObject; readonly serial?: string } = {},
): Promise<SignatureHeaders> {
  return signAnswer({
    key: change.key ?? parties.platformKey,
    serial: change.serial ?? parties.publicKeyId,
    body: Buffer.from(body as Uint8Array),
    at: change.at ?? new Date(),
  })
}

/** The body of a notification that carries this plaintext, sealed with the merchant's APIv3 key. */
export function sealed(parties: Parties, plaintext: unknown, eventType = transactionSuccess.eventType): Uint8Array {
  return Buffer.from(
    sealNotification({
      id: 'EV-2018022511223320873',
      createTime: new Date(),
      eventType,
      originalType: transactionSuccess.originalType,
      summary: transactionSuccess.summary,
      associatedData: 'transaction',
      plaintext: JSON.stringify(plaintext),
      apiV3Key: Buffer.from(parties.options.apiV3Key),
    }),
  )
}
