import { setTimeout as delay } from 'node:timers/promises'
import { type OpenedNotification, WechatPayError } from '@shouyin/wechatpay-core'
import { findRemedy } from '@shouyin/wechatpay-core/catalogue'
import type { ServerCtx } from './context.ts'
import { AppError } from './errors.ts'
import { UnknownMerchantError } from './wechat.ts'

/** WeChat Pay waits 5 s for the answer. */
const ANSWER_WITHIN_MS = 4_500

export interface Delivery {
  readonly mchid: string
  readonly headers: Readonly<Record<string, string>>
  /** Exactly as received. */
  readonly body: Buffer
}

/**
 * 回调通知: verifies, stores, commits. Only then may it be answered 2xx; what follows from it is done later and elsewhere.
 * The same notification again changes nothing.
 * @throws AppError UNAUTHENTICATED for whatever WeChat Pay did not sign for us, UNAVAILABLE when it could not be stored
 */
export async function receiveNotification(ctx: ServerCtx, delivery: Delivery): Promise<void> {
  const late = new AbortController()
  const tooLate = delay(ANSWER_WITHIN_MS, undefined, { signal: late.signal, ref: false }).then(() => {
    throw unavailable('too slow')
  })
  try {
    await Promise.race([openAndStore(ctx, delivery), tooLate])
  } finally {
    late.abort()
    tooLate.catch(() => undefined)
  }
  ctx.wake()
}

async function openAndStore(ctx: ServerCtx, delivery: Delivery): Promise<void> {
  const opened = await open(ctx, delivery)
  const isNew = await store(ctx, delivery, opened).catch((err) => {
    ctx.log.error({ err, mchid: delivery.mchid, notifyId: opened.id }, 'a notification could not be stored')
    throw unavailable('not stored')
  })
  const result = !isNew ? 'duplicate' : opened.kind === 'unknown' ? 'ignored' : 'stored'
  if (isNew && opened.kind === 'unknown' && opened.problem !== null) {
    const { id: notifyId, eventType, problem } = opened
    ctx.alarm('notification_not_as_declared', { mchid: delivery.mchid, notifyId, eventType, problem })
  }
  ctx.metrics.notifications.inc({ result })
  ctx.log.info({ mchid: delivery.mchid, notifyId: opened.id, eventType: opened.eventType, result }, 'notification')
}

async function open(ctx: ServerCtx, { mchid, headers, body }: Delivery): Promise<OpenedNotification> {
  try {
    return await ctx.wechat(mchid).notifications.open({ headers, body })
  } catch (error) {
    const refusal = refusalOf(error)
    ctx.metrics.notifications.inc({ result: refusal })
    // 签名探测流量 is WeChat Pay's own test traffic: refused like any forgery, but no reason to wake anybody.
    if (refusal === 'PROBE') ctx.log.info({ mchid, refusal }, 'a signature probe was refused')
    else ctx.log.warn({ mchid, refusal, remedy: remedyOf(refusal), err: error }, 'a notification was refused')
    // Genuine, and yet it does not open: most likely our APIv3 key is another one.
    if (refusal === 'ERR_DECRYPTION_FAILED') ctx.alarm('notification_does_not_open', { mchid })
    const field = fieldsAtFault[refusal]
    const details = field === undefined ? {} : { field }
    throw new AppError('UNAUTHENTICATED', 'this is not signed by WeChat Pay for this merchant', details)
  }
}

/** No secret to who sends it, and doctor learns what a proxy has made of its probe. */
const fieldsAtFault: Readonly<Record<string, string>> = { HEADERS_MISSING: 'Wechatpay-*', UNKNOWN_MERCHANT: 'mchid' }

function refusalOf(error: unknown): string {
  if (error instanceof UnknownMerchantError) return 'UNKNOWN_MERCHANT'
  if (error instanceof WechatPayError) return error.reason ?? error.code
  throw error
}

const remedyOf = (code: string) => findRemedy({ where: 'verification', code })?.remedy

/** @returns false when it was there already */
async function store(ctx: ServerCtx, { mchid, headers, body }: Delivery, opened: OpenedNotification): Promise<boolean> {
  const now = ctx.clock.now()
  const ignored = opened.kind === 'unknown'
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('notification_inbox')
    .values({
      mchid,
      notify_id: opened.id,
      kind: opened.kind,
      event_type: opened.eventType,
      create_time: opened.createTime,
      resource: JSON.stringify(opened.resource),
      body,
      serial: headers['wechatpay-serial'] ?? '',
      state: ignored ? 'ignored' : 'pending',
      next_attempt_at: ignored ? null : now,
      received_at: now,
      finished_at: ignored ? now : null,
    })
    .onConflict((oc) => oc.columns(['mchid', 'notify_id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

const unavailable = (why: string): AppError =>
  new AppError('UNAVAILABLE', `the notification was ${why}; send it again`, { retryAfterSeconds: 15 })
