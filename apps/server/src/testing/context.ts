import { randomUUID } from 'node:crypto'
import { scopes as allScopes } from '@shouyin/contracts/merchant'
import { createOpenApi } from '@shouyin/wechatpay-core/open-api'
import type { Ctx, KeyHolder, MerchantActor, MerchantCtx, RequestInfo, ShopperCtx } from '../kernel/context.ts'
import { inTransaction } from '../kernel/db.ts'
import { issueMerchantKey } from '../kernel/issue-merchant-key.ts'
import { createLogger } from '../kernel/log.ts'
import { discount, effects } from './effects.ts'

export const NOWHERE = new URL('http://127.0.0.1:9')

/** For tests that never call api.weixin.qq.com. */
export const noOpenApi = createOpenApi({ appid: 'wx0000000000000001', appSecret: 'unused', baseUrl: NOWHERE })

/** What verbs need that a test does not care about. */
export function testCtx(given: Pick<Ctx, 'db' | 'clock'> & Partial<Ctx>): Ctx {
  return {
    log: createLogger('silent'),
    wechat: (mchid) => {
      throw new Error(`no WeChat Pay for ${mchid} in this test`)
    },
    config: {
      mchid: '1900000001',
      appid: 'wx0000000000000001',
      merchantName: '收银体育馆',
      notifyBaseUrl: NOWHERE,
      orderTtlSeconds: 1800,
      refundApprovalAboveFen: 100_000,
      refundAutoApproveFen: 0,
      shippingInfo: false,
      payScore: null,
    },
    effects,
    discount,
    alarm: () => undefined,
    wake: () => undefined,
    ...given,
  }
}

/** Somebody new with a session. */
export function newShopper(ctx: Ctx): ShopperCtx {
  return {
    ...ctx,
    actor: { userId: randomUUID(), openid: `o${randomUUID()}`, appid: ctx.config.appid },
  }
}

/** Somebody new of the shop, with a real key. */
export async function newMerchant(
  ctx: Ctx,
  { person = `person-${randomUUID()}`, scopes = allScopes }: Partial<Pick<MerchantActor, 'person' | 'scopes'>> = {},
): Promise<MerchantCtx & RequestInfo & { readonly merchant: KeyHolder; readonly key: string }> {
  const given = { person, name: 'test', scopes, expiresAt: null }
  const { id, key } = await inTransaction(ctx.db, (tx) => issueMerchantKey(tx, given, ctx.clock.now()))
  const request = { requestId: randomUUID(), operation: 'POST /api/merchant/test', idempotencyKey: randomUUID() }
  return { ...ctx, ...request, key, merchant: { keyId: id, person, scopes } }
}
