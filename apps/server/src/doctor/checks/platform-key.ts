import { createPublicKey } from 'node:crypto'
import { findRemedy } from '@shouyin/wechatpay-core/catalogue'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import type { Check, DoctorCtx } from '../context.ts'

const name = 'platform key'

/** The key with which WeChat Pay signs verifies an answer. Refusals are never signed, so it takes one that is none. */
export const checkPlatformKey: Check = async (ctx) => {
  const { publicKey, privateKey } = ctx.env.merchant
  if (publicKey && createPublicKey(publicKey.pem).equals(createPublicKey(privateKey))) {
    const remedy = 'download pub_key.pem in 商户平台 → 账户中心 → API安全 → 微信支付公钥'
    return { name, status: 'fail', what: "the public key is the merchant's own, not that of WeChat Pay", remedy }
  }
  const held = publicKey ? `public key ${publicKey.id}` : 'platform certificate'
  const results = ctx.seen.verifications
  if (!results.includes('valid')) await askForAnOrder(ctx)
  if (results.includes('valid')) return { name, status: 'ok', what: `an answer is verified with the ${held}` }
  const reason = results.findLast((result) => result !== 'PROBE')
  const entry = findRemedy({ where: 'verification', code: reason })
  if (entry) return { name, status: 'fail', what: `${reason}: ${entry.cause}`, remedy: entry.remedy }
  const what = `no answer that WeChat Pay signs could be had, so nothing proves the ${held} yet`
  return { name, status: 'warn', what, remedy: 'run doctor again after the first order' }
}

/** The newest order that WeChat Pay knows for sure. */
async function askForAnOrder({ db, wechat }: DoctorCtx): Promise<void> {
  try {
    const charge = await db
      .selectFrom('charge')
      .select('out_trade_no')
      .where('mchid', '=', wechat.mchid)
      .where('source', '=', 'payments')
      .where('state', '=', 'succeeded')
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!charge) return
    const request = { path: { out_trade_no: charge.out_trade_no }, query: { mchid: wechat.mchid } }
    await wechat.call(endpoints.queryByOutTradeNo, request)
  } catch (error) {
    // The verification is noted; a database that is away has a check of its own.
    if (!(error instanceof Error)) throw error
  }
}
