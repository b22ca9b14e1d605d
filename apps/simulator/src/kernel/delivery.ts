import { randomUUID } from 'node:crypto'
import { sealNotification, signAnswer } from '@shouyin/wechatpay-core/protocol'
import { respellJson, tamperBase64 } from './distort.ts'
import type { DeliveryFault } from './fault-kinds.ts'
import type { Merchant } from './merchants.ts'
import type { StoredNotification } from './notification.ts'
import { notificationSigner, probeSignature, unknownSerial } from './platform-signer.ts'
import { requestIdOf } from './request-id.ts'
import { makeV2Notice } from './v2-notice.ts'
import type { World } from './world.ts'

export interface Delivery {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Encrypts and signs one delivery afresh, with the wall time, and spoils it as the fault says. */
export async function makeDelivery(
  world: World,
  merchant: Merchant,
  notification: StoredNotification,
  fault: DeliveryFault | undefined,
): Promise<Delivery> {
  if (notification.format === 'v2') return makeV2Notice(merchant, world.appid, notification.plaintext)
  const sealed = sealNotification({
    id: isCopyOfItsOwn(fault) ? randomUUID() : notification.id,
    createTime: new Date(notification.createdAtMs),
    eventType: notification.eventType,
    originalType: notification.originalType,
    summary: notification.summary,
    associatedData: associatedData(world, notification),
    plaintext:
      fault?.kind === 'mismatch-notification' ? lie(notification.plaintext, fault.set) : notification.plaintext,
    apiV3Key: Buffer.from(merchant.apiV3Key),
  })
  const body = fault?.kind === 'odd-json' ? respellJson(sealed) : sealed
  const ageMs = fault?.kind === 'stale-notification' ? fault.ageSeconds * 1000 : 0
  const signer = notificationSigner(world, merchant, notification.namesPublicKey)
  const signed = await signAnswer({ ...signer, body: Buffer.from(body), at: new Date(Date.now() - ageMs) })
  const headers = {
    'Content-Type': 'application/json',
    Accept: '*/*',
    'User-Agent': 'Mozilla/4.0',
    'Request-ID': requestIdOf(null),
    ...signed,
  }
  return spoil(headers, body, fault)
}

const isCopyOfItsOwn = (fault: DeliveryFault | undefined): boolean =>
  fault?.kind === 'duplicate-notification' && fault.ids === 'other'

function associatedData(world: World, { originalType }: StoredNotification): string {
  const { associatedData: choice } = world.switches
  if (choice === 'random') return Math.random() < 0.5 ? originalType : ''
  return choice === 'type' ? originalType : ''
}

/** Another amount or other names, inside what is rightly encrypted and signed. */
function lie(plaintext: string, set: Extract<DeliveryFault, { kind: 'mismatch-notification' }>['set']): string {
  const resource = JSON.parse(plaintext)
  if (set.amountFen !== undefined) Object.assign(resource, lieOfAmount(resource, set.amountFen))
  if (set.appid !== undefined) resource.appid = set.appid
  if (set.mchid !== undefined) resource.mchid = set.mchid
  if (set.serviceId !== undefined) resource.service_id = set.serviceId
  if (set.openid !== undefined && 'openid' in resource) resource.openid = set.openid
  else if (set.openid !== undefined) resource.payer = { ...resource.payer, openid: set.openid }
  return JSON.stringify(resource)
}

interface Resource {
  amount?: object
  collection?: object
  pay_information?: object
}

/** Of a payment the total is untrue, of a refund what goes back, of Pay Score and of cards what is deducted or agreed on. */
function lieOfAmount(resource: Resource, amountFen: number): object {
  const { amount, collection, pay_information: paid } = resource
  if ('merchant_sign_plan_no' in resource) return { total_actual_price: amountFen }
  if ('out_order_no' in resource) {
    const collected = { ...collection, total_amount: amountFen, paid_amount: amountFen }
    return { total_amount: amountFen, collection: collected }
  }
  if ('out_card_code' in resource) {
    return { total_amount: amountFen, ...(paid && { pay_information: { ...paid, pay_amount: amountFen } }) }
  }
  return 'refund_status' in resource
    ? { amount: { ...amount, refund: amountFen, payer_refund: amountFen } }
    : { amount: { ...amount, total: amountFen, payer_total: amountFen } }
}

/** What happens to a delivery after it was signed. */
function spoil(headers: Record<string, string>, body: string, fault: DeliveryFault | undefined): Delivery {
  const signature = headers['Wechatpay-Signature'] ?? ''
  switch (fault?.kind) {
    case 'probe-notification':
      return { headers: { ...headers, 'Wechatpay-Signature': probeSignature() }, body }
    case 'wrong-serial':
      return { headers: { ...headers, 'Wechatpay-Serial': unknownSerial() }, body }
    case 'tamper-notification':
      if (fault.part === 'ciphertext') {
        return { headers, body: body.replace(/(?<="ciphertext":")[^"]+/, tamperBase64) }
      }
      if (fault.part === 'timestamp') {
        const later = String(Number(headers['Wechatpay-Timestamp']) + 1)
        return { headers: { ...headers, 'Wechatpay-Timestamp': later }, body }
      }
      return { headers: { ...headers, 'Wechatpay-Signature': tamperBase64(signature) }, body }
    default:
      return { headers, body }
  }
}
